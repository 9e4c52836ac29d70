"""A proposed line of a catalogue, and what speaks for it. Not in here: which lines are proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dagster_project.proposals.seen import Page
from dagster_project.reference.seed_writer import KEYS, as_line

FILES = ("entes.csv", "planes.csv", "programas.csv", "unidades.csv", "unidades_medida.csv", "lineas_accion.csv")
"""The catalogues that lines are proposed for, in the order they are shown and written."""

COLUMNS = {
    "entes.csv": ("ente_codigo", "ente_nombre", "entidad_federativa"),
    "planes.csv": (
        "ente_codigo", "plan", "plan_nombre", "desde_trimestre", "hasta_trimestre", "imprime_eje", "fuente",
    ),
    "programas.csv": ("ente_codigo", "programa_codigo", "programa_nombre"),
    "unidades.csv": (
        "ente_codigo", "unidad_codigo", "unidad_nombre", "ramo_codigo", "programa_codigo", "vigente_desde",
        "vigente_hasta",
    ),
    "unidades_medida.csv": ("unidad_medida_nombre", "es_razon", "alias"),
    "lineas_accion.csv": ("ente_codigo", "plan", "codigo", "nombre", "eje", "fuente"),
}  # fmt: skip
"""Their columns, as the files have them."""

Seeds = Mapping[str, Sequence[Mapping[str, str]]]
"""The rows of each seed file that is there, by its name."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of ``file``. ``doubt``: why it is shown but not written; ``check``: what a person must look at."""

    file: str
    values: Mapping[str, str]
    evidence: str
    doubt: str | None = None
    check: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What the line is known by in its file."""
        return tuple(self.values[column] for column in KEYS[self.file])

    @property
    def ente(self) -> str | None:
        """Whose line it is; None for a catalogue that all share."""
        return self.values.get("ente_codigo")

    def line(self) -> str:
        """The line as CSV in the order of the file's own columns, without its end."""
        return as_line(COLUMNS[self.file], self.values)


def evidence_of(pages: Sequence[Page], *said: str) -> str:
    """How many pages speak for a line, of which quarters, where the first one stands, and what else is said."""
    cuts = sorted({page.corte for page in pages if page.corte})
    quarters = (cuts[0] if len(cuts) == 1 else f"{cuts[0]} to {cuts[-1]}") if cuts else "no settled quarter"
    many = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
    return "; ".join([f"{many}, {quarters}, first {pages[0].place}", *filter(None, said)])


def alone_and_damaged(pages: Sequence[Page], damaged: Sequence[Page]) -> str | None:
    """Why pages are too little for a line: all of one quarter, and none of them whole. None where they are enough.

    A misreading seldom happens twice alike in two quarters; on a whole page it is rare.
    """
    if len({page.corte for page in pages if page.corte}) > 1 or len(damaged) < len(pages):
        return None
    return f"stands on damaged pages of one quarter only ({pages[0].place})"
