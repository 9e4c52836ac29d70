-- The chosen rows, each action once a cut, with whether it is uncertain whose page they stand on.
with elegidas as (
    select * from {{ ref('stg_tmm__elegidas') }}
),

renglones as (
    select * from {{ ref('stg_tmm__renglones') }}
),

formatos as (
    select * from {{ ref('stg_tmm__formatos') }}
),

-- A second printing of an action is a finding (int_hallazgos_renglon), not a figure. Over the keys alone: a window
-- carries every column it is given (81 of them ran out of 700 MB at a million facts).
primeras as (
    select
        elegidas.ejercicio,
        elegidas.extracto_id,
        elegidas.linea,
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
    qualify
        row_number() over (
            partition by elegidas.ejercicio, elegidas.accion_id, elegidas.corte
            order by es_atribucion_dudosa, elegidas.extracto_id, elegidas.linea
        ) = 1
)

select
    elegidas.*,
    primeras.es_atribucion_dudosa
from elegidas
inner join primeras
    on
        elegidas.ejercicio = primeras.ejercicio
        and elegidas.extracto_id = primeras.extracto_id
        and elegidas.linea = primeras.linea
