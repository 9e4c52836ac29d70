-- The plans of each ente that reports: its own where the catalogue lists any, else those that stand for all.
with planes as (
    select * from {{ ref('planes') }}
),

entes as (
    select distinct ente_codigo from {{ ref('int_paginas') }}
    where {{ es_vigente() }}
),

propios as (
    select distinct ente_codigo from planes
    where ente_codigo is not null
)

select
    entes.ente_codigo,
    planes.plan,
    planes.plan_nombre,
    planes.desde_trimestre,
    planes.hasta_trimestre
from entes
left join propios
    on entes.ente_codigo = propios.ente_codigo
inner join planes
    on coalesce(planes.ente_codigo, '') = coalesce(propios.ente_codigo, '')
