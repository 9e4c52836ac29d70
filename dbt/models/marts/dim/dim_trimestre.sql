with trimestres as (
    select
        trimestre,
        ejercicio,
        trimestre_numero,
        {{ inicio_trimestre('trimestre') }} as inicio_fecha
    from {{ ref('int_trimestres') }}
)

select
    {{ clave(['trimestre']) }} as trimestre_key,
    trimestre,
    ejercicio,
    trimestre_numero,
    case trimestre_numero
        when 1 then 'Enero-marzo '
        when 2 then 'Abril-junio '
        when 3 then 'Julio-septiembre '
        else 'Octubre-diciembre '
    end || ejercicio as trimestre_etiqueta,
    inicio_fecha,
    cast(inicio_fecha + interval 3 month - interval 1 day as date) as fin_fecha,
    4 * ejercicio + trimestre_numero - 1 as orden
from trimestres
