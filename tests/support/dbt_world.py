"""A small raw warehouse made by hand: what the reader would have written, row by row.

Belongs here: writing rows through the contract ``warehouse/db/migrations``. Does not
belong here: reading text, running dbt (``conftest``), or any expectation about the marts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.tmm_f004.model import CAMPOS
from dagster_project.tmm_f004.reconcile.reports import IN_FORCE
from dagster_project.warehouse.db.migrations import migrate

SETTLED = ("ente_codigo", "unidad_codigo", "trimestre", "anio", "plan", "programa_codigo")
JSON_COLUMNS = {"impresos", "corroborada_por", "operaciones", *(f"{name}_alternativas" for name in SETTLED)}


@dataclass
class RawWorld:
    """An open warehouse with the raw tables, and the few verbs that fill it."""

    con: duckdb.DuckDBPyConnection
    orders: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def create(cls, path: Path) -> RawWorld:
        """A new warehouse file with empty raw tables."""
        con = duckdb.connect(str(path))
        migrate(con)
        return cls(con)

    def extract(self, extracto_id: str, ruta: str, lines: int = 60) -> None:
        """An extract file with as many lines, each saying its number."""
        self._insert(
            "extractos", extracto_id=extracto_id, ruta=ruta, nombre=ruta.rsplit("/", 1)[-1], bytes=1,
            sha256=extracto_id * 4, codificacion="utf-8", lineas=lines, huella="x", cargado_en="2023-01-01",
        )  # fmt: skip
        for number in range(1, lines + 1):
            self._insert("lineas", extracto_id=extracto_id, linea=number, texto=f"línea {number}", fin="\n")

    def page(
        self, extracto_id: str, formato: int, unidad: str | None, corte: str, plan: str,
        programa: str = "541", estado: str = "exacta", lineas: Mapping[str, str] | None = None,
        situacion: str = "", cede_ante: str | None = None,
    ) -> Page:  # fmt: skip
        """A form page; ``lineas`` are the líneas de acción of its header, code to printed name.

        ``estado`` is its unit's: one of no settled unit is set aside. ``cede_ante`` names the page that it repeats,
        gives way to or disputes, as ``extracto_id:formato``. A page of no settled year has the ``corte`` ``0000-T1``.
        """
        year, quarter = int(corte[:4]) or None, int(corte[-1])
        is_settled = unidad and estado != "dudosa" and year
        standing = situacion or ("vigente" if is_settled else "apartada")
        values = ("02002", unidad, quarter, year, plan, programa)
        settled: dict[str, Any] = {}
        for name, value in zip(SETTLED, values, strict=True):
            state = estado if name == "unidad_codigo" else "exacta"
            settled |= {name: value, f"{name}_estado": state, f"{name}_regla": "impreso"}
            settled |= {f"{name}_puntaje": 1.0, f"{name}_alternativas": []}
        self._insert(
            "formatos", extracto_id=extracto_id, formato=formato, linea_inicio=formato * 10,
            linea_fin=formato * 10 + 9, renglones=0, huella=f"{extracto_id}-{formato}", situacion=standing,
            cede_ante=cede_ante, corte=corte if year else None, ejercicio=year, **settled,
        )  # fmt: skip
        header = [
            ("finalidad", "2", "Desarrollo Social"),
            ("funcion", "2", "Vivienda"),
            ("subfuncion", "2", "Desarrollo"),
        ]
        header += [("linea_accion", code, name) for code, name in (lineas or {}).items()]
        # Signatures stand side by side, and one person may sign for two offices, or twice where no office is legible.
        offices = {"RESPONSABLE DEL PROGRAMA": "programa", "RESPONSABLE DEL RAMO": "ramo"}
        header += [("firma", said, "DAVID MURILLO JIMENEZ") for said in (*offices, "RESP NS BLE", "R SP NS BLE")]
        for order, (campo, code, text) in enumerate(header, start=1):
            settled_value = {"firma": offices.get(code), "subfuncion": "2.2.2"}.get(campo, code)
            self._insert(
                "campos", extracto_id=extracto_id, formato=formato, ejercicio=year, orden=order, campo=campo,
                codigo_impreso=code, texto_impreso=text, valor=settled_value, linea=formato * 10,
            )  # fmt: skip
        return Page(self, extracto_id, formato, unidad or "", corte, plan, standing in IN_FORCE)

    def series(
        self, accion_id: str, year: int | None, unidad: str, anterior: str | None = None, propuesta: str | None = None,
        puntaje: float = 1.0,
    ) -> None:  # fmt: skip
        """What an action continues; of one that stands there already, what is said anew."""
        first = "select serie_id from raw.series where accion_id = ?"
        serie = self.con.execute(first, [anterior]).fetchone()
        known = self.con.execute(first, [accion_id]).fetchone()
        if known and not (anterior or propuesta):
            return
        self.con.execute("delete from raw.series where accion_id = ?", [accion_id])
        rule = "texto_y_orden" if anterior else "incierto" if propuesta else "primera_vez"
        self._insert(
            "series", accion_id=accion_id, ejercicio=year, ente_codigo="02002", unidad_codigo=unidad,
            serie_id=serie[0] if serie else accion_id, anterior=anterior, regla=rule, puntaje=puntaje,
            propuesta=propuesta,
        )  # fmt: skip

    def relinked(self) -> None:
        """As the load leaves it: no series of an action that is there no more."""
        self.con.execute("delete from raw.series where accion_id not in (select accion_id from raw.vinculos)")

    def refusal(self, ruta: str, razon: str) -> None:
        """A file that could not be read at all."""
        self._insert("rechazos", extracto_id="", ruta=ruta, linea=0, regla="binario", razon=razon, texto="")

    def _insert(self, table: str, **row: Any) -> None:
        values = [json.dumps(v) if name in JSON_COLUMNS else v for name, v in row.items()]
        marks = ", ".join("?" for _ in row)
        self.con.execute(f"insert into raw.{table} ({', '.join(row)}) values ({marks})", values)


@dataclass
class Page:
    """A form page of the world, to which action rows are added."""

    world: RawWorld
    extracto_id: str
    formato: int
    unidad: str
    corte: str
    plan: str
    is_in_force: bool = True

    def row(
        self, numero: int | None, figures: str, *, accion_id: str | None = None, texto: str = "Una acción",
        medida: str = "Apoyo", lineas: Sequence[str] = ("2.3.1",), observaciones: str = "por escrito",
        dudas: Mapping[str, tuple[float | None, float | None]] | None = None,
        reparadas: Mapping[str, str] | None = None, cierra: bool = True, inferida: bool = False,
        puntaje: float = 1.0, regla: str = "texto_y_orden",
    ) -> int:  # fmt: skip
        """An action row; returns its line.

        ``figures`` are the eleven of ``raw.lecturas`` in order, parted by spaces, ``-`` for blank or
        unknown. ``dudas`` gives the range of doubtful figures, ``reparadas`` the print of repaired ones.
        A row of a page that does not count is linked with nothing and nothing is chosen for it.
        """
        order = self.world.orders[self.extracto_id, self.formato] = (
            self.world.orders.get((self.extracto_id, self.formato), 0) + 1
        )
        linea = self.formato * 10 + order
        values = dict(zip(CAMPOS, (None if t == "-" else t for t in figures.split()), strict=True))
        printed = {name: value or "" for name, value in values.items()} | dict(reparadas or {})
        doubts = dict(dudas or {})
        states = dict.fromkeys(CAMPOS, "exacta")
        states |= dict.fromkeys(reparadas or {}, "reparada") | dict.fromkeys(doubts, "dudosa")
        year = int(self.corte[:4]) or None
        key = {"extracto_id": self.extracto_id, "linea": linea, "ejercicio": year}
        unit = {"ente_codigo": "02002", "unidad_codigo": self.unidad, "corte": self.corte}
        link = accion_id or f"02002-{self.unidad}-{self.corte}-{order:03d}"
        self.world._insert(
            "renglones", **key, linea_fin=linea, formato=self.formato, orden=order, accion_numero=numero,
            accion_inferida=inferida, accion_regla="secuencia" if inferida else "impresa",
            lineas_accion=list(lineas), descripcion=texto, unidad_medida=medida,
            impreso=list(printed.values()), observaciones=observaciones, huella=f"{self.extracto_id}-{linea}",
        )  # fmt: skip
        self.world._insert(
            "lecturas", **key, candidato=1, costo=0.0, dentro_margen=True, cierra=cierra, operaciones=[], **values
        )
        self.world.con.execute(
            "update raw.formatos set renglones = ? where extracto_id = ? and formato = ?",
            [order, self.extracto_id, self.formato],
        )
        if not self.is_in_force:
            return linea
        self.world._insert("vinculos", **key, **unit, accion_id=link, regla=regla, puntaje=puntaje)
        self.world.series(link, year, self.unidad)
        self.world._insert(
            "elegidas", **key, **unit, accion_id=link, accion_numero=numero, plan=self.plan,
            es_razon=medida == "Porcentaje",
            candidato=None if doubts else 1, costo=0.0,
            estado="dudosa" if doubts else "reparada" if reparadas else "exacta", impresos=printed,
            corroborada_por={}, **values,
            **{f"{name}_min": low for name, (low, _) in doubts.items()},
            **{f"{name}_max": high for name, (_, high) in doubts.items()},
            **{f"{name}_estado": state for name, state in states.items()},
        )  # fmt: skip
        return linea
