"""What a form is made of, as frozen dataclasses: the vocabulary of every other module here.

Nothing here reads or decides; nothing here knows of files, tables or tools.
Field names are those of the ``raw`` tables and of ``avance read --format jsonl``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Cifra = int | Decimal
"""A figure of the form: whole where it is whole, exact otherwise; never a float."""

CAMPOS = ("meta", "p1", "p2", "p3", "p4", "a1", "a2", "a3", "a4", "absoluto", "relativo_pct")
"""The eleven figures of a row, in the order of ``raw.lecturas``."""


class Estado(StrEnum):
    """How a value came to be what it is (docs/form.md), from best to worst."""

    EXACTA = "exacta"
    REALINEADA = "realineada"
    CORREGIDA = "corregida"
    REPARADA = "reparada"
    DUDOSA = "dudosa"


EXACTA, REALINEADA, CORREGIDA, REPARADA, DUDOSA = Estado  # as ``text.numbers.TEXT``: each figure asks for several


@dataclass(frozen=True, slots=True)
class Settled:
    """A value settled by evidence: what, how sure (0..1), by which rule, and what else it might be."""

    valor: str | None
    estado: Estado
    regla: str
    puntaje: float
    alternativas: tuple[tuple[str, float], ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether there is a value, and no doubt about it."""
        return self.valor is not None and self.estado is not Estado.DUDOSA


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A header field or a signature as printed (``raw.campos``), with the value it settled to.

    ``campo`` is one of titulo, ramo, programa, unidad_ejecutora, finalidad, funcion,
    subfuncion, eje, linea_accion, fecha, firma.
    """

    campo: str
    codigo_impreso: str | None
    texto_impreso: str | None
    linea: int
    valor: str | None = None
    puntaje: float | None = None
    regla: str | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """Whether a table's point and comma part decimals (True) or thousands (False), None where it leaves that open.

    ``score`` is by how much what speaks for it outweighs the rest, of the mark that is less sure. What holds where no
    table speaks: the comma groups, and 1.234 is more often a misprint of it than a decimal.
    """

    is_point_decimal: bool | None = False
    is_comma_decimal: bool | None = False
    score: float = 0.0


USUAL_SCALE = Scale()


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action row as printed (``raw.renglones``): texts and cells, nothing interpreted.

    ``impreso`` holds the cells after the measure, meta first, percentage last, blanks included;
    ``impreso_literal`` the same cells character by character where they are not what is read (``text.legible``, a cell
    that prints its figure twice); ``accion_impresa`` the action number as printed where the sequence put another in its
    place. ``reparo`` names what the print shows that forbids to believe any of its figures (``page.objections``),
    ``escala`` what point and comma mean in its table; ``huella`` what its line goes by (``printed_page.line_hash``).
    """

    linea: int
    lineas_accion: tuple[str, ...]
    accion: int | None
    descripcion: str
    unidad_medida: str
    impreso: tuple[str, ...]
    observaciones: str
    accion_inferida: bool = False
    accion_regla: str = "impresa"
    linea_fin: int | None = None
    accion_impresa: int | None = None
    huella: str = ""
    impreso_literal: tuple[str, ...] | None = None
    reparo: str | None = None
    escala: Scale = USUAL_SCALE


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of damage undone: which operation, on which figure, from what was printed to what is read."""

    operacion: str
    campo: str
    impreso: str
    leido: str
    costo: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate reading of a row (``raw.lecturas``): values None where blank, future or unknown."""

    costo: float
    valores: dict[str, Cifra | None]
    estados: dict[str, Estado]
    impresos: dict[str, str]
    operaciones: tuple[Operation, ...] = ()
    cierra: bool = True


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row with its candidate readings, cheapest first, and the verdict of the row alone.

    ``margen`` is the cost by which the cheapest reading beats the next that differs
    (None: no rival within the bound); ``rango`` gives [min, max] of the figures on which
    the readings within the margin differ; ``alternativas`` lists all those readings
    where the row is ``dudosa``.
    """

    renglon: ActionRow
    lecturas: tuple[Reading, ...]
    estado: Estado
    estados: dict[str, Estado]
    valores: dict[str, Cifra | None]
    margen: float | None
    rango: dict[str, tuple[Cifra, Cifra]] = field(default_factory=dict)
    alternativas: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table of a page as it was read: lines of its rows, columns by name, margin over the next layout.

    ``off_layout_rows`` gives, by line, how rows depart from the layout where several do so alike: they were
    printed by another one (``mixed_layouts``). ``clase`` is the kind of table it was read as (``read.table_cells``),
    ``relativo`` what its percentages are of (``read.percent_rule``).
    """

    lineas: tuple[int, ...]
    columnas: tuple[str, ...]
    margen: float | None
    off_layout_rows: dict[int, str] = field(default_factory=dict)
    clase: str = "de_la_forma"
    relativo: str = "de_la_meta"


