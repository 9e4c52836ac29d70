-- The plans of each ente that reports, as the catalogue lists them.
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
    planes.plan_nombre,
    planes.desde_trimestre,
    planes.hasta_trimestre
from entes
inner join planes
    on entes.ente_codigo = planes.ente_codigo
