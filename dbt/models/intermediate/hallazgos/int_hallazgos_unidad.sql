-- Pages whose unit the catalogue lacks, or lists under another programme.
with paginas as (
    select * from {{ ref('int_paginas') }}
),

miembros as (
    select * from {{ ref('int_unidades') }}
),

-- The programme of a unit is the catalogue's, of the day or the latest; of a unit it lacks, only the
-- first digits of its code speak.
programas as (
    select
        paginas.*,
        miembros.unidad_codigo is not null as es_de_catalogo,
        case
            when miembros.unidad_codigo is null
                then left(paginas.unidad_codigo, length(paginas.programa_codigo))
            else miembros.programa_codigo
        end as programa_esperado
    from paginas
    left join miembros
        on
            paginas.ente_codigo = miembros.ente_codigo
            and paginas.unidad_codigo = miembros.unidad_codigo
            and miembros.origen = 'catalogo'
    qualify
        row_number() over (
            partition by paginas.extracto_id, paginas.formato
            order by
                coalesce({{ inicio_trimestre('paginas.corte') }} between vigente_desde and vigente_hasta, false) desc,
                miembros.vigente_desde desc nulls last
        ) = 1
)

select
    'unidad_contra_programa' as regla,
    ente_codigo,
    unidad_codigo,
    ejercicio,
    corte,
    null as accion_key,
    null as accion_numero,
    'programa_codigo' as campo,
    programa_codigo as observado,
    programa_esperado as esperado,
    'La unidad ' || unidad_codigo || ' se informa en el programa ' || programa_codigo
    || case
        when es_de_catalogo then ' y en el catálogo está en el ' || programa_esperado
        else ', que no es el principio de su código'
    end as mensaje,
    extracto_id,
    linea_inicio as linea
from programas
where programa_codigo != programa_esperado and programa_codigo_estado != 'dudosa'
union all
select
    'unidad_sin_catalogo' as regla,
    paginas.ente_codigo,
    paginas.unidad_codigo,
    paginas.ejercicio,
    paginas.corte,
    null as accion_key,
    null as accion_numero,
    'unidad_codigo' as campo,
    paginas.unidad_codigo as observado,
    null as esperado,
    'La unidad ' || paginas.unidad_codigo || ' no está en el catálogo en esa fecha' as mensaje,
    paginas.extracto_id,
    paginas.linea_inicio as linea
from paginas
inner join miembros
    on
        paginas.ente_codigo = miembros.ente_codigo
        and paginas.unidad_codigo = miembros.unidad_codigo
        and miembros.origen = 'extracto'
left join miembros as versiones
    on
        paginas.ente_codigo = versiones.ente_codigo
        and paginas.unidad_codigo = versiones.unidad_codigo
        and {{ inicio_trimestre('paginas.corte') }} between versiones.vigente_desde and versiones.vigente_hasta
where versiones.unidad_codigo is null
