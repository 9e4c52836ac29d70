"""The líneas de acción that headers declare, and who serves them, in a small world made by hand."""

from __future__ import annotations

from tests.support.dbt_built import Built


def test_a_declared_linea_counts_the_actions_that_serve_it(built: Built) -> None:
    """54101 declares 2.3.1 in both cuts; the goal x00 is no action of its own, and one row's code cannot be read."""
    assert built.rows(
        "select corte, plan, linea_accion_codigo, nombre_impreso, acciones, acciones_sin_linea, es_vigente "
        "from bridge_unidad_linea where unidad_codigo = '54101' order by corte"
    ) == [
        ("2022-T1", "sin_eje", "2.3.1", "APOYOS DE ORDEN SOCIAL", 2, 0, False),
        ("2022-T4", "con_eje", "2.3.1", "SENSIBILIZACION EN MATERIA DE GENERO Y DIVERSIDAD", 1, 2, True),
    ]


def test_a_declared_linea_that_nobody_serves_is_a_member(built: Built) -> None:
    """Its key leads to its name, though no row uses it."""
    assert built.rows(
        "select b.acciones, l.linea_accion_nombre, l.veces_usado, l.nombre_origen from bridge_unidad_linea b "
        "join dim_linea_accion l using (linea_accion_key) where b.linea_accion_codigo = '9.9.9'"
    ) == [(0, "LINEA SIN ACCIONES", 0, "impreso")]


def test_a_classification_that_the_catalogue_lacks_keeps_its_print(built: Built) -> None:
    """The report goes to the unknown member, its printed code stays beside it, and a finding says so."""
    assert built.rows(
        "select clasificacion_codigo, clasificacion_impresa from dim_corte where corte = '2023-T1'"
    ) == [("(desconocida)", "2.2.9")]
    assert built.rows("select observado, corte from fct_hallazgo where regla = 'clasificacion_sin_catalogo'") == [
        ("2.2.9", "2023-T1")
    ]
