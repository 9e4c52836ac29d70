-- What headers call the ejes and the ramos: a name for each code, where most of its printings agree on one.
{{ config(materialized='table') }}

with impresos as (
    select
        campo,
        ente_codigo,
        -- An eje's code means something else in another plan; a ramo's does not.
        case when campo = 'eje' then coalesce(plan, 'desconocido') end as plan,
        {{ recorta('coalesce(valor, codigo_impreso)') }} as codigo,
        trim(both ' .,;:-*' from texto_impreso) as nombre,
        texto
    from {{ ref('int_campos') }}
    where campo in ('eje', 'ramo') and texto != '' and {{ es_vigente() }}
),

escrituras as (
    select
        campo,
        ente_codigo,
        plan,
        codigo,
        texto,
        -- Of spellings that differ in accents and points alone, the accented one.
        max(nombre) as nombre,
        count(*) as veces
    from impresos
    where {{ coincide('codigo', '[0-9]+') }}
    group by campo, ente_codigo, plan, codigo, texto
),

-- Of two names printed as often neither is the code's: the alphabet would choose, and a misprint would win.
contadas as (
    select
        campo,
        ente_codigo,
        plan,
        codigo,
        max(veces) as veces,
        max_by(nombre, veces) as nombre,
        {{ une_textos('nombre', ' | ', 'veces desc, nombre asc') }} as escrituras,
        sum(veces) as veces_impreso
    from escrituras
    group by campo, ente_codigo, plan, codigo
),

empates as (
    select
        escrituras.campo,
        escrituras.ente_codigo,
        escrituras.plan,
        escrituras.codigo
    from escrituras
    inner join contadas
        on
            escrituras.campo = contadas.campo
            and escrituras.ente_codigo = contadas.ente_codigo
            and escrituras.plan is not distinct from contadas.plan
            and escrituras.codigo = contadas.codigo
            and escrituras.veces = contadas.veces
    group by escrituras.campo, escrituras.ente_codigo, escrituras.plan, escrituras.codigo
    having count(*) > 1
)

select
    contadas.campo,
    contadas.ente_codigo,
    contadas.plan,
    contadas.codigo,
    case when empates.codigo is null then contadas.nombre end as nombre,
    contadas.escrituras,
    contadas.veces_impreso
from contadas
left join empates
    on
        contadas.campo = empates.campo
        and contadas.ente_codigo = empates.ente_codigo
        and contadas.plan is not distinct from empates.plan
        and contadas.codigo = empates.codigo
