"""Two states of a folder of extracts, made from the one in ``seeds``: before a load, and what is to be loaded.

Between them a file is replaced, one overwritten by less than it held, one arrives and one year is new: a load has
to retire, let stand, add and rewrite. Most of the years stay as they were, so that it builds and publishes anew only a
part of what there is. Not here: loading them.
"""

from __future__ import annotations

import re
from pathlib import Path

from dagster_project.settings import RAIZ

_SEEDS = RAIZ / "seeds" / "extracts"


UNCHANGED = ("2019", "2020", "2021")
"""Years of four forms each that both states hold alike."""


def before(folder: Path) -> None:
    """The first two forms of the extract in folders of two years, and the years that stay."""
    _stay(folder)
    _write(folder / "2022" / "a.txt", _forms(2))
    _write(folder / "2018" / "d.txt", _forms(2).replace("2022", "2018"))


def after(folder: Path) -> None:
    """The paths with other bytes, the same forms once and one less once, and the first once more as another year's."""
    _stay(folder)
    _write(folder / "2022" / "a.txt", _forms(2) + "\n")
    _write(folder / "2018" / "d.txt", _forms(1).replace("2022", "2018"))
    _write(folder / "2023" / "b.txt", _forms(1).replace("2022", "2023"))


def _stay(folder: Path) -> None:
    for year in UNCHANGED:
        _write(folder / year / "c.txt", _forms(4).replace("2022", year))


def _forms(count: int) -> str:
    """The extract up to its ``count``-th form title that names the year's programme."""
    text = sorted(_SEEDS.rglob("*.txt"))[0].read_bytes().decode()
    titles = [found.start() for found in re.finditer(r"PROGRAMA OP\w+ ANUAL", text)]
    return text[titles[0] : titles[count]] if count < len(titles) else text[titles[0] :]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
