"""The suites on the facts: nothing lost or changed on the way from raw, figures in their ranges.

Belongs here: rules on ``marts.fct_avance_corte`` and ``marts.fct_avance`` that compare layers
or look at values. Does not belong here: keys, relations and accepted values, which dbt tests
and contracts hold.
"""

from __future__ import annotations

from dagster_project.quality.expect import Regla, aviso
from dagster_project.quality.figure_suites import ESTADOS
from dagster_project.quality.model import Suite

ESTADOS_DEL_HECHO = (*ESTADOS, "no_aplica")
"""A quarter after the cut, or before the plan, states nothing: it has no estado of reading."""

_QUARTERS = " union all ".join(
    f"select extracto_id, linea, ejercicio || '-T{q}' as trimestre, p{q} as programado, a{q} as avance "
    "from raw.elegidas"
    for q in range(1, 5)
)

FCT_AVANCE_CORTE = Suite(
    nombre="marts_fct_avance_corte",
    tabla="marts.fct_avance_corte",
    descripcion="Lo que declaró cada reporte llegó entero y sin cambios desde su renglón impreso.",
    llave=("extracto_id", "linea", "trimestre"),
    sql=f"""
        with elegidas as ({_QUARTERS}),
        hechos as (
            select
                *,
                count(*) over (partition by extracto_id, linea, trimestre) as veces
            from marts.fct_avance_corte
        )
        select
            coalesce(h.extracto_id, e.extracto_id) as extracto_id,
            coalesce(h.linea, e.linea) as linea,
            coalesce(h.trimestre, e.trimestre) as trimestre,
            if(e.extracto_id is null, null, coalesce(h.veces, 0))::double as veces,
            h.estado,
            h.programado::double as programado,
            h.avance::double as avance,
            if(h.situacion_programado = 'informado', coalesce(e.programado, -1), null)::double as programado_leido,
            if(h.situacion_avance = 'informado', coalesce(e.avance, -1), null)::double as avance_leido,
            if(h.trimestre > h.corte, h.avance, null)::double as avance_futuro,
            if(left(h.corte, 4) <> h.ejercicio::varchar or left(h.trimestre, 4) <> h.ejercicio::varchar,
                h.trimestre || ' en ' || h.corte, null) as fuera_de_ejercicio,
            if(h.programado_min > h.programado_max or h.avance_min > h.avance_max
                or h.programado not between h.programado_min and h.programado_max
                or h.avance not between h.avance_min and h.avance_max, h.linea, null)::double as rango_roto,
            if(h.accion_key is null, null, (h.estado = 'dudosa')::integer)::double as es_dudosa
        from hechos h
        full join elegidas e using (extracto_id, linea, trimestre)
        order by all
    """,
    expectativas=(
        Regla(
            "renglones_completos",
            "Cada renglón elegido en raw llega al hecho una vez por trimestre.",
            "una fila por renglón y trimestre",
            "Una unión mal hecha perdería o duplicaría acciones con todas las pruebas en verde.",
        ).entre("veces", minimo=1, maximo=1),
        Regla(
            "procedencia",
            "Cada fila del hecho viene de un renglón elegido en raw.",
            "extracto y línea existen en raw.elegidas",
            "Una cifra sin renglón impreso no se puede comprobar.",
        ).presente("veces"),
        Regla(
            "programado_conservado",
            "Lo programado que un reporte informa es lo que se eligió en raw.",
            "programado = P elegido",
            "Entre capas no se cambia ninguna cifra.",
        ).iguales("programado", "programado_leido"),
        Regla(
            "avance_conservado",
            "El avance que un reporte informa es lo que se eligió en raw.",
            "avance = A elegido",
            "Entre capas no se cambia ninguna cifra.",
        ).iguales("avance", "avance_leido"),
        Regla(
            "nada_despues_del_corte",
            "Ningún reporte sabe lo alcanzado después de su corte.",
            "avance vacío después del corte",
            "Publicarlo inventaría logros.",
        ).vacia("avance_futuro"),
        Regla(
            "dentro_del_ejercicio",
            "Corte y trimestre caen dentro del ejercicio.",
            "año del corte y del trimestre = ejercicio",
            "Una cifra de otro año falsearía el avance del programa.",
        ).vacia("fuera_de_ejercicio"),
        Regla(
            "rangos_en_orden",
            "El mínimo no pasa del máximo y la cifra no sale de su rango.",
            "mínimo ≤ cifra ≤ máximo",
            "Un rango que no contiene su cifra engaña sobre la duda.",
        ).vacia("rango_roto"),
        aviso(
            "mayoria_sin_duda",
            "A lo más la mitad de las cifras queda en duda.",
            "proporción de dudosas ≤ 0.5",
            "Mucha duda habla del escaneo: las cifras se publican marcadas como dudosas.",
        ).promedio("es_dudosa", maximo=0.5),
    ),
)

