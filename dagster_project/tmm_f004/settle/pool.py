"""The pool of evidence: all pages in force of one ente and ejercicio, whatever files they came in.

In here: which pages there are, which stand side by side in a file, which report the same actions. Not in here:
what that is worth (``unit``, ``quarter``).

The same print in two files is one page of the pool: a copy is no second witness. Pages stand in the order of their
hashes, so that what settles is a function of the set of pages, not of files, names or order of loading.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.page.printed_page import PrintedPage
from dagster_project.tmm_f004.page.sheet import PageEvidence, evidence_of
from dagster_project.tmm_f004.settle.same_actions import shared_actions

NEAR_BY = 40
"""Pages of one file that may speak for one another."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A printed page in its file, municipality and year settled; ``unidad`` is the unit that its own print settles,
    ``evidence`` what the page shows, where this process has taken it already (``shingles`` are no other's)."""

    extracto_id: str
    printed: PrintedPage
    ente: Settled
    anio: Settled
    unidad: Settled
    evidence: PageEvidence | None = field(default=None, compare=False, repr=False)

    @property
    def place(self) -> tuple[str, int]:
        """The file and the number of the page in it."""
        return self.extracto_id, self.printed.formato


@dataclass(frozen=True, slots=True)
class Pool:
    """``sheets`` are the distinct prints; ``before``, ``after`` the prints right before and after each in a file;
    ``alike`` the prints that report the same actions, with how much of them (``shared_actions``)."""

    sheets: tuple[PageEvidence, ...]
    copies: tuple[tuple[PlacedPage, ...], ...]
    before: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]
    alike: Mapping[int, Mapping[int, float]]
    by_file: Mapping[str, Sequence[tuple[int, int]]]

    def near(self, k: int, distance: int = NEAR_BY) -> set[int]:
        """The prints at most ``distance`` pages from print ``k`` in a file."""
        found: set[int] = set()
        for page in self.copies[k]:
            places = self.by_file[page.extracto_id]
            at = bisect_left(places, (page.printed.formato, -1))
            beside = places[max(0, at - distance) : at + distance + 1]
            found.update(i for number, i in beside if abs(number - page.printed.formato) <= distance)
        return found - {k}


def pool_of(pages: Iterable[PlacedPage]) -> Pool:
    """The pool that some pages make, in any order."""
    prints: dict[str, list[PlacedPage]] = defaultdict(list)
    for page in pages:
        prints[page.printed.huella].append(page)
    copies = tuple(tuple(sorted(prints[h], key=lambda p: p.place)) for h in sorted(prints))
    index = {page.place: k for k, same in enumerate(copies) for page in same}
    by_file: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (file, number), k in sorted(index.items()):
        by_file[file].append((number, k))

    def beside(k: int, step: int) -> tuple[int, ...]:
        """The prints that stand so many pages from print ``k``; one that is printed twice running is none of them."""
        places = ((p.extracto_id, p.printed.formato + step) for p in copies[k])
        return tuple(sorted({index[place] for place in places if place in index} - {k}))

    sheets = tuple(same[0].evidence or evidence_of(same[0].printed) for same in copies)
    return Pool(
        sheets,
        copies,
        tuple(beside(k, -1) for k in range(len(copies))),
        tuple(beside(k, 1) for k in range(len(copies))),
        shared_actions([s.tramos for s in sheets]),
        by_file,
    )
