-- Línea de acción codes that the headers of vigente pages print, one row per report and código. A code that only the
-- rows name is not declared: the reader marks it.
with impresas as (
    select
        *,
        trim(both ' .,;:-' from coalesce(valor, codigo_impreso)) as codigo
    from {{ ref('int_campos') }}
    where
        campo = 'linea_accion' and {{ es_vigente() }} and codigo_impreso is not null
        and left(coalesce(regla, ''), 17) != 'solo_en_renglones'
),

-- What is no code goes to the unknown member of the plan, as where a row prints it.
leidas as (
    select
        *,
        coalesce(plan, 'desconocido') as plan_conocido,
        case when {{ es_codigo_linea('codigo') }} then codigo else '(desconocida)' end as linea_accion_codigo
    from impresas
)

select
    ente_codigo,
    unidad_codigo,
    corte,
    plan_conocido as plan,
    linea_accion_codigo,
    {{ clave(['ente_codigo', 'plan_conocido', 'linea_accion_codigo']) }} as linea_accion_key,
    count(*) as veces_impresa,
    -- By what is printed, so that it is the same in whatever files the pages come.
    min_by(codigo_impreso, (pagina_huella, orden)) filter (where codigo_impreso is not null) as codigo_impreso,
    min_by(texto_impreso, (pagina_huella, orden)) filter (where texto_impreso is not null) as nombre_impreso,
    min((pagina_huella, orden)) as lugar,
    min_by(extracto_id, (pagina_huella, orden)) as extracto_id,
    min_by(linea, (pagina_huella, orden)) as linea
from leidas
group by ente_codigo, unidad_codigo, corte, plan_conocido, linea_accion_codigo
