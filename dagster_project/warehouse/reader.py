"""The pure steps of reading, as one value that the load is given.

Belongs here: naming them, importing them late (their compiled kernels take a second, and a load that finds nothing new
needs none), and that their failure costs no file. Does not belong here: any reading.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.model import ActionLink, ChosenReading, Form, FormRead, Refusal
from dagster_project.tmm_f004.page.printed_page import PrintedPage
from dagster_project.tmm_f004.reconcile.reports import PageKey, Report, Standing
from dagster_project.tmm_f004.settle.pool import PlacedPage

if TYPE_CHECKING:
    from dagster_project.tmm_f004.reconcile.unit_year import Decided
    from dagster_project.tmm_f004.settle.pages import DecidedPages


@dataclass(frozen=True, slots=True)
class Reader:
    """``parse`` a file's lines, of which some were typed; ``place`` its pages, ``settle`` those of an ente and
    ejercicio, ``read`` a form's cells, ``reconcile`` the pages of a unit's year."""

    parse: Callable[[Sequence[str], Catalogs, Container[int]], tuple[list[PrintedPage], list[Refusal]]]
    place: Callable[[str, Sequence[PrintedPage], Catalogs], list[PlacedPage]]
    settle: Callable[
        [Sequence[PlacedPage], str | None, Catalogs, DecidedPages], Iterable[tuple[PlacedPage, Form, Refusal | None]]
    ]
    read: Callable[[Form, Catalogs], FormRead]
    reconcile: Callable[
        [Sequence[Report], Decided], tuple[list[ActionLink], list[ChosenReading], dict[PageKey, Standing]]
    ]

    def pages_of(
        self, extracto_id: str, lines: Sequence[str], typed: Container[int], catalogs: Catalogs
    ) -> tuple[list[PlacedPage], list[Refusal]]:
        """The pages of an extract and what could not be read of it.

        A failure becomes a refusal, never a lost file, and so does an extract without any form.
        """
        try:
            printed, refused = self.parse(lines, catalogs, typed)
            pages = self.place(extracto_id, printed, catalogs)
        except Exception as error:  # whatever it is, the other files must not suffer
            return [], [Refusal("falla_del_lector", f"the reader failed: {type(error).__name__}: {error}", "", 0)]
        if not pages and not refused:
            refused = [Refusal("sin_formato", "holds no TMM-F004 form", "", 0)]
        return pages, refused


@cache
def tmm_f004_reader() -> Reader:
    """The reader of the TMM-F004 form."""
    from dagster_project.tmm_f004.page.header_fields import vocabulary_of
    from dagster_project.tmm_f004.page.printed_page import parse
    from dagster_project.tmm_f004.read.form import read_form
    from dagster_project.tmm_f004.reconcile.unit_year import reconcile
    from dagster_project.tmm_f004.settle.pages import place_pages, settle_pool

    return Reader(
        lambda lines, catalogs, typed: parse(lines, vocabulary_of(catalogs), typed=typed),
        place_pages,
        settle_pool,
        read_form,
        reconcile,
    )
