-- By ejercicio: several marts stand on it, and twenty years are not worked out again for one quarter.
{{ config(materialized='incremental') }}

{% set campos = ['meta', 'p1', 'p2', 'p3', 'p4', 'a1', 'a2', 'a3', 'a4', 'absoluto', 'relativo_pct'] %}

with elegidas as (
    select * from {{ ref('stg_tmm__elegidas') }}
    {{ solo_por_rehacer() }}
),

renglones as (
    select * from {{ ref('stg_tmm__renglones') }}
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

lecturas as (
    select * from {{ ref('stg_tmm__lecturas') }}
),

vinculos as (
    select * from {{ ref('stg_tmm__vinculos') }}
),

medidas as (
    select * from {{ ref('int_unidades_medida') }}
),

planes as (
    select * from {{ ref('int_planes') }}
),

-- A row closes if the reading chosen closes; where none is chosen, if all that are in the running do.
cierres as (
    select
        extracto_id,
        linea,
        bool_and(es_cerrada) as es_cerrada
    from lecturas
    where es_dentro_margen
    group by extracto_id, linea
),

-- What a page says is as uncertain as whose page it is.
atribuidas as (
    select
        elegidas.*,
        'dudosa' in (
            {%- for dato in ['ente_codigo', 'unidad_codigo', 'corte_numero', 'anio'] %}
            coalesce(formatos.{{ dato }}_estado, ''){% if not loop.last %},{% endif %}
            {%- endfor %}
        ) as es_atribucion_dudosa
    from elegidas
    left join renglones
        on
            elegidas.extracto_id = renglones.extracto_id
            and elegidas.linea = renglones.linea
    left join formatos
        on
            renglones.extracto_id = formatos.extracto_id
            and renglones.formato = formatos.formato
),

-- One action stands once in a cut; a second printing is a finding (int_hallazgos_renglon), not a figure.
primeras as (
    select * from atribuidas
    qualify
        row_number() over (
            partition by accion_id, corte
            order by es_atribucion_dudosa, extracto_id, linea
        ) = 1
)

select
    primeras.extracto_id,
    primeras.linea,
    renglones.formato,
    renglones.orden,
    primeras.ente_codigo,
    primeras.unidad_codigo,
    primeras.ejercicio,
    primeras.corte,
    primeras.accion_id,
    {{ clave(['primeras.accion_id', 'primeras.ejercicio']) }} as accion_key,
    primeras.accion_numero,
    renglones.es_accion_inferida,
    renglones.accion_regla,
    renglones.descripcion,
    renglones.lineas_accion,
    trim(renglones.observaciones) as observaciones,
    medidas.unidad_medida_nombre,
    {{ clave(['medidas.unidad_medida_nombre']) }} as unidad_medida_key,
    primeras.es_razon,
    primeras.plan,
    planes.desde_trimestre as plan_desde,
    primeras.candidato,
    primeras.costo,
    primeras.margen,
    primeras.estado,
    primeras.es_atribucion_dudosa,
    coalesce(elegida.es_cerrada, cierres.es_cerrada, false) as es_cerrada,
    vinculos.regla as vinculo_regla,
    vinculos.puntaje as vinculo_puntaje,
    {%- for campo in campos %}
    primeras.{{ campo }},
    primeras.{{ campo }}_min,
    primeras.{{ campo }}_max,
    primeras.{{ campo }}_estado,
    primeras.{{ campo }}_impreso,
    primeras.{{ campo }}_corroborada,
    {%- endfor %}
    cast(right(primeras.corte, 1) as integer) as corte_numero
from primeras
inner join renglones
    on
        primeras.extracto_id = renglones.extracto_id
        and primeras.linea = renglones.linea
left join medidas
    on {{ normaliza('renglones.unidad_medida') }} = medidas.texto
left join planes
    on
        primeras.ente_codigo = planes.ente_codigo
        and primeras.plan = planes.plan
left join lecturas as elegida
    on
        primeras.extracto_id = elegida.extracto_id
        and primeras.linea = elegida.linea
        and primeras.candidato = elegida.candidato
left join cierres
    on
        primeras.extracto_id = cierres.extracto_id
        and primeras.linea = cierres.linea
left join vinculos
    on
        primeras.extracto_id = vinculos.extracto_id
        and primeras.linea = vinculos.linea
