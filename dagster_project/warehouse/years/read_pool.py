"""One pool read: the pages of an ente and ejercicio settled, read, linked and chosen, as rows of the raw tables.

Belongs here: the order of ``settle``, ``read`` and ``reconcile`` over a pool, and that one form's failure, or a figure
that the raw tables cannot hold, costs no other. Pure: what comes out follows from the arguments, in whatever process.
Does not belong here: which pages there are (``pages_in_force``), where rows go (``load_year``, ``pools_ahead``), and
the steps themselves (``tmm_f004``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.decisions import Decisions
from dagster_project.tmm_f004.model import ActionRow, Estado, Form, FormRead, Reading, Refusal, RowReading
from dagster_project.tmm_f004.reconcile.reports import PageKey, Rank, Report, Situacion, Standing
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.warehouse import rows
from dagster_project.warehouse.db.bulk_insert import Row, storable
from dagster_project.warehouse.reader import Reader
from dagster_project.warehouse.years.decisions_on_rows import Decided
from dagster_project.warehouse.years.pages_in_force import NO_EJERCICIO, SourceFile

TABLES = ("formatos", "campos", "renglones", "lecturas", "vinculos", "elegidas")
ASIDE = Standing(Situacion.APARTADA)

Put = Callable[[str, Iterable[Row]], None]
"""Takes rows of a raw table, by its name."""


class PoolReader:
    """Settles a pool, then reads and reconciles it unit by unit; ``files`` are those of its pages."""

    def __init__(
        self, files: Mapping[str, SourceFile], catalogs: Catalogs, decisions: Decisions, reader: Reader, put: Put
    ) -> None:
        self.files, self.catalogs, self.decisions, self.reader, self.put = files, catalogs, decisions, reader, put
        self.fallas: list[str] = []

    def read(self, ente: str | None, pool: Sequence[PlacedPage]) -> list[str]:
        """Hand over the rows of every table; returns the forms whose cells could not be read.

        Raises:
            ContradictedDecisionError: a person's decision names a printed value that is not printed there.
        """
        self.fallas = []
        decided = Decided(self.decisions)
        units: dict[str, list[tuple[PlacedPage, Form]]] = defaultdict(list)
        for page, form, truncation in self.reader.settle(pool, ente, self.catalogs, self.decisions.of_pages):
            units[str(form.unidad.valor) if form.is_placed else ""].append((page, form))
            self._refuse(page, truncation)
        for unit, members in sorted(units.items()):
            self._unit(unit, members, decided)
        return self.fallas

    def _unit(self, unit: str, members: Sequence[tuple[PlacedPage, Form]], decided: Decided) -> None:
        """Read the pages of a unit and choose; ``unit`` is empty for pages of none that is settled."""
        read = [(page, self._cells(page, form)) for page, form in members]
        reports = [
            Report(page.extracto_id, decided.corrected(leido, page.extracto_id), page.printed.huella, self._rank(page))
            for page, leido in read
        ]
        standings = self._reconcile(reports, decided) if unit else {}
        for page, leido in read:
            self.put("formatos", [rows.form_row(page, leido.formato, standings.get(page.place, ASIDE))])
            self.put("campos", rows.field_rows(page, leido.formato))
            self.put("renglones", rows.action_rows(page, leido))
            self.put("lecturas", rows.reading_rows(page, leido))

    def _rank(self, page: PlacedPage) -> Rank:
        return self.files[page.extracto_id].rank

    def _cells(self, page: PlacedPage, form: Form) -> FormRead:
        try:
            return storable_form(self.reader.read(form, self.catalogs))
        except Exception as error:  # one form must not cost the year its other forms
            self.fallas.append(
                f"extract {page.extracto_id}, form {form.formato} (line {form.linea_inicio}): "
                f"{type(error).__name__}: {error}"
            )
            return FormRead(form, ())

    def _reconcile(self, reports: Sequence[Report], decided: Decided) -> Mapping[PageKey, Standing]:
        form = reports[0].leido.formato
        unit = str(form.ente.valor), str(form.unidad.valor), int(form.anio.valor or NO_EJERCICIO)
        printed = {
            (r.extracto_id, row.linea): (row, plan.valor if plan.is_sure else None, self._is_ratio(row))
            for r in reports
            for plan in (r.leido.formato.plan,)
            for row in r.leido.formato.renglones
        }
        said = decided.links_among(set(printed))  # what contradicts the print stops the load
        try:
            links, chosen, standings = self.reader.reconcile(reports, said)
        except Exception as error:  # nor one unit the others; its rows without a choice fail the checks
            self.fallas.append(f"unit {unit[1]}, {unit[2]}: {type(error).__name__}: {error}")
            return {r.key: Standing(Situacion.VIGENTE) for r in reports}
        self.put("vinculos", [rows.link_row(unit, link) for link in links])
        self.put("elegidas", [rows.chosen_row(unit, c, *printed[c.extracto_id, c.linea]) for c in chosen])
        return standings

    def _is_ratio(self, row: ActionRow) -> bool:
        return not self.catalogs.adds_up(row.unidad_medida)

    def _refuse(self, page: PlacedPage, refusal: Refusal | None) -> None:
        if refusal:
            ruta, year = self.files[page.extracto_id].ruta, rows.pool_year(page) or NO_EJERCICIO
            self.put("rechazos", rows.refusal_rows(page.extracto_id, ruta, [refusal], year))


def storable_form(leido: FormRead) -> FormRead:
    """The form with readings that decimal(18,4) cannot hold left out, their rows ``dudosa``.

    What was printed stays, in ``raw.renglones.impreso``.
    """
    if all(_fits(row) for row in leido.renglones):
        return leido
    return replace(leido, renglones=tuple(r if _fits(r) else _without(r) for r in leido.renglones))


def _holds(reading: Reading) -> bool:
    return all(storable(value) for value in reading.valores.values())


def _fits(row: RowReading) -> bool:
    return (
        all(_holds(reading) for reading in (*row.lecturas, *row.alternativas))
        and all(storable(value) for value in row.valores.values())
        and all(storable(value) for bounds in row.rango.values() for value in bounds)
    )


def _without(row: RowReading) -> RowReading:
    doubtful = [c for c, value in row.valores.items() if not storable(value)]
    return replace(
        row,
        lecturas=tuple(r for r in row.lecturas if _holds(r)),
        alternativas=tuple(r for r in row.alternativas if _holds(r)),
        estado=Estado.DUDOSA,
        estados=row.estados | dict.fromkeys(doubtful, Estado.DUDOSA),
        valores=row.valores | dict.fromkeys(doubtful, None),
        rango={c: b for c, b in row.rango.items() if all(storable(value) for value in b)},
    )
