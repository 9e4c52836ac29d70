"""The suites on the facts: no figure changed on its way from raw, none out of its year, nothing odd in the whole.

Belongs here: rules on ``marts.fct_avance_corte`` and ``marts.fct_avance`` that compare layers
row by row or look at the whole. Does not belong here: keys, relations, derivations and accepted
values, which dbt tests and contracts hold.
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks, warns
from dagster_project.quality.suites import row_counts

FCT_AVANCE_CORTE = Suite(
    "marts.fct_avance_corte",
    "Lo que declaró cada reporte llegó sin cambios desde su renglón impreso.",
    (
        row_counts.AVANCE_CORTE,
        Query(
            """
            with hechos as (
                select
                    *,
                    right(trimestre, 1) as t
                from marts.fct_avance_corte
            )
            select
                h.extracto_id,
                h.linea,
                h.trimestre,
                -- A pair with a null is not compared: a figure that was lost is none that may be.
                if(h.situacion_programado = 'informado', coalesce(h.programado, -2), null) as programado,
                if(h.situacion_programado = 'informado', coalesce(
                    case h.t when '1' then e.p1 when '2' then e.p2 when '3' then e.p3 when '4' then e.p4 end, -1
                ), null) as programado_leido,
                if(h.situacion_avance = 'informado', coalesce(h.avance, -2), null) as avance,
                if(h.situacion_avance = 'informado', coalesce(
                    case h.t when '1' then e.a1 when '2' then e.a2 when '3' then e.a3 when '4' then e.a4 end, -1
                ), null) as avance_leido,
                if(left(h.corte, 4) <> h.ejercicio::varchar or left(h.trimestre, 4) <> h.ejercicio::varchar,
                    h.trimestre || ' en ' || h.corte, null) as fuera_de_ejercicio,
                if(h.programado_min > h.programado_max or h.avance_min > h.avance_max
                    or h.programado not between h.programado_min and h.programado_max
                    or h.avance not between h.avance_min and h.avance_max, h.linea, null) as rango_roto
            from hechos h
            left join raw.elegidas e on h.extracto_id = e.extracto_id and h.linea = e.linea
            """,
            ("extracto_id", "linea", "trimestre"),
            {
                "programado_conservado": blocks(
                    expect.column_pair_values_to_be_equal("programado", "programado_leido"),
                    "Lo programado que un reporte informa es lo que se eligió en ese renglón.",
                    "programado = P elegido",
                    "Entre capas no se cambia ninguna cifra; las sumas de dbt no ven dos que se cambian entre sí.",
                ),
                "avance_conservado": blocks(
                    expect.column_pair_values_to_be_equal("avance", "avance_leido"),
                    "El avance que un reporte informa es lo que se eligió en ese renglón.",
                    "avance = A elegido",
                    "Entre capas no se cambia ninguna cifra; las sumas de dbt no ven dos que se cambian entre sí.",
                ),
                "dentro_del_ejercicio": blocks(
                    expect.column_values_to_be_null("fuera_de_ejercicio"),
                    "Corte y trimestre caen dentro del ejercicio.",
                    "año del corte y del trimestre = ejercicio",
                    "Una cifra de otro año falsearía el avance del programa.",
                ),
                "rangos_en_orden": blocks(
                    expect.column_values_to_be_null("rango_roto"),
                    "El mínimo no pasa del máximo y la cifra no sale de su rango.",
                    "mínimo ≤ cifra ≤ máximo",
                    "Un rango que no contiene su cifra engaña sobre la duda.",
                ),
            },
        ),
        Query(
            """
            select
                ente_codigo,
                corte,
                count(*) as cifras,
                round(avg((situacion_programado = 'dudoso')::integer), 4) as proporcion_dudosa
            from marts.fct_avance_corte
            group by all
            """,
            ("ente_codigo", "corte", "cifras"),
            {
                "programado_sabido": warns(
                    expect.column_values_to_be_between("proporcion_dudosa", maximum=0.5),
                    "De la mayoría de las acciones de cada corte se sabe lo programado.",
                    "proporción dudosa ≤ 0.5",
                    "Habla de formatos ilegibles: lo que no se sabe sale vacío y con su rango.",
                ),
            },
        ),
    ),
)

FCT_AVANCE = Suite(
    "marts.fct_avance",
    "Lo mejor que se sabe de cada acción y trimestre es posible y se parece a lo de antes.",
    (
        row_counts.AVANCE,
        Query(
            """
            select
                extracto_id,
                linea,
                trimestre,
                accion_key,
                if(avance is not null and trimestre > corte, trimestre || ' en ' || corte, null) as avance_futuro,
                cumplimiento_pct
            from marts.fct_avance
            """,
            ("extracto_id", "linea", "trimestre", "accion_key"),
            {
                "avance_de_quien_lo_sabe": blocks(
                    expect.column_values_to_be_null("avance_futuro"),
                    "Ningún avance se toma de un reporte anterior al trimestre.",
                    "trimestre ≤ corte donde hay avance",
                    "Publicarlo inventaría logros.",
                ),
                "cumplimiento_posible": warns(
                    expect.column_values_to_be_between("cumplimiento_pct", minimum=0, maximum=1000),
                    "El cumplimiento de un trimestre no pasa de diez veces lo programado.",
                    "0 a 1000 %",
                    "Puede ser cierto (metas mal planeadas), pero suele ser una cifra mal leída: conviene verla.",
                ),
            },
        ),
        Query(
            """
            with luces as (
                select ente_codigo, trimestre, semaforo_trimestre as luz, count(*) as n
                from marts.fct_avance
                where avance is not null
                group by all
            ),
            totales as (
                select
                    ente_codigo,
                    trimestre,
                    sum(n) as total,
                    lag(trimestre) over por_ente as antes,
                    lag(sum(n)) over por_ente as total_antes,
                    max(trimestre) over (partition by ente_codigo) as ultimo
                from luces
                group by ente_codigo, trimestre
                window por_ente as (partition by ente_codigo order by trimestre)
            ),
            partes as (
                select t.ente_codigo, t.trimestre, t.antes, t.total, t.total_antes, l.luz,
                    sum(if(l.trimestre = t.trimestre, l.n / t.total, -l.n / t.total_antes)) as diferencia
                from totales t
                join luces l on l.ente_codigo = t.ente_codigo and l.trimestre in (t.trimestre, t.antes)
                where t.trimestre = t.ultimo and t.antes is not null
                group by all
            ),
            distancias as (
                -- Half the sum of the differences: the share of actions that would have to change light.
                select ente_codigo, trimestre, antes, least(total, total_antes) as acciones,
                    sum(abs(diferencia)) / 2 as distancia
                from partes
                group by all
            )
            select
                ente_codigo,
                trimestre,
                antes,
                acciones,
                -- Two samples of one distribution over five lights differ by some sqrt(2.5 / n).
                if(distancia > 0.3 + sqrt(2.5 / acciones), format('{:.0f} % de las acciones', 100 * distancia), null)
                    as cambio_de_luces
            from distancias
            """,
            ("ente_codigo", "trimestre", "antes", "acciones"),
            {
                "luces_como_antes": warns(
                    expect.column_values_to_be_null("cambio_de_luces"),
                    "El reparto de las acciones entre las luces del semáforo se parece al del trimestre anterior.",
                    "cambian de luz a lo más el 30 % más lo que explica el azar",
                    "Puede ser un trimestre fuera de lo común; también una columna leída por otra.",
                ),
            },
        ),
    ),
)
