"""What ``avance why`` shows, from the published marts.

Belongs here: the queries and their rows as values. Does not: showing them (``why``).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

CADENA = (
    "raw.lineas", "raw.renglones", "raw.lecturas", "raw.vinculos", "raw.elegidas", "stg_tmm__elegidas",
    "int_renglones", "int_avance_corte", "fct_avance_corte", "fct_avance",
)  # fmt: skip
"""The tables that a figure passes through."""


@dataclass(frozen=True, slots=True)
class Cifra:
    """A figure of the quarter as one cut states it; ``es_vigente`` where it is the best known."""

    corte: str
    campo: str
    valor: Decimal | None
    minimo: Decimal | None
    maximo: Decimal | None
    estado: str
    situacion: str
    impreso: str | None
    corroborado_por: str | None
    es_vigente: bool


@dataclass(frozen=True, slots=True)
class Lugar:
    """Where a printed row stands in a document; all None of one that came as text.

    ``caja`` is x0, y0, x1, y1 in points of the page as it was read, turned by ``giro`` right angles clockwise.
    ``celdas`` are its cells as JSON.
    """

    extracto_id: str
    linea: int
    descripcion: str | None
    pagina: int | None
    caja: tuple[float, float, float, float] | None
    giro: int | None
    celdas: str | None


@dataclass(frozen=True, slots=True)
class Renglon:
    """A printed row of the action."""

    corte: str
    ruta: str
    extracto_id: str
    linea: int
    huella: str | None
    texto: str | None
    celdas: str
    estado: str
    candidato: int | None
    costo: float | None
    margen: float | None
    vinculo_regla: str | None
    vinculo_puntaje: float | None
    vinculo_propuesta: str | None
    correcciones: str | None
    lugar: Lugar


@dataclass(frozen=True, slots=True)
class Lectura:
    """A candidate reading of a row."""

    candidato: int
    costo: float
    es_elegida: bool
    meta: Decimal | None
    programado: tuple[Decimal | None, ...]
    avance: tuple[Decimal | None, ...]
    absoluto: Decimal | None
    operaciones: str


@dataclass(frozen=True, slots=True)
class WhyFacts:
    """All that is known of an action's figures in a quarter."""

    ente_codigo: str
    unidad_codigo: str
    trimestre: str
    numeros: str
    descripcion: str
    unidad_medida: str
    cifras: list[Cifra]
    renglones: list[Renglon]
    lecturas: dict[tuple[str, int], list[Lectura]]
    hallazgos: list[tuple[str | None, ...]]


def facts_of(
    con: duckdb.DuckDBPyConnection, unidad: str, accion: int, trimestre: str, ente: str | None
) -> list[WhyFacts]:
    """The actions of a unit that any cut of the quarter's year numbers ``accion``; one, unless numbers moved.

    ``trimestre`` is written 2022-T4; ``ente`` None means any.

    Raises:
        duckdb.Error: the file is damaged or older than the tables it is asked for.
    """
    keys = con.execute(
        """
        select distinct a.accion_key, a.ente_codigo, a.accion_numeros, a.accion_descripcion, a.unidad_medida_nombre
        from marts.fct_renglon r
        join marts.dim_accion a using (accion_key)
        where r.unidad_codigo = ? and r.accion_numero_impreso = ? and r.ejercicio = try_cast(left(?, 4) as integer)
            and (? is null or r.ente_codigo = ?)
        order by a.ente_codigo, a.accion_numeros
        """,
        [unidad, accion, trimestre, ente, ente],
    ).fetchall()
    found = []
    for key, its_ente, numeros, texto, medida in keys:
        figures = _figures(con, key, trimestre)
        if figures:
            rows = _rows(con, key)
            found.append(
                WhyFacts(its_ente, unidad, trimestre, numeros, texto, medida, figures, rows,
                         _readings(con, key), _findings(con, key))
            )  # fmt: skip
    return found


