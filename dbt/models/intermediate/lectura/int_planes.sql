-- The plans of each ente that reports, as the catalogue lists them; one without a name goes by its key.
with planes as (
    select * from {{ ref('planes') }}
),

entes as (
    select distinct ente_codigo from {{ ref('int_paginas') }}
    where {{ es_vigente() }}
)

select
    entes.ente_codigo,
    planes.plan,
    coalesce(planes.plan_nombre, planes.plan) as plan_nombre,
    planes.desde_trimestre,
    planes.hasta_trimestre
from entes
inner join planes
    on entes.ente_codigo = planes.ente_codigo
