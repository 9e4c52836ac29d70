-- The chosen rows, each action once a cut: what another page repeats, or states differently, is a finding.
with elegidas as (
    select * from {{ ref('stg_tmm__elegidas') }}
),

vinculos as (
    select * from {{ ref('stg_tmm__vinculos') }}
    where regla in ('repetido', 'en_disputa')
)

select elegidas.*
from elegidas
left join vinculos
    on
        elegidas.extracto_id = vinculos.extracto_id
        and elegidas.linea = vinculos.linea
where vinculos.linea is null