@dataclass(frozen=True, slots=True)
class TableHead:
    """What the head of a table says of its columns.

    ``clase`` is ``de_la_forma`` (P and A of each quarter), ``avance_primero`` (A before P), ``bloques`` (all P, then
    all A), ``otros_periodos`` (semesters, months: no quarter can be known) or ``no_se_sabe`` (too damaged, or none of
    these); ``columnas`` the figure of each column from the meta on, "" where a column is none of the form's;
    ``marcas`` how many columns are marked P, A or %; ``dice`` its words; ``acumulado`` whether it says that figures
    are to date.
    """

    clase: str
    columnas: tuple[str, ...]
    marcas: int
    dice: str
    acumulado: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One form page: where it stands, what it is about, and its parts as printed (``printed_page.PrintedPage``)."""

    formato: int
    linea_inicio: int
    linea_fin: int
    ente: Settled
    unidad: Settled
    anio: Settled
    trimestre: Settled
    plan: Settled
    programa: Settled
    campos: tuple[HeaderField, ...]
    renglones: tuple[ActionRow, ...]
    totales: tuple[ActionRow, ...] = ()
    cabeza: TableHead | None = None
    tecleada: bool = False

    @property
    def ejercicio(self) -> int | None:
        """The programme year, None where nothing settles it."""
        return int(self.anio.valor) if self.anio.valor else None

    @property
    def is_placed(self) -> bool:
        """Whether municipality, unit, year and quarter are settled: without them a page is nobody's report."""
        return all(s.is_sure for s in (self.ente, self.unidad, self.anio, self.trimestre))

    @property
    def corte(self) -> str | None:
        """The quarter the form speaks of, written ``2022-T4``; None where nothing settles it."""
        if self.anio.valor and self.trimestre.valor:
            return f"{self.anio.valor}-T{self.trimestre.valor}"
        return None


@dataclass(frozen=True, slots=True)
class FormRead:
    """A form page with its rows read; ``antes_del_plan`` counts the quarters of its year before its plan began."""

    formato: Form
    renglones: tuple[RowReading, ...]
    tablas: tuple[TableReading, ...] = ()
    antes_del_plan: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """A piece that could not be read: kept with its rule, reason and text, never dropped."""

    regla: str
    razon: str
    texto: str
    linea: int


@dataclass(frozen=True, slots=True)
class Extract:
    """What ``settle`` makes of one extract: its form pages in order, and what was refused."""

    formatos: tuple[Form, ...]
    rechazos: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class ActionLink:
    """An action row of a quarter's report linked to its action of the ejercicio (``raw.vinculos``).

    ``accion_id`` is the natural key ente-unidad-corte-orden of the action's earliest quarter;
    ``propuesta`` is the action that a row may be, where that is not sure enough for a link.
    """

    accion_id: str
    extracto_id: str
    linea: int
    corte: str
    regla: str
    puntaje: float
    propuesta: str | None = None


@dataclass(frozen=True, slots=True)
class ChosenReading:
    """The chosen reading of an action row of a vigente reporte (``raw.elegidas``)."""

    accion_id: str
    extracto_id: str
    linea: int
    corte: str
    candidato: int | None
    costo: float | None
    margen: float | None
    estado: Estado
    valores: dict[str, Cifra | None]
    estados: dict[str, Estado]
    minimos: dict[str, Cifra]
    maximos: dict[str, Cifra]
    impresos: dict[str, str]
    corroborada_por: dict[str, str] = field(default_factory=dict)
