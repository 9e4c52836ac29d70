"""What is found in a small world made by hand: each finding with its rule, its line and its words."""

from __future__ import annotations

import pytest
from tests.support.dbt_built import Built


FINDINGS = [
    ("suma_programado", 41, "373", "363"),
    ("suma_programado", 43, "12", "6"),
    ("suma_avance", 43, "12", "6"),
    ("lectura_reparada", 41, "136", "126"),
    ("accion_numero_inferido", 43, None, "509"),
    ("unidad_contra_programa", 30, "541", "542"),
    ("unidad_contra_programa", 70, "511", "542"),
    ("unidad_deducida", 30, None, "54204"),
    ("unidad_incierta", 60, None, None),
    ("vinculo_incierto", 23, "0.61", "0.8"),
    ("linea_accion_ilegible", 24, "211", None),
    ("serie_incierta", 101, "Pintar bardas y muros", "Una acción"),
    ("unidad_medida_sin_catalogo", 43, "Luminaria", None),
]


@pytest.mark.parametrize(("regla", "linea", "observado", "esperado"), FINDINGS, ids=lambda v: str(v))
def test_a_finding_names_rule_line_observed_and_expected(
    built: Built, regla: str, linea: int, observado: str | None, esperado: str | None
) -> None:
    """What does not add up, was repaired or stayed open is said, with where to look."""
    found = built.rows(
        f"select linea, observado, esperado from fct_hallazgo where regla = '{regla}' and linea = {linea}"
    )
    assert found == [(linea, observado, esperado)]


def test_a_programme_is_compared_with_the_catalogue(built: Built) -> None:
    """54101 belongs to programme 511 by the catalogue, whatever its code begins with: no finding."""
    assert built.rows(
        "select distinct unidad_codigo from fct_hallazgo where regla = 'unidad_contra_programa' order by 1"
    ) == [("54203",), ("54204",)]


MESSAGES = [
    ("lectura_reparada", 41, "programado T4: impreso «136», leído 126"),
    (
        "lectura_dudosa",
        24,
        "Hay más de una lectura posible del renglón; sin asentar: programado T2 (0 a 20), programado T3 (0 a 20), "
        "programado T4 (0 a 20), avance T2 (0 a 20), avance T3 (0 a 20), avance T4 (0 a 20)",
    ),
    (
        "lectura_dudosa",
        43,
        "Ninguna lectura del renglón cierra sus sumas; sin asentar: programado T2 (quizá 4), programado T3 (quizá 4), "
        "programado T4 (quizá 4), avance T2 (quizá 4), avance T3 (quizá 4), avance T4 (quizá 4)",
    ),
    ("unidad_deducida", 30, "Página 3: unidad deducida: 54204 (puntaje 1)"),
    ("unidad_incierta", 70, "Página 7: unidad incierta: 54203 (puntaje 1)"),
    (
        "accion_numero_inferido",
        43,
        "El número de la acción no se lee en el renglón; por el orden de sus vecinos es 509",
    ),
]


@pytest.mark.parametrize(("regla", "linea", "mensaje"), MESSAGES, ids=lambda v: str(v)[:30])
def test_a_finding_says_in_words_what_it_is_of(built: Built, regla: str, linea: int, mensaje: str) -> None:
    """Figures by their names, only those that are open, and nothing of the reader's inner words."""
    found = built.rows(f"select mensaje from fct_hallazgo where regla = '{regla}' and linea = {linea}")
    assert found == [(mensaje,)]


def test_a_deviation_needs_words(built: Built) -> None:
    """54101/103 reached 0 of 0 and says nothing: no finding; nothing else is left unexplained."""
    assert built.rows("select count(*) from fct_hallazgo where regla = 'desviacion_sin_observaciones'") == [(0,)]


def test_missing_quarters_are_found(built: Built) -> None:
    """Units skip quarters of a year in which they report, or of which the catalogue has them and others report.

    54201 and 54202 are in the catalogue and never reported; a page that counts nowhere makes nobody owe any.
    """
    assert built.rows(
        "select unidad_codigo, string_agg(corte, ' ' order by corte) from fct_hallazgo "
        "where regla = 'trimestre_faltante' group by all order by 1"
    ) == [
        ("54101", "2022-T2 2022-T3 2023-T1"),
        ("54102", "2022-T1 2022-T2 2022-T3 2023-T1"),
        ("54201", "2022-T1 2022-T2 2022-T3 2022-T4 2023-T1"),
        ("54202", "2022-T1 2022-T2 2022-T3 2022-T4 2023-T1"),
        ("54204", "2022-T2 2022-T3 2023-T1"),
        ("54999", "2022-T1 2022-T2 2022-T3"),
    ]


def test_a_doubtful_row_and_a_refused_file_are_findings(built: Built) -> None:
    """Nothing is dropped without a word."""
    assert built.rows(
        "select extracto_id, linea from fct_hallazgo where regla = 'lectura_dudosa' order by all"
    ) == [("e1", 24), ("e1", 43), ("e1", 81)]
    assert built.rows("select mensaje from fct_hallazgo where regla = 'pieza_rechazada'") == [
        ("2022/foto.txt: El archivo es binario, no es texto",)
    ]


def test_every_finding_shows_its_line(built: Built) -> None:
    """A finding that has a line shows what is printed there."""
    assert built.rows(
        "select count(*) from fct_hallazgo where linea > 0 and texto_impreso is distinct from 'línea ' || linea"
    ) == [(0,)]
