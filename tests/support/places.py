"""An extracts folder and an inbox, loaded together in the toy language of ``tests/unit/warehouse/conftest.py``."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.reference.registry import RegistroExtracto
from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.warehouse.files.extract_folder import INBOX
from dagster_project.warehouse.files.load_files import load_folders
from dagster_project.warehouse.files.moved_and_lost import standing_losses
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.results import ExtractLoad
from dagster_project.warehouse.years.load_year import YearLoader
from dagster_project.warehouse.years.overwritten import Read, keep_what_stood

UNA = "FORMA 54101 2022 1\nACCION 100 10 1 2 3 4 1 . . .\n"
OTRA = "FORMA 54102 2022 1\nACCION 200 20 2 4 6 8 2 . . .\nACCION 201 20 2 4 6 8 2 . . .\n"
TERCERA = "FORMA 54109 2022 1\nACCION 1 10 1 2 3 4 1 . . .\n"


class Places:
    """An extracts folder and an inbox, loaded together, and the years of what they hold."""

    def __init__(self, con: duckdb.DuckDBPyConnection, root: Path, catalogs: Catalogs, toy: Reader) -> None:
        self.con, self.catalogs, self.toy = con, catalogs, toy
        self.extracts, self.inbox = root / "extracts", root / "inbox"
        self.extracts.mkdir()
        self.inbox.mkdir()

    def load(
        self, registry: dict[str, RegistroExtracto] | None = None, read_years: bool = True, look: bool = True
    ) -> dict[str, ExtractLoad]:
        """What became of each path; of an inbox that was removed there is none."""
        folders = {"": self.extracts, INBOX: self.inbox if self.inbox.is_dir() else None}
        done = load_folders(self.con, folders, self.catalogs, registry or {}, reader=self.toy)
        if look:
            done = keep_what_stood(self.con, done, Read(self.catalogs, Decisions(), registry or {}, self.toy))
        if read_years:
            loader = YearLoader(self.con, self.catalogs, reader=self.toy)
            for year in loader.pending():
                loader.load(year)
        return {r.ruta: r for r in done}

    def lost(self) -> list[tuple]:
        """(path, unit, rows, rows left) of what is missing."""
        return [(s.ruta, p.unidad, p.renglones, p.quedan) for s in standing_losses(self.con) for p in s.perdidos]

    def live(self) -> list[tuple]:
        """Path and name of each live extract."""
        query = "select ruta, nombre from raw.extractos where retirado_en is null order by all"
        return self.con.execute(query).fetchall()

    def figures(self) -> list[tuple]:
        """(unit, goal) of the rows that count."""
        return self.con.execute("select unidad_codigo, meta::integer from raw.elegidas order by all").fetchall()

    def standing(self) -> dict[str, str]:
        """The situation of each page, by its file's path; of several of a file the last."""
        query = "select e.ruta, f.situacion from raw.formatos f join raw.extractos e using (extracto_id) order by all"
        return dict(self.con.execute(query).fetchall())
