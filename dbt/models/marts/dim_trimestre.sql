with trimestres as (
    select
        trimestre,
        ejercicio,
        trimestre_numero,
        {{ inicio_trimestre('trimestre') }} as inicio_fecha
    from {{ ref('int_trimestres') }}
)

select
    cast({{ clave(['trimestre']) }} as varchar) as trimestre_key,
    cast(trimestre as varchar) as trimestre,
    cast(ejercicio as integer) as ejercicio,
    cast(trimestre_numero as integer) as trimestre_numero,
    cast(
        case trimestre_numero
            when 1 then 'Enero-marzo '
            when 2 then 'Abril-junio '
            when 3 then 'Julio-septiembre '
            else 'Octubre-diciembre '
        end || ejercicio as varchar
    ) as trimestre_etiqueta,
    cast(inicio_fecha as date) as inicio_fecha,
    cast(inicio_fecha + interval 3 month - interval 1 day as date) as fin_fecha,
    cast(4 * ejercicio + trimestre_numero - 1 as integer) as orden
from trimestres
