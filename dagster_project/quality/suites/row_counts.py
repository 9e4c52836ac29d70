"""Every fact has as many rows as what was read calls for: a mart that lost rows, or all of them, breaks no other rule.

Belongs here: counts of ``raw`` against facts, by extract or ejercicio. Does not belong here: what the rows say
(``facts``). dbt's own tests ask ``ref()``, which is empty where the whole build was (``--empty``); these ask tables.
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks

RULE = "filas_completas"
REASON = "Una tabla vaciada o recortada no rompe ninguna otra regla, y publicaría menos de lo que se leyó."

# A second page of an action, and one in dispute, are findings: the action counts once.
_CHOSEN = """
    select e.*
    from raw.elegidas e
    left join raw.vinculos v on e.extracto_id = v.extracto_id and e.linea = v.linea
        and v.regla in ('repetido', 'en_disputa')
    where v.linea is null
"""


def _counted(table: str, key: str, wanted: str, description: str, expected: str) -> Query:
    """``wanted`` gives ``filas`` by ``key``; the table must have as many of each, and of no other."""
    return Query(
        f"""
        with leido as ({wanted}),
        hechos as (select {key}, count(*) as filas from {table} group by all)
        select
            coalesce(l.{key}, h.{key}) as {key},
            coalesce(l.filas, 0) as filas_leidas,
            coalesce(h.filas, 0) as filas
        from leido l
        full join hechos h on l.{key} is not distinct from h.{key}
        """,
        (key,),
        {RULE: blocks(expect.column_pair_values_to_be_equal("filas", "filas_leidas"), description, expected, REASON)},
    )


def _of_extracts(table: str) -> str:
    return f"""
        select r.extracto_id, count(*) as filas
        from {table} r
        join raw.extractos x on r.extracto_id = x.extracto_id and x.retirado_en is null
        group by all
    """


AVANCE_CORTE = _counted(
    "marts.fct_avance_corte",
    "extracto_id",
    f"select extracto_id, 4 * count(*) as filas from ({_CHOSEN}) group by all",
    "Cada renglón elegido de un extracto da cuatro filas, una por trimestre.",
    "filas = 4 × renglones elegidos",
)
AVANCE = _counted(
    "marts.fct_avance",
    "ejercicio",
    f"select ejercicio, 4 * count(distinct accion_id) as filas from ({_CHOSEN}) group by all",
    "Cada acción de un ejercicio da cuatro filas, una por trimestre.",
    "filas = 4 × acciones",
)

FCT_PAGINA = Suite(
    "marts.fct_pagina",
    "De cada página que se leyó hay una fila, cuente o no.",
    (
        _counted(
            "marts.fct_pagina",
            "extracto_id",
            _of_extracts("raw.formatos"),
            "Cada página de un extracto vigente es una fila.",
            "filas = páginas",
        ),
    ),
)
FCT_RENGLON = Suite(
    "marts.fct_renglon",
    "De cada renglón que se leyó hay una fila, cuente o no.",
    (
        _counted(
            "marts.fct_renglon",
            "extracto_id",
            _of_extracts("raw.renglones"),
            "Cada renglón de un extracto vigente es una fila.",
            "filas = renglones",
        ),
    ),
)
FCT_META = Suite(
    "marts.fct_meta",
    "De cada renglón elegido hay una meta.",
    (
        _counted(
            "marts.fct_meta",
            "extracto_id",
            f"select extracto_id, count(*) as filas from ({_CHOSEN}) group by all",
            "Cada renglón elegido de un extracto es una fila.",
            "filas = renglones elegidos",
        ),
    ),
)
BI_AVANCE = Suite(
    "marts.bi_avance",
    "La tabla ancha tiene las filas de los hechos.",
    (
        _counted(
            "marts.bi_avance",
            "ejercicio",
            f"select ejercicio, 4 * count(distinct accion_id) as filas from ({_CHOSEN}) group by all",
            "Cada acción de un ejercicio da cuatro filas, una por trimestre.",
            "filas = 4 × acciones",
        ),
    ),
)
