-- The raw layer (design §3): every table leads back to a line of an extract.
-- Written by Dagster assets only, replaced by extracto or by ejercicio in one transaction each.
-- No foreign keys: DuckDB cannot replace a table that one points to; relations are dbt tests.
-- `if not exists` throughout: homes made before migrations were numbered have these tables, or most of them.

create schema if not exists raw;

-- One row per migration that was applied to this file.
create table if not exists raw.migraciones (
    version integer not null,
    nombre varchar not null,
    aplicada_en timestamptz not null
);

-- One row per extract file ever loaded. Same bytes again change nothing; the same path with
-- new bytes retires the old (retirado_en); a file that vanished retires nothing.
create table if not exists raw.extractos (
    extracto_id varchar primary key,          -- first 16 hex digits of sha256
    ruta varchar not null,                    -- path below the extracts folder, '/'-separated; of several, the greatest
    nombre varchar not null,
    bytes bigint not null,
    sha256 varchar not null unique,
    codificacion varchar not null,            -- utf-8, utf-8-sig, cp1252, latin-1: decodes and encodes without loss
    lineas integer not null,
    ente_codigo varchar,                      -- from seeds/extractos.csv, null where it does not say
    publicado_en date,                        -- publication date, from seeds/extractos.csv
    huella varchar not null,                  -- of the reader's code, the catalogues and the two fields above: what it was settled with
    cargado_en timestamptz not null,
    retirado_en timestamptz,                  -- its lines stay; its formatos, campos and rechazos leave
    retirado_por varchar                      -- extracto_id of the file that took its path
);

-- One row per path ever loaded: whose bytes it held when last read. An extract with no path left is retired.
create table if not exists raw.rutas (
    ruta varchar primary key,
    extracto_id varchar not null
);

-- One row per line of an extract; concat(texto || fin) in order, encoded, is the file.
create table if not exists raw.lineas (
    extracto_id varchar not null,
    linea integer not null,                   -- from 1
    texto varchar not null,
    fin varchar not null,                     -- '\n', '\r\n' or '' (last line)
    primary key (extracto_id, linea)
);

-- One row per form page. Each settled value with its estado, rule, score and alternatives ([[value, score], ...]).
create table if not exists raw.formatos (
    extracto_id varchar not null,
    formato integer not null,                 -- pages from 1
    linea_inicio integer not null,
    linea_fin integer not null,
    renglones integer not null,
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
    programa_codigo_alternativas json not null,
    primary key (extracto_id, formato)
);

-- One row per header field or signature.
create table if not exists raw.campos (
    extracto_id varchar not null,
    formato integer not null,
    orden integer not null,                   -- from 1 in the page
    campo varchar not null,                   -- titulo, ramo, programa, unidad_ejecutora, finalidad, funcion, subfuncion, eje, linea_accion, fecha, firma
    codigo_impreso varchar,
    texto_impreso varchar,
    valor varchar,
    puntaje double,
    regla varchar,
    linea integer not null,
    primary key (extracto_id, formato, orden)
);

-- One row per ejercicio whose rows were written (the four tables below).
create table if not exists raw.ejercicios (
    ejercicio integer primary key,
    huella varchar not null,                  -- of everything the rows depend on: the same again writes nothing
    cargado_en timestamptz not null
);

-- One row per action row, as printed.
create table if not exists raw.renglones (
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
    primary key (extracto_id, linea)
);

-- One row per candidate reading of a row; candidato 1 is the cheapest.
create table if not exists raw.lecturas (
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
    operaciones json not null,                -- [{operacion, campo, impreso, leido, costo}, ...]
    primary key (extracto_id, linea, candidato)
);

-- One row per action row of a vigente reporte: the action of the ejercicio it is.
create table if not exists raw.vinculos (
    extracto_id varchar not null,
    linea integer not null,
    ejercicio integer not null,
    ente_codigo varchar not null,
    unidad_codigo varchar not null,
    corte varchar not null,
    accion_id varchar not null,               -- ente-unidad-corte-orden of the action's earliest vigente cut
    regla varchar not null,
    puntaje double not null,
    primary key (extracto_id, linea)
);

-- What the printed line goes by in a person's decisions: 16 hex digits of its SHA-256.
alter table raw.renglones add column if not exists huella varchar;

-- The table of its page that a row stands in (from 1), the columns that table was read as printing, and how the row
-- departs from them where other rows of the table do alike (null: as its table).
alter table raw.renglones add column if not exists tabla integer;
alter table raw.renglones add column if not exists disposicion varchar[];
alter table raw.renglones add column if not exists discordancia varchar;

-- The action number as printed, where the sequence put another in its place (null: accion_numero is the printed one).
alter table raw.renglones add column if not exists accion_impresa integer;

-- The actions of a retired extract: a correction must not lose one in silence (finding accion_perdida).
alter table raw.extractos add column if not exists acciones_retiradas struct(
    linea integer, ente_codigo varchar, unidad_codigo varchar, ejercicio integer, corte varchar, accion_numero integer
)[];
alter table raw.extractos add column if not exists acciones_retiradas.element.descripcion varchar;

-- What other live extracts print of units that no catalogue knows and this one prints too: [[code, name, corte], ...].
alter table raw.extractos add column if not exists vistos json;

-- The reports of a retired extract, with their action rows: what is missing since is said at every run.
alter table raw.extractos add column if not exists reportes_retirados struct(
    ente_codigo varchar, unidad_codigo varchar, corte varchar, renglones integer
)[];

-- The action a row may be where that is not sure enough for a link (regla 'incierto').
alter table raw.vinculos add column if not exists propuesta varchar;

-- One row per action row of a vigente reporte: the joint choice of its reading.
create table if not exists raw.elegidas (
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
    corroborada_por json not null,            -- figure -> corte whose evidence settled it
    primary key (extracto_id, linea)
);

-- One row per piece that could not be read.
create table if not exists raw.rechazos (
    extracto_id varchar not null,
    ruta varchar not null,
    linea integer not null,                   -- 0: the whole file
    regla varchar not null,
    razon varchar not null,
    texto varchar not null
);
