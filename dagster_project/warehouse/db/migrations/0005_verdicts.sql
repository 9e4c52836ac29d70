-- What each blocking check said last, and of which content: a publication asks for it (publish/verdict.py).
create table raw.veredictos (
    comprobacion varchar not null,            -- table:rule of a suite, or the name of a dbt test
    contenido varchar not null,               -- hash of what it looked at
    aprobada boolean not null,
    comprobada_en timestamp with time zone not null,
    run_id varchar not null
);
