-- The raw layer (docs/architecture.md): every table leads back to a line of an extract.
-- Written by Dagster assets only, replaced by extracto or by ejercicio in one transaction each.
-- No foreign keys: DuckDB cannot replace a table that one points to; relations are dbt tests.
-- `if not exists` throughout: homes made before migrations were numbered have these tables, or most of them. Those that
-- migration 3 makes anew are left out here.

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

-- One row per ejercicio whose rows were written (the four tables below).
create table if not exists raw.ejercicios (
    ejercicio integer primary key,
    huella varchar not null,                  -- of everything the rows depend on: the same again writes nothing
    cargado_en timestamptz not null
);

-- The actions of a retired extract: a correction must not lose one in silence (finding accion_perdida).
alter table raw.extractos add column if not exists acciones_retiradas struct(
    linea integer, ente_codigo varchar, unidad_codigo varchar, ejercicio integer, corte varchar, accion_numero integer
)[];
alter table raw.extractos add column if not exists acciones_retiradas.element.descripcion varchar;

-- The reports of a retired extract, with their action rows: what is missing since is said at every run.
alter table raw.extractos add column if not exists reportes_retirados struct(
    ente_codigo varchar, unidad_codigo varchar, corte varchar, renglones integer
)[];

-- One row per piece that could not be read.
create table if not exists raw.rechazos (
    extracto_id varchar not null,
    ruta varchar not null,
    linea integer not null,                   -- 0: the whole file
    regla varchar not null,
    razon varchar not null,
    texto varchar not null
);