def numbers_of(con: duckdb.DuckDBPyConnection, unidad: str, trimestre: str, ente: str | None) -> list[int]:
    """The numbers that a unit's actions bear in any cut of the quarter's year, in order."""
    found = con.execute(
        """
        select distinct accion_numero_impreso from marts.fct_renglon
        where unidad_codigo = ? and ejercicio = try_cast(left(?, 4) as integer) and accion_numero_impreso is not null
            and (? is null or ente_codigo = ?)
        order by accion_numero_impreso
        """,
        [unidad, trimestre, ente, ente],
    ).fetchall()
    return [number for (number,) in found]


def _figures(con: duckdb.DuckDBPyConnection, key: str, trimestre: str) -> list[Cifra]:
    parts = " union all ".join(
        f"""
        select c.corte, '{name}', c.{name}, c.{name}_min, c.{name}_max, c.estado_{name},
            c.situacion_{name}, c.{name}_impreso, c.{name}_corroborado_por, coalesce(c.corte = f.{used}, false), {order}
        from marts.fct_avance_corte c
        left join marts.fct_avance f using (accion_key, trimestre)
        where c.accion_key = $key and c.trimestre = $trimestre
        """
        for order, (name, used) in enumerate((("programado", "corte_programado"), ("avance", "corte")))
    )
    found = con.execute(f"{parts} order by 1, 11", {"key": key, "trimestre": trimestre}).fetchall()
    return [Cifra(*row[:10]) for row in found]


def _rows(con: duckdb.DuckDBPyConnection, key: str) -> list[Renglon]:
    found = con.execute(
        """
        select corte, ruta, extracto_id, linea, renglon_huella, texto_impreso, celdas_impresas, estado, candidato,
            costo, margen, vinculo_regla, vinculo_puntaje, vinculo_propuesta, correcciones,
            lugar, lugar_pagina, [lugar_x0, lugar_y0, lugar_x1, lugar_y1], lugar_giro, lugar_celdas
        from marts.fct_renglon where accion_key = ? order by corte, extracto_id, linea
        """,
        [key],
    ).fetchall()
    return [Renglon(*(*row[:15], _place(row))) for row in found]


def _place(row: tuple[Any, ...]) -> Lugar:
    _, _, extracto_id, line, *_, said, page, box, turn, cells = row
    return Lugar(extracto_id, line, said, page, None if None in box else tuple(box), turn, cells)


def _readings(con: duckdb.DuckDBPyConnection, key: str) -> dict[tuple[str, int], list[Lectura]]:
    readings: dict[tuple[str, int], list[Lectura]] = defaultdict(list)
    for row in con.execute(
        """
        select extracto_id, linea, candidato, costo, es_elegida, meta, p1, p2, p3, p4, a1, a2, a3, a4, absoluto,
            operaciones
        from marts.fct_lectura where accion_key = ? order by extracto_id, linea, candidato
        """,
        [key],
    ).fetchall():
        extracto_id, linea, candidato, costo, chosen, meta, *figures, absoluto, steps = row
        readings[extracto_id, linea].append(
            Lectura(candidato, costo, chosen, meta, tuple(figures[:4]), tuple(figures[4:]), absoluto, steps)
        )
    return readings


def _findings(con: duckdb.DuckDBPyConnection, key: str) -> list[tuple[Any, ...]]:
    """The action's own findings, and those of the tables that its rows may stand in."""
    return con.execute(
        """
        select corte, severidad, regla, mensaje from marts.fct_hallazgo where accion_key = $1
        union all
        select h.corte, h.severidad, h.regla, h.mensaje
        from marts.fct_hallazgo h
        where h.regla = 'tabla_discorde' and exists (
            select 1 from marts.fct_renglon r
            where r.accion_key = $1 and r.extracto_id = h.extracto_id and r.corte = h.corte
                and r.ente_codigo = h.ente_codigo and r.unidad_codigo = h.unidad_codigo
        )
        order by corte, severidad, regla, mensaje
        """,
        [key],
    ).fetchall()
