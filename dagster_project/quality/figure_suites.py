"""The suites on the raw tables of an ejercicio: every row accounted for, chosen figures that close.

Belongs here: rules on ``raw.renglones`` and ``raw.elegidas``. A *printed* row that does not
close is a finding (dbt's ``fct_hallazgo``), not a rule here; a *chosen*, settled, additive
one that does not close is a defect of ours, and blocks. A row that a person decided
(``corregida``) binds no rule: published tables hold errors of their own.
"""

from __future__ import annotations

from dagster_project.quality.expect import Regla, aviso
from dagster_project.quality.model import Suite
from dagster_project.tmm_f004.model import CAMPOS, Estado
from dagster_project.warehouse.vigentes import FORMS_SQL

ESTADOS = tuple(str(e) for e in Estado)

RENGLONES = Suite(
    nombre="raw_renglones",
    tabla="raw.renglones",
    descripcion="De cada formato llegaron todos los renglones, y de cada reporte vigente todas las elecciones.",
    llave=("extracto_id", "formato", "linea_inicio"),
    sql=f"""
        with formas as ({FORMS_SQL}),
        guardados as (
            select extracto_id, formato, count(*) as renglones, count(e.linea) as elegidas
            from raw.renglones r
            left join raw.elegidas e using (extracto_id, linea)
            group by all
        )
        select
            f.extracto_id,
            f.formato,
            p.linea_inicio,
            p.renglones::double as renglones,
            coalesce(g.renglones, 0)::double as renglones_guardados,
            if(f.vigente, p.renglones, 0)::double as elegidas_esperadas,
            coalesce(g.elegidas, 0)::double as elegidas
        from formas f
        join raw.formatos p using (extracto_id, formato)
        left join guardados g using (extracto_id, formato)
        order by f.extracto_id, f.formato
    """,
    expectativas=(
        Regla(
            "renglones_completos",
            "Los renglones guardados de cada formato son los que se hallaron en él.",
            "renglones guardados = renglones hallados",
            "Un renglón perdido es una acción que falta sin que nadie lo diga.",
        ).iguales("renglones", "renglones_guardados"),
        Regla(
            "elegidas_completas",
            "Cada renglón de un reporte vigente tiene su elección, y ningún otro la tiene.",
            "elegidas = renglones de reportes vigentes",
            "Sin elección la acción no llega a los marts; con dos reportes contaría doble.",
        ).iguales("elegidas_esperadas", "elegidas"),
    ),
)

_FIGURES = ", ".join(CAMPOS)
_INVERTED = " + ".join(f"coalesce(({c}_min > {c}_max)::integer, 0)" for c in CAMPOS)
_UNKNOWN = ", ".join(f"{c}_estado" for c in CAMPOS)
_AFTER_CUT = " ".join(
    f"when a{q} is not null and right(corte, 1)::integer < {q} then 'T{q}: ' || a{q}" for q in range(1, 5)
)

