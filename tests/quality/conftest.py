"""A small warehouse in which every expectation holds, for tests that spoil one thing each.

Its raw rows are written by SQL, not by the reader: the suites are tested alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.tmm_f004.model import CAMPOS
from dagster_project.warehouse.connection import open_warehouse

Con = duckdb.DuckDBPyConnection

# Two cuts of one unit with two actions each: extract a (2022-T1) in lines 1-3, extract b (2022-T4).
_RAW = """
insert into raw.extractos
    (extracto_id, ruta, nombre, bytes, sha256, codificacion, lineas, huella, cargado_en)
values
    ('aaaaaaaaaaaaaaaa', 'a.txt', 'a.txt', 12, 'aa', 'utf-8', 3, 'h', now()),
    ('bbbbbbbbbbbbbbbb', 'b.txt', 'b.txt', 13, 'bb', 'utf-8-sig', 3, 'h', now()),
    ('cccccccccccccccc', 'c.txt', 'c.txt', 3, 'cc', 'cp1252', 1, 'h', now());
insert into raw.lineas values
    ('aaaaaaaaaaaaaaaa', 1, 'ñoo', e'\\r\\n'),
    ('aaaaaaaaaaaaaaaa', 2, 'x', e'\\n'), ('aaaaaaaaaaaaaaaa', 3, 'xyzw', ''),
    ('bbbbbbbbbbbbbbbb', 1, 'oooo', e'\\n'),
    ('bbbbbbbbbbbbbbbb', 2, 'x', e'\\n'), ('bbbbbbbbbbbbbbbb', 3, 'xy', e'\\n'),
    ('cccccccccccccccc', 1, 'ñé', e'\\n');
insert into raw.formatos by name
select
    e as extracto_id, 1 as formato, 1 as linea_inicio, 3 as linea_fin, 2 as renglones, '2022-T' || t as corte,
    2022 as ejercicio, '02002' as ente_codigo, '54101' as unidad_codigo, t as trimestre, 2022 as anio,
    'sin_eje' as plan, '5411' as programa_codigo,
    columns(*) exclude (e, t)
from (values ('aaaaaaaaaaaaaaaa', 1), ('bbbbbbbbbbbbbbbb', 4), ('cccccccccccccccc', 4)) v(e, t)
"""


def _settled() -> str:
    names = ("ente_codigo", "unidad_codigo", "trimestre", "anio", "plan", "programa_codigo")
    return ", ".join(
        f"'exacta' as {n}_estado, 'impreso' as {n}_regla, 1 as {n}_puntaje, '[]' as {n}_alternativas" for n in names
    )


def _chosen(extracto: str, line: int, cut: int, action: int, figures: str) -> str:
    columns = [*CAMPOS, *(f"{c}_estado" for c in CAMPOS)]
    values = figures.split(",") + ["'exacta'"] * len(CAMPOS)
    return (
        "insert into raw.elegidas (extracto_id, linea, ejercicio, ente_codigo, unidad_codigo, corte, accion_id, "
        f"accion_numero, estado, es_razon, impresos, corroborada_por, {', '.join(columns)}) values "
        f"('{extracto}', {line}, 2022, '02002', '54101', '2022-T{cut}', 'accion-{action}', {action}, 'exacta', false, "
        f"'{{}}', '{{}}', {', '.join(values)});"
    )


_MARTS = """
create schema marts;
create table marts.fct_avance_corte as
with cifras as (
    select extracto_id, linea, ejercicio, corte, accion_id as accion_key, estado, q,
        [p1, p2, p3, p4][q] as programado, [a1, a2, a3, a4][q] as avance
    from raw.elegidas, range(1, 5) t(q)
)
select
    accion_key, ejercicio, corte, ejercicio || '-T' || q as trimestre, programado, avance, estado,
    programado as programado_min, programado as programado_max, avance as avance_min, avance as avance_max,
    if(programado is null, 'fuera_de_plan', 'informado') as situacion_programado,
    if(avance is null, 'futuro', 'informado') as situacion_avance, extracto_id, linea::integer as linea
from cifras;
create table marts.fct_avance as
select *, estado as estado_programado, estado as estado_avance,
    floor((200 * avance + programado) / (2 * programado))::bigint as cumplimiento_pct
from (
    select accion_key, trimestre, max(programado) as programado, max(avance) as avance,
        max(estado) as estado, max(corte) as corte, max(extracto_id) as extracto_id, max(linea) as linea
    from marts.fct_avance_corte group by accion_key, trimestre
);
"""


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the good warehouse; never written to again."""
    path = tmp_path_factory.mktemp("bueno") / "warehouse.duckdb"
    with open_warehouse(path) as con:
        con.execute(_RAW.replace("columns(*) exclude (e, t)", _settled()))
        # Of the two extracts on T4 the greater name counts, so b's rows are not chosen from.
        for extracto in ("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"):
            con.execute(
                "insert into raw.renglones select ?, l, l, 1, l - 1, 2022, 98 + l, false, 'impresa', ['1.1.1'], "
                "'Dar', 'Apoyo', [], '', null from range(2, 4) t(l)",
                [extracto],
            )
        con.execute(_chosen("aaaaaaaaaaaaaaaa", 2, 1, 100, "40,10,10,10,10,5,null,null,null,5,13"))
        con.execute(_chosen("aaaaaaaaaaaaaaaa", 3, 1, 101, "4,1,1,1,1,0,null,null,null,0,0"))
        con.execute(_chosen("cccccccccccccccc", 2, 4, 100, "30,null,10,10,10,null,10,10,10,30,100"))
        con.execute(_chosen("cccccccccccccccc", 3, 4, 101, "3,null,1,1,1,null,1,1,0,2,67"))
        con.execute(_MARTS)
    return path


@pytest.fixture
def spoiled(good: Path, tmp_path: Path) -> Iterator[Con]:
    """A copy of the good warehouse to spoil, without keys so that anything can be done to it."""
    con = duckdb.connect(str(tmp_path / "copia.duckdb"))
    con.execute(f"attach '{good}' as bueno (read_only)")
    for schema, table in con.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'bueno'"
    ).fetchall():
        con.execute(f"create schema if not exists {schema}")
        con.execute(f"create table {schema}.{table} as from bueno.{schema}.{table}")
    con.execute("detach bueno")
    yield con
    con.close()
