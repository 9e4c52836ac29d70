"""What the print of a row shows that forbids to believe any of its figures: the row is ``dudosa``, its print beside it.

In here: the objections, and which rows they hold of. Not in here: doubts that follow from reading a row (``read``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dagster_project.tmm_f004.model import ActionRow
from dagster_project.tmm_f004.text.numbers import is_negative

NEGATIVE = "figura_negativa"
"""A figure below nought: the form has none, and neither dropping its sign nor keeping it is the form's own reading."""


def with_objections(rows: Sequence[ActionRow]) -> list[ActionRow]:
    """The rows of a table, each with what its print forbids."""
    return [replace(row, reparo=NEGATIVE) if any(map(is_negative, row.impreso)) else row for row in rows]
