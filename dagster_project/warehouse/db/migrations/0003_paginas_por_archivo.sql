-- Pages are parsed once, by file, and settled once, over all files of an ejercicio. No key is an index: keys are checks.
-- What follows from the files is made anew by the next load (the reader that wrote it was another one).

create table raw.lineas_sin_llave as select * from raw.lineas;
drop table raw.lineas;
create table raw.lineas (
    extracto_id varchar not null,
    linea integer not null,                   -- from 1
    texto varchar not null,
    fin varchar not null                     -- '\n', '\r\n' or '' (last line)
);
insert into raw.lineas select * from raw.lineas_sin_llave;
drop table raw.lineas_sin_llave;

-- One row per form page of an extract, as its file has it: written by the load of the file.
create table raw.paginas (
    extracto_id varchar not null,
    formato integer not null,                 -- pages from 1
    linea_inicio integer not null,
    linea_fin integer not null,
    renglones integer not null,
    huella varchar not null,                  -- of its printed lines: what it goes by in seeds/paginas.csv
    ente_codigo varchar,                      -- null where neither the page nor its file settles it
    ejercicio integer,                        -- likewise
    unidad_codigo varchar,                    -- the unit that the page's own print settles
    ente json not null,                       -- how: [value, estado, rule, score, alternatives]
    anio json not null,
    unidad json not null,
    tramos bigint[] not null,                 -- a sample of the runs of words of its actions' texts (row_keys.text_sample)
    impresa json not null                     -- header fields, action rows and signatures as printed
);

drop table if exists raw.formatos;
drop table if exists raw.campos;
drop table if exists raw.renglones;
drop table if exists raw.lecturas;
drop table if exists raw.vinculos;
drop table if exists raw.elegidas;

-- One row per form page, settled over all pages of its municipality and ejercicio, whatever files they came in.
-- Each settled value with its estado, rule, score and alternatives ([[value, score], ...]).
create table raw.formatos (
    extracto_id varchar not null,
    formato integer not null,                 -- pages from 1
    linea_inicio integer not null,
    linea_fin integer not null,
    renglones integer not null,
    huella varchar not null,
    situacion varchar not null,               -- vigente, en_disputa, copia, sustituida, por_aprobar, apartada
    cede_ante varchar,                        -- extracto_id and formato of the page that it repeats, gives way to or disputes
    cabeza varchar,                           -- what the head of its table says of its columns
    corte varchar,                            -- '2022-T4'
    ejercicio integer,
    ente_codigo varchar,
    ente_codigo_estado varchar not null,
    ente_codigo_regla varchar not null,
    ente_codigo_puntaje double not null,
    ente_codigo_alternativas json not null,
    unidad_codigo varchar,
    unidad_codigo_estado varchar not null,
    unidad_codigo_regla varchar not null,
    unidad_codigo_puntaje double not null,
    unidad_codigo_alternativas json not null,
    trimestre integer,
    trimestre_estado varchar not null,
    trimestre_regla varchar not null,
    trimestre_puntaje double not null,
    trimestre_alternativas json not null,
    anio integer,
    anio_estado varchar not null,
    anio_regla varchar not null,
    anio_puntaje double not null,
    anio_alternativas json not null,
    plan varchar,
    plan_estado varchar not null,
    plan_regla varchar not null,
    plan_puntaje double not null,
    plan_alternativas json not null,
    programa_codigo varchar,
    programa_codigo_estado varchar not null,
    programa_codigo_regla varchar not null,
    programa_codigo_puntaje double not null,
    programa_codigo_alternativas json not null
);

-- One row per header field or signature, with what it settled to.
create table raw.campos (
    extracto_id varchar not null,
    formato integer not null,
    ejercicio integer,
    orden integer not null,                   -- from 1 in the page
    campo varchar not null,                   -- titulo, ramo, programa, unidad_ejecutora, finalidad, funcion, subfuncion, eje, linea_accion, fecha, firma
    codigo_impreso varchar,
    texto_impreso varchar,
    valor varchar,
    puntaje double,
    regla varchar,
    linea integer not null
);

-- One row per action row, as printed, with the number it settled to.
create table raw.renglones (
    extracto_id varchar not null,
    linea integer not null,
    linea_fin integer not null,               -- the same line, unless the row is broken over several
    formato integer not null,
    orden integer not null,                   -- from 1 in the page
    ejercicio integer,
    accion_numero integer,
    accion_inferida boolean not null,
    accion_regla varchar not null,
    lineas_accion varchar[] not null,
    descripcion varchar not null,
    unidad_medida varchar not null,
    impreso varchar[] not null,               -- the cells after the measure, blanks included
    observaciones varchar not null,
    accion_impresa integer,                   -- the number as printed, where the sequence put another in its place
    huella varchar not null,                  -- of the printed line: what it goes by in decisions
    reparo varchar,                           -- what its print shows that forbids to believe any of its figures
    tabla_clase varchar,                      -- the kind of table it was read as: de_la_forma, or another
    relativo_de varchar,                      -- what its table's percentages are of: de_la_meta, or another
    tabla integer,                            -- the table of its page that it stands in, from 1
    disposicion varchar[],                    -- the columns that table was read as printing
    discordancia varchar                      -- how the row departs from them where other rows do alike
);

