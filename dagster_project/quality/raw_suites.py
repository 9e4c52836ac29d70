"""The suites on the raw tables that files fill: nothing left out, codes of the right shape.

Belongs here: rules on ``raw.extractos`` and ``raw.formatos``. Does not belong here: the rules
on the figures (``figure_suites``) and what dbt tests hold (keys, relations).
"""

from __future__ import annotations

from dagster_project.quality.expect import Regla, aviso
from dagster_project.quality.model import Suite

EXTRACTOS = Suite(
    nombre="raw_extractos",
    tabla="raw.extractos",
    descripcion="Cada extracto vigente está entero: sus líneas, sus bytes y todo lo que se leyó o se rechazó.",
    llave=("extracto_id", "ruta"),
    sql="""
        with guardado as (
            select
                l.extracto_id,
                count(*) as lineas,
                sum(case
                    when e.codificacion in ('utf-8', 'utf-8-sig') then strlen(l.texto) + strlen(l.fin)
                    else length(l.texto) + length(l.fin)
                end) as bytes
            from raw.lineas l
            join raw.extractos e using (extracto_id)
            where e.retirado_en is null
            group by all
        ),
        piezas as (
            select extracto_id, count(*) filter (es_formato) as formatos, count(*) as piezas
            from (
                select extracto_id, true as es_formato from raw.formatos
                union all by name
                select extracto_id, false as es_formato from raw.rechazos
            )
            group by all
        )
        select
            e.extracto_id,
            e.ruta,
            e.lineas::double as lineas,
            coalesce(g.lineas, 0)::double as lineas_guardadas,
            e.bytes::double as bytes,
            (coalesce(g.bytes, 0) + if(e.codificacion = 'utf-8-sig', 3, 0))::double as bytes_guardados,
            coalesce(p.piezas, 0)::double as piezas,
            coalesce(p.formatos, 0)::double as formatos
        from raw.extractos e
        left join guardado g using (extracto_id)
        left join piezas p using (extracto_id)
        where e.retirado_en is null
        order by e.ruta, e.extracto_id
    """,
    expectativas=(
        Regla(
            "identificador",
            "El identificador del extracto son los primeros 16 dígitos hexadecimales de su hash.",
            "16 dígitos hexadecimales",
            "De él cuelga la procedencia de cada cifra.",
        ).forma("extracto_id", r"^[0-9a-f]{16}$"),
        Regla(
            "lineas_completas",
            "Las líneas guardadas son las que el archivo tenía.",
            "líneas guardadas = líneas del archivo",
            "Una línea perdida es una pérdida callada de datos.",
        ).iguales("lineas", "lineas_guardadas"),
        Regla(
            "bytes_completos",
            "Las líneas guardadas suman los bytes del archivo: se puede reconstruir.",
            "bytes guardados = bytes del archivo",
            "Sin reconstrucción exacta ninguna cifra se puede comprobar contra su fuente.",
        ).iguales("bytes", "bytes_guardados"),
        Regla(
            "nada_en_silencio",
            "De cada extracto salió al menos un formato o un rechazo que dice por qué no.",
            "formatos + rechazos ≥ 1",
            "Un extracto del que no sale nada, ni un motivo, es un defecto del lector.",
        ).entre("piezas", minimo=1),
        aviso(
            "con_formatos",
            "Cada extracto contiene al menos un formato TMM-F004.",
            "formatos ≥ 1",
            "Un texto ajeno se anota y se rechaza; no debe detener lo demás.",
        ).entre("formatos", minimo=1),
    ),
)

FORMATOS = Suite(
    nombre="raw_formatos",
    tabla="raw.formatos",
    descripcion="Cada página de formato está asentada con códigos de la forma debida y dentro de su programa.",
    llave=("extracto_id", "formato", "linea_inicio"),
    sql="""
        select
            f.extracto_id,
            f.formato,
            f.linea_inicio,
            f.ente_codigo,
            if(f.unidad_codigo_estado = 'dudosa', null, f.unidad_codigo) as unidad_firme,
            f.unidad_codigo,
            f.corte,
            f.ejercicio::double as ejercicio,
            left(f.corte, 4)::double as corte_anio,
            f.plan,
            f.renglones::double as renglones,
            case
                when lead(f.linea_inicio) over paginas <= f.linea_fin or f.linea_fin < f.linea_inicio
                    then f.linea_inicio || '-' || f.linea_fin
            end as lineas_compartidas
        from raw.formatos f
        join raw.extractos e using (extracto_id)
        where e.retirado_en is null
        window paginas as (partition by f.extracto_id order by f.formato)
        order by f.extracto_id, f.formato
    """,
    expectativas=(
        Regla(
            "ente_forma",
            "La clave del municipio tiene la forma del INEGI: entidad (2) y municipio (3).",
            "5 dígitos",
            "Es parte de toda llave; otra forma mezclaría municipios.",
        ).forma("ente_codigo", r"^\d{5}$"),
        Regla(
            "unidad_forma",
            "La clave de una unidad asentada sin duda tiene cinco dígitos.",
            "5 dígitos",
            "Una clave mal leída dada por cierta crearía una unidad que no existe.",
        ).forma("unidad_firme", r"^\d{5}$"),
        Regla(
            "corte_forma",
            "El corte es un trimestre: año y T1 a T4.",
            "AAAA-T1 … AAAA-T4",
            "Por el corte se ordena lo que cada reporte sabía.",
        ).forma("corte", r"^20\d{2}-T[1-4]$"),
        Regla(
            "corte_en_ejercicio",
            "El corte cae dentro del ejercicio del programa.",
            "año del corte = ejercicio",
            "Un corte de otro año cargaría cifras al programa equivocado.",
        ).iguales("corte_anio", "ejercicio"),
        Regla(
            "plan_conocido",
            "El plan es uno de los que se conocen.",
            "sin_eje o con_eje",
            "Los códigos de línea de acción sólo significan algo dentro de su plan.",
        ).de("plan", ("sin_eje", "con_eje")),
        Regla(
            "paginas_disjuntas",
            "Las páginas de un extracto no comparten líneas.",
            "cada línea en una página a lo más",
            "Una línea en dos páginas contaría dos veces.",
        ).vacia("lineas_compartidas"),
        aviso(
            "unidad_asentada",
            "Se sabe de qué unidad es cada formato.",
            "unidad no vacía",
            "El formato queda en raw y como hallazgo; los demás se publican.",
        ).presente("unidad_codigo"),
        aviso(
            "corte_asentado",
            "Se sabe de qué trimestre es cada formato.",
            "corte no vacío",
            "El formato queda en raw y como hallazgo; los demás se publican.",
        ).presente("corte"),
        aviso(
            "con_renglones",
            "Cada formato tiene al menos un renglón de acción.",
            "renglones ≥ 1",
            "Una tabla perdida es daño de la fuente o del OCR: se muestra y se sigue.",
        ).entre("renglones", minimo=1),
    ),
)
