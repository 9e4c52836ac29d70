-- Workbooks, PDF and scans: what was read of them before the form was looked at, and where each derived cell stands.
-- Their lines are derived from that (raw.lineas); the file itself is kept beside the warehouse, by its hash.
alter table raw.extractos add column tipo varchar default 'texto';   -- texto, libro, pdf, imagen: by content
alter table raw.extractos add column motor varchar;                  -- what read it: library, version, models
alter table raw.extractos add column lectura varchar;                -- hash of the code that read it
alter table raw.extractos add column avisos struct(regla varchar, razon varchar, hoja integer)[];  -- what was left out

-- One row per page or sheet of a document.
create table raw.hojas (
    extracto_id varchar not null,
    hoja integer not null,                    -- from 1
    nombre varchar,                           -- of a sheet
    ancho double not null,                    -- points; 0 where it is a sheet
    alto double not null,
    giro integer not null,                    -- right angles clockwise by which it was turned to stand upright
    dpi integer not null                      -- of the picture that an engine looked at; 0 where there was none
);

-- One row per word of a page, with its box (points from the upper left corner), or per cell of a sheet.
create table raw.palabras (
    extracto_id varchar not null,
    hoja integer not null,
    palabra integer not null,                 -- from 1, in the order in which it was read
    texto varchar not null,
    x0 double,
    y0 double,
    x1 double,
    y1 double,
    confianza double,                         -- 0 to 1, where the engine gives one
    fila integer,
    columna integer,
    fila_fin integer,                         -- of merged cells, the last
    columna_fin integer,
    referencia varchar,                       -- Hoja 3!B17
    formula varchar
);

-- One row per cell of a derived line that stands somewhere: where.
create table raw.celdas (
    extracto_id varchar not null,
    linea integer not null,
    celda integer not null,                   -- from 1, as tabs part the line
    hoja integer not null,
    x0 double,
    y0 double,
    x1 double,
    y1 double,
    confianza double,
    referencia varchar,
    formula varchar
);