-- One row per candidate reading of a row; candidato 1 is the cheapest.
create table raw.lecturas (
    extracto_id varchar not null,
    linea integer not null,
    candidato integer not null,
    ejercicio integer,
    costo double not null,
    dentro_margen boolean not null,           -- as good as the cheapest, as far as the row alone can tell
    cierra boolean not null,                  -- its sums close
    meta decimal(18, 4),
    p1 decimal(18, 4),
    p2 decimal(18, 4),
    p3 decimal(18, 4),
    p4 decimal(18, 4),
    a1 decimal(18, 4),
    a2 decimal(18, 4),
    a3 decimal(18, 4),
    a4 decimal(18, 4),
    absoluto decimal(18, 4),
    relativo_pct decimal(18, 4),
    operaciones json not null                -- [{operacion, campo, impreso, leido, costo}, ...]
);

-- One row per action row of a report in force: the action of the ejercicio it is.
create table raw.vinculos (
    extracto_id varchar not null,
    linea integer not null,
    ejercicio integer not null,
    ente_codigo varchar not null,
    unidad_codigo varchar not null,
    corte varchar not null,
    accion_id varchar not null,               -- ente-unidad-corte-orden of the action's earliest vigente cut
    regla varchar not null,
    puntaje double not null,
    propuesta varchar                         -- the action a row may be where that is not sure enough (regla 'incierto')
);

-- One row per action row of a report in force: the joint choice of its reading.
create table raw.elegidas (
    extracto_id varchar not null,
    linea integer not null,
    ejercicio integer not null,
    ente_codigo varchar not null,
    unidad_codigo varchar not null,
    corte varchar not null,
    accion_id varchar not null,
    accion_numero integer,
    plan varchar,
    candidato integer,                        -- of raw.lecturas; null where none is chosen
    costo double,
    margen double,                            -- null: no rival within the bound
    estado varchar not null,                  -- the worst of its figures
    es_razon boolean not null,                -- of its measure the quarters do not add up
    meta decimal(18, 4),
    p1 decimal(18, 4),
    p2 decimal(18, 4),
    p3 decimal(18, 4),
    p4 decimal(18, 4),
    a1 decimal(18, 4),
    a2 decimal(18, 4),
    a3 decimal(18, 4),
    a4 decimal(18, 4),
    absoluto decimal(18, 4),
    relativo_pct decimal(18, 4),
    meta_min decimal(18, 4),
    p1_min decimal(18, 4),
    p2_min decimal(18, 4),
    p3_min decimal(18, 4),
    p4_min decimal(18, 4),
    a1_min decimal(18, 4),
    a2_min decimal(18, 4),
    a3_min decimal(18, 4),
    a4_min decimal(18, 4),
    absoluto_min decimal(18, 4),
    relativo_pct_min decimal(18, 4),
    meta_max decimal(18, 4),
    p1_max decimal(18, 4),
    p2_max decimal(18, 4),
    p3_max decimal(18, 4),
    p4_max decimal(18, 4),
    a1_max decimal(18, 4),
    a2_max decimal(18, 4),
    a3_max decimal(18, 4),
    a4_max decimal(18, 4),
    absoluto_max decimal(18, 4),
    relativo_pct_max decimal(18, 4),
    meta_estado varchar not null,
    p1_estado varchar not null,
    p2_estado varchar not null,
    p3_estado varchar not null,
    p4_estado varchar not null,
    a1_estado varchar not null,
    a2_estado varchar not null,
    a3_estado varchar not null,
    a4_estado varchar not null,
    absoluto_estado varchar not null,
    relativo_pct_estado varchar not null,
    impresos json not null,                   -- figure -> text as printed
    corroborada_por json not null            -- figure -> corte whose evidence settled it
);

-- An ejercicio that a page was cut short in (regla forma_cortada); null: said when the file was parsed.
alter table raw.rechazos add column ejercicio integer;
delete from raw.rechazos where extracto_id in (select extracto_id from raw.extractos);
alter table raw.extractos drop column if exists vistos;
update raw.extractos set huella = '';
delete from raw.ejercicios;
