"""Every check says in words what it checks: dbt's tests too, which say nothing by themselves in the UI."""

from __future__ import annotations


def test_every_check_has_a_description(graph):
    """A sentence, and for a dbt test with a description that one."""
    said = {key.name: graph.get_check_spec(key).description for key in graph.asset_check_keys}
    assert [name for name, text in said.items() if not (text or "").endswith(".")] == []
    assert said["un_avance_por_accion_y_trimestre"] == "Un avance por accion y trimestre."
    assert "hash del archivo" in said["contenido_integro"]
