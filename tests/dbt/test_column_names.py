"""One name, one meaning: a column of a staging model that a mart has too is what the mart says it is."""

from __future__ import annotations

from typing import Any


def test_the_number_that_its_neighbours_overruled_has_a_name_of_its_own(manifest: dict[str, Any]) -> None:
    """``accion_numero_impreso`` is in every table the number of the action in its cut, printed or worked out."""
    of_it = {
        (node["name"], node["columns"]["accion_numero_impreso"]["description"])
        for node in manifest["nodes"].values()
        if "accion_numero_impreso" in node.get("columns", {})
    }
    assert len(of_it) > 5
    assert {description for _, description in of_it} == {
        "Número de la acción en el corte del que viene la fila, el impreso o, donde no se lee o no cabe entre sus "
        "vecinos, el deducido."
    }
