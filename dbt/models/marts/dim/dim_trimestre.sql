with trimestres as (
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
        {{ inicio_trimestre('trimestre') }} as inicio_fecha,
        {{ fin_trimestre('trimestre') }} as fin_fecha,
        4 * ejercicio + trimestre_numero - 1 as orden
    from {{ ref('int_trimestres') }}
)

select * from trimestres
union all
select
    {{ clave_desconocida() }} as trimestre_key,
    '(desconocido)' as trimestre,
    null as ejercicio,
    null as trimestre_numero,
    '(trimestre desconocido)' as trimestre_etiqueta,
    null as inicio_fecha,
    null as fin_fecha,
    0 as orden