ELEGIDAS = Suite(
    nombre="raw_elegidas",
    tabla="raw.elegidas",
    descripcion="Las cifras elegidas y sin duda de cada renglón cuadran.",
    llave=("extracto_id", "linea"),
    sql=f"""
        with renglones as (
            select
                *,
                estado not in ('dudosa', 'corregida') as es_firme,
                estado not in ('dudosa', 'corregida') and not es_razon as es_sumable,
                -- Exact: decimals as whole numbers of ten-thousandths; rounded half up (design §1, fact 1).
                (absoluto * 10000)::hugeint as a,
                (meta * 10000)::hugeint as m
            from raw.elegidas
            where $ejercicio is null or ejercicio = $ejercicio
        )
        select
            extracto_id,
            linea,
            estado,
            list_filter([{_UNKNOWN}], lambda x: x not in ({", ".join(f"'{e}'" for e in ESTADOS)}))[1] as estado_ajeno,
            ejercicio::double as ejercicio,
            left(corte, 4)::double as corte_anio,
            if(es_sumable, meta, null)::double as meta_firme,
            (coalesce(p1, 0) + coalesce(p2, 0) + coalesce(p3, 0) + coalesce(p4, 0))::double as programado_suma,
            if(es_sumable, absoluto, null)::double as absoluto_firme,
            (coalesce(a1, 0) + coalesce(a2, 0) + coalesce(a3, 0) + coalesce(a4, 0))::double as avance_suma,
            if(es_firme, relativo_pct, null)::double as relativo_firme,
            if(m > 0 and a >= 0, (200 * a + m) // (2 * m), null)::double as relativo_exacto,
            case {_AFTER_CUT} end as avance_futuro,
            least({_FIGURES})::double as menor,
            ({_INVERTED})::double as rangos_invertidos,
            (estado = 'dudosa')::integer::double as es_dudosa
        from renglones
        order by extracto_id, linea
    """,
    expectativas=(
        Regla(
            "estado_conocido",
            "El estado de cada renglón es uno de los cinco.",
            ", ".join(ESTADOS),
            "De él depende si la cifra se da por cierta.",
        ).de("estado", ESTADOS),
        Regla(
            "estado_de_cifras_conocido",
            "El estado de cada cifra es uno de los cinco.",
            ", ".join(ESTADOS),
            "De él depende si la cifra se da por cierta.",
        ).vacia("estado_ajeno"),
        Regla(
            "corte_en_ejercicio",
            "El corte de cada renglón cae dentro de su ejercicio.",
            "año del corte = ejercicio",
            "Un corte de otro año cargaría cifras al programa equivocado.",
        ).iguales("corte_anio", "ejercicio"),
        Regla(
            "programado_suma_meta",
            "Lo programado en los cuatro trimestres suma la meta anual (medidas que se suman, sin duda).",
            "ΣP = meta",
            "Una fila elegida y asentada que no cuadra es un defecto nuestro, no de la fuente.",
        ).iguales("programado_suma", "meta_firme"),
        Regla(
            "avance_suma_absoluto",
            "Lo alcanzado hasta el corte suma el avance absoluto (medidas que se suman, sin duda).",
            "ΣA = absoluto",
            "Una fila elegida y asentada que no cuadra es un defecto nuestro, no de la fuente.",
        ).iguales("avance_suma", "absoluto_firme"),
        Regla(
            "relativo_redondeado",
            "El acumulado relativo es absoluto entre meta, redondeado la mitad hacia arriba; también en razones.",
            "relativo = ⌊100·absoluto/meta + ½⌋",
            "Una fila elegida y asentada que no cuadra es un defecto nuestro, no de la fuente.",
        ).iguales("relativo_firme", "relativo_exacto"),
        Regla(
            "nada_despues_del_corte",
            "Ningún reporte sabe lo alcanzado después de su corte.",
            "avance vacío después del corte",
            "Lo impreso ahí es copia de lo programado o relleno: publicarlo inventaría logros.",
        ).vacia("avance_futuro"),
        Regla(
            "sin_negativos",
            "Ninguna cifra es negativa.",
            "todas ≥ 0",
            "El formato no tiene cifras negativas: sería una lectura imposible.",
        ).entre("menor", minimo=0),
        Regla(
            "rangos_en_orden",
            "En toda cifra dudosa el mínimo no pasa del máximo.",
            "mínimo ≤ máximo",
            "Un rango al revés no contiene la verdad.",
        ).entre("rangos_invertidos", maximo=0),
        aviso(
            "mayoria_sin_duda",
            "A lo más la mitad de los renglones queda en duda.",
            "proporción de dudosas ≤ 0.5",
            "Mucha duda habla del escaneo, no de un error de carga: las cifras salen marcadas como dudosas.",
        ).promedio("es_dudosa", maximo=0.5),
    ),
)