FCT_AVANCE = Suite(
    nombre="marts_fct_avance",
    tabla="marts.fct_avance",
    descripcion="Lo mejor que se sabe de cada acción y trimestre, una vez, dentro de lo posible.",
    llave=("accion_key", "trimestre", "extracto_id", "linea"),
    sql="""
        with declarado as (
            select distinct accion_key, trimestre from marts.fct_avance_corte
        ),
        hechos as (
            select
                *,
                count(*) over (partition by accion_key, trimestre) as veces,
                (avance * 10000)::hugeint as a,
                (programado * 10000)::hugeint as p
            from marts.fct_avance
        )
        select
            accion_key,
            trimestre,
            h.extracto_id,
            h.linea,
            if(d.accion_key is null, 0, coalesce(h.veces, 0))::double as veces,
            h.estado,
            h.estado_programado,
            h.estado_avance,
            least(h.programado, h.avance)::double as menor,
            h.cumplimiento_pct::double as cumplimiento_pct,
            if(h.p > 0, (200 * h.a + h.p) // (2 * h.p), null)::double as cumplimiento_exacto,
            if(h.avance is not null and h.trimestre > h.corte, h.trimestre || ' en ' || h.corte, null)
                as avance_futuro,
            (h.programado is null)::integer::double as sin_programado
        from hechos h
        full join declarado d using (accion_key, trimestre)
        order by all
    """,
    expectativas=(
        Regla(
            "una_vez",
            "Cada acción y trimestre que algún reporte declaró está exactamente una vez.",
            "una fila por acción y trimestre",
            "Una fila que falta o sobra cambia todo total que se haga encima.",
        ).entre("veces", minimo=1, maximo=1),
        Regla(
            "estado_conocido",
            "El estado de cada fila es uno de los cinco, o no_aplica donde el reporte nada informa.",
            ", ".join(ESTADOS_DEL_HECHO),
            "De él depende si la cifra se da por cierta.",
        ).de("estado", ESTADOS_DEL_HECHO),
        Regla(
            "sin_negativos",
            "Ninguna cifra es negativa.",
            "programado ≥ 0 y avance ≥ 0",
            "El formato no tiene cifras negativas.",
        ).entre("menor", minimo=0),
        Regla(
            "cumplimiento_redondeado",
            "El cumplimiento es avance entre programado, redondeado la mitad hacia arriba.",
            "cumplimiento = ⌊100·A/P + ½⌋",
            "Otro redondeo no coincidiría con el formato impreso.",
        ).iguales("cumplimiento_pct", "cumplimiento_exacto"),
        Regla(
            "nada_despues_del_corte",
            "Ningún avance se toma de un reporte anterior al trimestre.",
            "trimestre ≤ corte donde hay avance",
            "Publicarlo inventaría logros.",
        ).vacia("avance_futuro"),
        aviso(
            "cumplimiento_posible",
            "El cumplimiento de un trimestre no pasa de diez veces lo programado.",
            "0 a 1000 %",
            "Puede ser cierto (metas mal planeadas), pero suele ser una cifra mal leída: conviene verla.",
        ).entre("cumplimiento_pct", minimo=0, maximo=1000),
        aviso(
            "programado_sabido",
            "De la mayoría de las acciones y trimestres se sabe lo programado.",
            "proporción sin programado ≤ 0.5",
            "Muchos vacíos hablan de formatos ilegibles o de un plan que empezó a medio año.",
        ).promedio("sin_programado", maximo=0.5),
    ),
)
