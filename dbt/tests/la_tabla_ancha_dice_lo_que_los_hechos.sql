-- A row of the wide table for each of the facts, with its figures: no join loses one or doubles it.
select
    avances.avance_key,
    anchas.avance_key as avance_key_ancha
from {{ ref('fct_avance') }} as avances
full join {{ ref('bi_avance') }} as anchas
    on avances.avance_key = anchas.avance_key
where
    anchas.avance_key is null
    or avances.avance_key is null
    or avances.programado is distinct from anchas.programado
    or avances.avance is distinct from anchas.avance
    or avances.semaforo_plan is distinct from anchas.semaforo_plan
    or avances.semaforo_ejercicio is distinct from anchas.semaforo_ejercicio
