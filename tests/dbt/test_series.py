"""An action over years, in a small world made by hand."""

from __future__ import annotations

from tests.support.dbt_built import Built


def test_facts_of_two_years_meet_in_one_series(built: Built) -> None:
    """One join by the action's key gives the years of an action, side by side."""
    assert built.rows(
        "select s.serie_key, f.ejercicio, sum(f.avance) from fct_avance f join dim_accion_serie s using (accion_key) "
        "where s.ejercicios = 2 group by all order by 2"
    ) == [(first(built), 2022, 7), (first(built), 2023, 1)]


def first(built: Built) -> str:
    """The key of the action that the series begins with: the series goes by it."""
    ((key,),) = built.rows("select accion_key from dim_accion where unidad_codigo = '54999' and accion_numero = 900 "
                           "and ejercicio = 2022")  # fmt: skip
    return str(key)


def test_an_unsure_action_begins_a_series_and_says_what_it_may_continue(built: Built) -> None:
    """Its score stays beside it, and no figure of it is set beside another action's."""
    assert built.rows(
        "select s.es_insegura, s.serie_key = s.accion_key, p.accion_numero, s.serie_puntaje::double "
        "from dim_accion_serie s join dim_accion p on p.accion_key = s.accion_propuesta_key"
    ) == [(True, True, 901, 0.61)]


def test_every_action_is_in_one_series(built: Built) -> None:
    """A fact joined with it loses no row and gains none."""
    ((actions, there),) = built.rows(
        "select count(*), count(s.accion_key) from dim_accion left join dim_accion_serie s using (accion_key)"
    )
    assert actions == there
