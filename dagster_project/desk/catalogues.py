"""Units, measures and líneas that were read and no catalogue holds. Not here: which (``proposals``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dagster_project.desk.items import Item, Option
from dagster_project.proposals.proposal import Proposal

WHAT = {
    "entes.csv": "municipio", "planes.csv": "plan", "programas.csv": "programa", "unidades.csv": "unidad",
    "unidades_medida.csv": "unidad de medida", "lineas_accion.csv": "línea de acción",
}  # fmt: skip


def missing_lines(proposals: Sequence[Proposal]) -> Iterator[Item]:
    """An item a line that a catalogue lacks; one in doubt says why, and a person may add it all the same."""
    for proposal in proposals:
        name = " ".join(
            value for column, value in proposal.values.items() if "nombre" in column or value in proposal.key
        )
        yield Item(
            "catalogo",
            (proposal.file, *proposal.key),
            f"{WHAT[proposal.file].capitalize()}: {name}",
            1,
            proposal.file,
            proposal.line(),
            _options(proposal),
            notes=tuple(filter(None, (f"Evidencia: {proposal.evidence}", proposal.check, proposal.doubt))),
        )


def _options(proposal: Proposal) -> tuple[Option, ...]:
    if proposal.file != "unidades_medida.csv":
        return (Option("Se agrega al catálogo", ((proposal.file, proposal.values),)),)
    added = Option(
        "Es un conteo: sus trimestres se suman",
        ((proposal.file, {**proposal.values, "es_razon": "false"}),),
        ("Sus acumulados tienen semáforo.",),
    )
    ratio = Option(
        "Es una razón (porcentaje, promedio): sus trimestres no se suman",
        ((proposal.file, {**proposal.values, "es_razon": "true"}),),
        ("Sus acumulados no tienen semáforo.",),
    )
    return (ratio, added) if proposal.values.get("es_razon") == "true" else (added, ratio)
