-- The actions of all ejercicios and what each continues of an earlier one: written once the ejercicios are.

-- One row per action of an ejercicio.
create table raw.series (
    accion_id varchar not null,
    ejercicio integer not null,
    ente_codigo varchar not null,
    unidad_codigo varchar not null,
    serie_id varchar not null,                -- accion_id of the first action of its series
    anterior varchar,                         -- the action of an earlier ejercicio that it continues
    regla varchar not null,
    puntaje double not null,
    propuesta varchar                         -- the action that it may be or continue where that is not sure (regla 'incierto')
);

-- What of each ejercicio the series were made from.
create table raw.series_ejercicios (
    ejercicio integer not null,
    huella varchar not null
);
