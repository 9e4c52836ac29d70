"""The suite on the chosen figures: settled rows close, and doubt is no more than it used to be.

Belongs here: rules on ``raw.elegidas``. A *printed* row that does not
close is a finding (dbt's ``fct_hallazgo``), not a rule here; a *chosen*, settled, additive
one that does not close is a defect of ours, and blocks. A row that a person decided
(``corregida``) binds no rule: published tables hold errors of their own.
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks, warns
from dagster_project.tmm_f004.model import CAMPOS

_FIGURES = ", ".join(CAMPOS)
_INVERTED = " + ".join(f"coalesce(({c}_min > {c}_max)::integer, 0)" for c in CAMPOS)
_AFTER_CUT = " ".join(
    f"when a{q} is not null and right(corte, 1)::integer < {q} then 'T{q}: ' || a{q}" for q in range(1, 5)
)

_ROWS = Query(
    f"""
        with renglones as (
            select
                *,
                estado not in ('dudosa', 'corregida') as es_firme,
                estado not in ('dudosa', 'corregida') and not es_razon as es_sumable,
                -- Exact: decimals as whole numbers of ten-thousandths; rounded half up (docs/form.md, fact 1).
                (absoluto * 10000)::hugeint as a,
                (meta * 10000)::hugeint as m
            from raw.elegidas
        )
        select
            extracto_id,
            linea,
            if(es_sumable, meta, null) as meta_firme,
            coalesce(p1, 0) + coalesce(p2, 0) + coalesce(p3, 0) + coalesce(p4, 0) as programado_suma,
            if(es_sumable, absoluto, null) as absoluto_firme,
            coalesce(a1, 0) + coalesce(a2, 0) + coalesce(a3, 0) + coalesce(a4, 0) as avance_suma,
            if(es_firme, relativo_pct, null) as relativo_firme,
            if(m > 0 and a >= 0, (200 * a + m) // (2 * m), null) as relativo_exacto,
            case {_AFTER_CUT} end as avance_futuro,
            least({_FIGURES}) as menor,
            {_INVERTED} as rangos_invertidos
        from renglones
    """,
    ("extracto_id", "linea"),
    {
        "programado_suma_meta": blocks(
            expect.column_pair_values_to_be_equal("programado_suma", "meta_firme"),
            "Lo programado en los cuatro trimestres suma la meta anual (medidas que se suman, sin duda).",
            "ΣP = meta",
            "Una fila elegida y asentada que no cuadra es un defecto nuestro, no de la fuente.",
        ),
        "avance_suma_absoluto": blocks(
            expect.column_pair_values_to_be_equal("avance_suma", "absoluto_firme"),
            "Lo alcanzado hasta el corte suma el avance absoluto (medidas que se suman, sin duda).",
            "ΣA = absoluto",
            "Una fila elegida y asentada que no cuadra es un defecto nuestro, no de la fuente.",
        ),
        "relativo_redondeado": blocks(
            expect.column_pair_values_to_be_equal("relativo_firme", "relativo_exacto"),
            "El acumulado relativo es absoluto entre meta, redondeado la mitad hacia arriba; también en razones.",
            "relativo = ⌊100·absoluto/meta + ½⌋",
            "Una fila elegida y asentada que no cuadra es un defecto nuestro, no de la fuente.",
        ),
        "nada_despues_del_corte": blocks(
            expect.column_values_to_be_null("avance_futuro"),
            "Ningún reporte sabe lo alcanzado después de su corte.",
            "avance vacío después del corte",
            "Lo impreso ahí es copia de lo programado o relleno: publicarlo inventaría logros.",
        ),
        "sin_negativos": blocks(
            expect.column_values_to_be_between("menor", minimum=0),
            "Ninguna cifra es negativa.",
            "todas ≥ 0",
            "El formato no tiene cifras negativas: sería una lectura imposible.",
        ),
        "rangos_en_orden": blocks(
            expect.column_values_to_be_between("rangos_invertidos", maximum=0),
            "En toda cifra dudosa el mínimo no pasa del máximo.",
            "mínimo ≤ máximo",
            "Un rango al revés no contiene la verdad.",
        ),
    },
)

_SHARES = Query(
    """
        with cortes as (
            select
                ente_codigo,
                corte,
                count(*) as n,
                count(*) filter (estado = 'dudosa') as dudosas,
                count(*) filter (estado = 'reparada') as reparadas
            from raw.elegidas
            group by all
        ),
        historia as (
            select
                *,
                coalesce(sum(n) over antes, 0) as n_antes,
                -- Laplace's share: one of each before anything is seen, so that no history is never "never".
                (coalesce(sum(dudosas) over antes, 0) + 1) / (n_antes + 2) as p_dudosa,
                (coalesce(sum(reparadas) over antes, 0) + 1) / (n_antes + 2) as p_reparada,
                max(corte) over (partition by ente_codigo) as ultimo
            from cortes
            window antes as (
                partition by ente_codigo order by corte rows between unbounded preceding and 1 preceding
            )
        ),
        limites as (
            -- Three standard deviations of a corte of this size, and five points that nobody minds.
            select
                *,
                if(n_antes < 30, 0.5, p_dudosa + 3 * sqrt(p_dudosa * (1 - p_dudosa) / n) + 0.05) as limite_dudosas,
                if(n_antes < 30, 0.5, p_reparada + 3 * sqrt(p_reparada * (1 - p_reparada) / n) + 0.05)
                    as limite_reparadas
            from historia
            where corte = ultimo
        )
        select
            ente_codigo,
            corte,
            n as renglones,
            if(dudosas / n > limite_dudosas, format('{:.0f} % (límite {:.0f} %)', 100 * dudosas / n,
                100 * limite_dudosas), null) as dudosas_de_mas,
            if(reparadas / n > limite_reparadas, format('{:.0f} % (límite {:.0f} %)', 100 * reparadas / n,
                100 * limite_reparadas), null) as reparadas_de_mas
        from limites
    """,
    ("ente_codigo", "corte", "renglones"),
    {
        "dudosas_como_antes": warns(
            expect.column_values_to_be_null("dudosas_de_mas"),
            "En el último corte no quedan en duda muchos más renglones que en los anteriores.",
            "proporción ≤ la histórica + 3 desviaciones + 5 puntos (sin historia, la mitad)",
            "Mucha duda habla del escaneo, no de un error de carga: las cifras salen marcadas como dudosas.",
        ),
        "reparadas_como_antes": warns(
            expect.column_values_to_be_null("reparadas_de_mas"),
            "En el último corte no se repararon muchos más renglones que en los anteriores.",
            "proporción ≤ la histórica + 3 desviaciones + 5 puntos (sin historia, la mitad)",
            "Muchas reparaciones hablan de un OCR peor; cada una está marcada y conserva lo impreso.",
        ),
    },
)

ELEGIDAS = Suite(
    "raw.elegidas",
    "Las cifras elegidas y sin duda de cada renglón cuadran.",
    (_ROWS, _SHARES),
)
