-- The ejercicios whose marts the next build makes anew (state/build_plan.py writes it, dbt reads it), and what those
-- of the others were built from. The note of the whole build that stood before is gone.
create table raw.ejercicios_por_rehacer (
    ejercicio integer not null
);
create table raw.ejercicios_construidos (
    ejercicio integer not null,
    huella varchar not null
);
drop table if exists construccion.nota;
drop schema if exists construccion;
