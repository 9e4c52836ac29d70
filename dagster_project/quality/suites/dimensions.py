"""The suites on the dimensions: codes of the right shape, nothing twice under two spellings, nobody gone.

Belongs here: rules on ``marts.dim_*`` that only their data can break. Does not belong here:
keys, relations and accepted values, which dbt tests and contracts hold.
"""

from __future__ import annotations

from dagster_project.quality import expect
from dagster_project.quality.rule import Query, Suite, blocks, warns
from dagster_project.reference.csv_rows import UNIT

DIM_UNIDAD = Suite(
    "marts.dim_unidad",
    "Las claves de las unidades tienen la forma debida, y ninguna dejó de reportar de un ejercicio a otro.",
    (
        Query(
            """
            with reportes as (
                select ente_codigo, unidad_codigo, max(ejercicio) as ultimo, arg_max(extracto_id, corte) as extracto_id,
                    arg_max(linea, corte) as linea
                from marts.dim_corte
                group by all
            ),
            entes as (
                select ente_codigo, max(ejercicio) as ultimo from marts.dim_corte group by all
            )
            select
                u.unidad_key,
                u.ente_codigo,
                u.unidad_codigo,
                r.extracto_id,
                r.linea,
                if(u.origen = 'desconocida', null, u.unidad_codigo) as clave,
                if(u.origen = 'desconocida', null, u.ramo_codigo) as ramo,
                -- A unit's key begins with its ramo's where the municipality makes its keys so: another's say nothing.
                if(
                    u.origen = 'desconocida' or u.ramo_codigo is null,
                    null,
                    if(
                        avg(starts_with(u.unidad_codigo, u.ramo_codigo)::int) over (partition by u.ente_codigo) > 0.5
                            and regexp_full_match(u.unidad_codigo, '[0-9]{5}'),
                        left(u.unidad_codigo, length(u.ramo_codigo)),
                        u.ramo_codigo
                    )
                ) as ramo_de_la_clave,
                -- Those of the catalogue that are current are expected, and missed, by the check ``cobertura``.
                if(u.origen = 'extracto' and r.ultimo < e.ultimo, 'último: ' || r.ultimo, null) as desaparecida
            from marts.dim_unidad u
            left join reportes r on u.ente_codigo = r.ente_codigo and u.unidad_codigo = r.unidad_codigo
            left join entes e on u.ente_codigo = e.ente_codigo
            """,
            ("ente_codigo", "unidad_codigo", "unidad_key", "extracto_id", "linea"),
            {
                "clave_forma": blocks(
                    expect.column_values_to_match_regex("clave", f"^{UNIT}$"),
                    "La clave de cada unidad son letras y dígitos, unidos por guiones o puntos, sin espacios.",
                    "54101, OM-01",
                    "Una errata en el catálogo crearía una unidad que no existe.",
                ),
                "clave_de_su_ramo": warns(
                    expect.column_pair_values_to_be_equal("ramo_de_la_clave", "ramo"),
                    "La clave de la unidad empieza con la de su ramo, donde el municipio forma así las de la mayoría.",
                    "54101 es del ramo 54",
                    "Con otro ramo la unidad se sumaría con las de otra dependencia.",
                ),
                "unidad_presente": warns(
                    expect.column_values_to_be_null("desaparecida"),
                    "Ninguna unidad que reportó en un ejercicio falta entero en el último de su municipio.",
                    "reportó en el último ejercicio",
                    "Una unidad puede desaparecer por decreto; también puede faltar su archivo.",
                ),
            },
        ),
    ),
)

DIM_ACCION = Suite(
    "marts.dim_accion",
    "Cada acción vive dentro de su ejercicio y se reconoce por su texto.",
    (
        Query(
            """
            with renglones as (
                select accion_key, min((extracto_id, linea)) as origen from marts.fct_meta group by all
            )
            select
                a.accion_key,
                r.origen[1] as extracto_id,
                r.origen[2] as linea,
                if(a.primer_corte > a.ultimo_corte or left(a.primer_corte, 4) <> a.ejercicio::varchar
                    or left(a.ultimo_corte, 4) <> a.ejercicio::varchar, a.primer_corte || ' a ' || a.ultimo_corte, null)
                    as cortes_fuera,
                a.accion_numero,
                nullif(a.accion_descripcion, '(sin texto legible)') as accion_descripcion
            from marts.dim_accion a
            left join renglones r using (accion_key)
            """,
            ("accion_key", "extracto_id", "linea"),
            {
                "cortes_en_ejercicio": blocks(
                    expect.column_values_to_be_null("cortes_fuera"),
                    "El primer y el último corte de cada acción van en orden y son de su ejercicio.",
                    "primer corte ≤ último corte, ambos del ejercicio",
                    "Una acción que pasa de un año a otro mezclaría dos programas.",
                ),
                "numero_posible": blocks(
                    expect.column_values_to_be_between("accion_numero", minimum=1, maximum=9999),
                    "El número de cada acción tiene de una a cuatro cifras.",
                    "1 a 9999",
                    "Otro número no es el de una acción: buscarla por él fallaría.",
                ),
                "con_texto": warns(
                    expect.column_values_to_not_be_null("accion_descripcion"),
                    "De cada acción se sabe qué dice.",
                    "texto no vacío",
                    "El texto se perdió en todas sus impresiones; sus cifras valen igual.",
                ),
            },
        ),
    ),
)

DIM_LINEA_ACCION = Suite(
    "marts.dim_linea_accion",
    "Los códigos de las líneas de acción tienen la forma debida y sus nombres coinciden entre impresiones.",
    (
        Query(
            """
            select
                linea_accion_key,
                plan,
                linea_accion_codigo,
                if(starts_with(linea_accion_codigo, '('), null, linea_accion_codigo) as codigo,
                if(acuerdo < 0.5 and veces_impreso >= 4, acuerdo, null) as desacuerdo
            from marts.dim_linea_accion
            """,
            ("plan", "linea_accion_codigo", "linea_accion_key"),
            {
                "codigo_forma": blocks(
                    expect.column_values_to_match_regex("codigo", "^[0-9]+(?:\\.[0-9]+)*$"),
                    "El código de cada línea de acción es de números y puntos.",
                    "números separados por puntos",
                    "Con un código mal leído sus acciones se sumarían en una línea que no existe.",
                ),
                "nombre_acordado": warns(
                    expect.column_values_to_be_null("desacuerdo"),
                    "Las impresiones del nombre de una línea de acción coinciden en su mayoría.",
                    "acuerdo ≥ 0.5 desde la cuarta impresión",
                    "El nombre puede ser el de otra línea; las cifras no cambian.",
                ),
            },
        ),
    ),
)
