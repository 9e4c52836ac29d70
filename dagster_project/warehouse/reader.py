"""The three pure steps of reading, as one value that the load is given.

Belongs here: naming them and importing them late (their compiled kernels take a second, and
a load that finds nothing new needs none). Does not belong here: any reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dagster_project.tmm_f004.model import ActionLink, Catalogs, ChosenReading, Extract, Form, FormRead


@dataclass(frozen=True, slots=True)
class Reader:
    """``settle`` an extract's lines, ``read`` a form's cells, ``reconcile`` the reportes of a unit's year."""

    settle: Callable[[Sequence[str], Catalogs], Extract]
    read: Callable[[Form, Catalogs], FormRead]
    reporte: Callable[[str, FormRead], Any]
    reconcile: Callable[..., tuple[list[ActionLink], list[ChosenReading]]]
    """Takes the reportes and, where people decided any, their links (``reconcile.Decided``)."""


@cache
def tmm_f004_reader() -> Reader:
    """The reader of the TMM-F004 form."""
    from dagster_project.tmm_f004.read.form import read_form
    from dagster_project.tmm_f004.reconcile.unit_year import Report, reconcile
    from dagster_project.tmm_f004.settle.pages import settle_extract

    return Reader(settle_extract, read_form, Report, reconcile)
