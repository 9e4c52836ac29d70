"""A form page on its way to ``Formato``: its parts read, its rows by their keys.

Nothing here is settled; ``Hoja`` is what the modules that weigh evidence look at.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dagster_project.tmm_f004.header import Cabecera
from dagster_project.tmm_f004.model import Campo, Renglon
from dagster_project.tmm_f004.pages import Linea
from dagster_project.tmm_f004.period import read_period, read_years
from dagster_project.tmm_f004.row_keys import Claves
from dagster_project.tmm_f004.rows import parse_rows


@dataclass(frozen=True)
class Hoja:
    """One form page with its parts as read; ``inicio`` and ``fin`` are its first and last line, from 1.

    ``encabezado_tabla`` are the first lines of the table, ``tabla`` the numbers of all its lines in
    ``fuente``; ``corta`` says where and why the page ends before its time. ``leidos`` are the rows where
    they are kept at all.
    """

    orden: int
    inicio: int
    fin: int
    titulo: tuple[Linea, ...]
    cabecera: Cabecera
    firmas: tuple[Campo, ...]
    encabezado_tabla: tuple[str, ...]
    claves: Claves
    tabla: array[int]
    fuente: Sequence[str]
    corta: tuple[int, str, str] | None = None
    leidos: tuple[Renglon, ...] | None = None

    @property
    def renglones(self) -> tuple[Renglon, ...]:
        """The rows as printed: those kept, else read again from the lines."""
        if self.leidos is not None:
            return self.leidos
        return tuple(parse_rows([(n, self.fuente[n - 1]) for n in self.tabla])[0])

    def continues(self, before: Hoja) -> bool:
        """Whether this can only be the rest of the table before it: nothing of a header, and the next number."""
        head = self.cabecera
        return not (head.campos or head.etiquetas or head.fechas) and before.claves.run_on_to(self.claves)

    @cached_property
    def printed_quarter(self) -> str | None:
        """The quarter its dates print as a period, None where they print none."""
        for _, text in self.cabecera.fechas:
            for quarter, (rule, _) in read_period(text).trimestres.items():
                if rule in ("fecha_impresa", "trimestre_impreso", "fecha_de_corte"):
                    return str(quarter)
        return None

    @cached_property
    def printed_cut(self) -> tuple[str, int] | None:
        """Quarter and year its dates print, None where either is lost."""
        years = [y for _, t in (*self.cabecera.fechas, *self.titulo) for y in read_years(t)]
        return (self.printed_quarter, years[0]) if self.printed_quarter and years else None
