"""Plans that no line of ``planes.csv`` covers: one a stretch of quarters that print the same signs and the same líneas.

A plan ends where the header begins or ceases to print EJE DE GOBIERNO, and where codes of líneas that both sides print
mostly have other names (docs/form.md, fact 5); a catalogued one that is left open ends there too, and a person must say
so before the next one is written. Not in here: under which plan a page is settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from statistics import median

from dagster_project.proposals.proposal import Proposal, Seeds, evidence_of
from dagster_project.proposals.seen import Page, most_common
from dagster_project.tmm_f004.text.fold import likeness

ALIKE = 0.75
"""From this likeness on two prints are one name (as in ``settle.programme``)."""

_PRINTS = {"true": True, "false": False}

USUAL = 3
THIN = "one page alone prints it, of fewer than report in a usual quarter"
"""A stretch of one page, where three or more report in half of the quarters, is rather a misread year."""

TO_WRITE = "(nombre por escribir)"
"""In a plan's name: nothing on the form says it, a person must."""


@dataclass
class _Stretch:
    """Quarters of one plan, in order, with their pages, the sign they share and the names of their líneas.

    ``covered_by`` is the open plan whose dates cover them, ``is_its_own`` whether they are that plan's own.
    """

    cuts: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    eje: bool | None = None
    names: dict[str, str] = field(default_factory=dict)
    covered_by: str | None = None
    is_its_own: bool = False


def propose_plans(pages: Sequence[Page], seeds: Seeds) -> Iterator[Proposal]:
    """A line of ``planes.csv`` for each stretch of quarters of a municipality that none of its plans covers.

    In doubt where an open plan covers them, though they are not its own: two in force would leave their pages open.
    """
    by_ente: dict[str, dict[str, list[Page]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        if page.ente and page.corte and not page.open_facts & {"ente", "ejercicio", "trimestre"}:
            by_ente[page.ente][page.corte].append(page)
    for ente, by_cut in sorted(by_ente.items()):
        plans = [row for row in seeds.get("planes.csv", ()) if row["ente_codigo"] == ente]
        ids = {row["plan"] for row in plans}
        stretches = list(_stretches(by_cut, plans))
        usual = median(map(len, by_cut.values()))
        thin = [s for s in stretches if len(s.pages) == 1 and usual >= USUAL and not s.is_its_own]
        stretches = [stretch for stretch in stretches if stretch not in thin]
        ends = [row["hasta_trimestre"] for row in plans if row["hasta_trimestre"]]
        ends += [stretch.cuts[-1] for stretch in stretches]
        begins = [_beginning(stretch, ends) for stretch in stretches]
        for stretch, since in zip(stretches, begins, strict=True):
            if stretch.is_its_own:
                continue
            plan = _new_id(since, ids)
            ids.add(plan)
            later = [row["desde_trimestre"] for row in plans] + begins
            starts = [start for start in later if start > stretch.cuts[-1]]
            last = f"end that one with hasta_trimestre {_before(since)}"
            doubt = f"{stretch.covered_by} is open and covers it: {last}" if stretch.covered_by else None
            yield _proposal(ente, plan, stretch, since, _before(min(starts)) if starts else "", doubt)
        for stretch in thin:
            yield _proposal(ente, _new_id(stretch.cuts[0], ids), stretch, stretch.cuts[0], "", THIN)


def covering(ente: str, corte: str, plans: Sequence[Mapping[str, str]]) -> list[str]:
    """The ids of a municipality's plans that are in force in a quarter, by their dates."""
    return [
        row["plan"]
        for row in plans
        if row["ente_codigo"] == ente
        and row["desde_trimestre"] <= corte
        and (not row["hasta_trimestre"] or corte <= row["hasta_trimestre"])
    ]


def _stretches(by_cut: dict[str, list[Page]], plans: Sequence[Mapping[str, str]]) -> Iterator[_Stretch]:
    current: _Stretch | None = None
    for cut, its_pages in sorted(by_cut.items()):
        its_plans = [row for row in plans if covering(row["ente_codigo"], cut, [row])]
        if any(row["hasta_trimestre"] for row in its_plans) or len(its_plans) > 1:
            if current:
                yield current
            current = None
            continue
        eje, names = _sign(its_pages), _names(its_pages)
        of_plan = its_plans[0]["plan"] if its_plans else None
        if current and current.covered_by != of_plan:
            yield current
            current = None
        if current is None and its_plans:
            current = _Stretch(
                eje=_PRINTS.get(its_plans[0]["imprime_eje"].lower()), covered_by=of_plan, is_its_own=True
            )
        if current and (_is_other_sign(current.eje, eje) or _are_renamed(current.names, names)):
            if current.cuts:
                yield current
            current = _Stretch(covered_by=of_plan)
        current = current or _Stretch()
        current.cuts.append(cut)
        current.pages += its_pages
        current.eje = eje if current.eje is None else current.eje
        current.names = names | current.names
    if current:
        yield current


def _beginning(stretch: _Stretch, ends: Sequence[str]) -> str:
    """The first quarter of a stretch's plan: with its first year, unless it shows that it begins within it.

    It does where another plan is in force earlier in that year, or where the rows plan nothing for the first quarter.
    A plan that begins within the year says of its pages that they leave that quarter out (docs/form.md, fact 4).
    """
    first = stretch.cuts[0]
    start = f"{first[:4]}-T1"
    votes = [p.leaves_first_out for p in stretch.pages if p.corte == first and p.leaves_first_out is not None]
    is_within = 2 * sum(votes) > len(votes) or any(start <= end < first for end in ends)
    return first if is_within else start


def _sign(pages: Sequence[Page]) -> bool | None:
    """Whether most of the pages that tell print EJE DE GOBIERNO; None where as many do as do not."""
    votes = [page.prints_eje for page in pages if page.prints_eje is not None]
    return None if 2 * sum(votes) == len(votes) else 2 * sum(votes) > len(votes)


def _is_other_sign(before: bool | None, after: bool | None) -> bool:
    return None not in (before, after) and before != after


def _names(pages: Sequence[Page]) -> dict[str, str]:
    """By code, the name that most of the pages print."""
    printed: dict[str, list[str | None]] = defaultdict(list)
    for page in pages:
        for line in page.of("linea_accion"):
            if line.value and line.text:
                printed[line.value].append(line.text)
    return {code: name for code, said in printed.items() if (name := most_common(said))}


def _are_renamed(before: dict[str, str], after: dict[str, str]) -> bool:
    shared = before.keys() & after.keys()
    return 2 * sum(likeness(before[code], after[code]) < ALIKE for code in shared) > len(shared)


def _new_id(cut: str, taken: set[str]) -> str:
    """``plan_2024``, after the year it begins in; with a number where that stands already."""
    names = (f"plan_{cut[:4]}" + (f"_{number}" if number > 1 else "") for number in count(1))
    return next(name for name in names if name not in taken)


def _before(cut: str) -> str:
    """The quarter before a quarter, both written 2022-T4."""
    year, quarter = int(cut[:4]), int(cut[-1])
    return f"{year}-T{quarter - 1}" if quarter > 1 else f"{year - 1}-T4"


def _proposal(ente: str, plan: str, stretch: _Stretch, since: str, until: str, doubt: str | None) -> Proposal:
    first, last = stretch.cuts[0], stretch.cuts[-1]
    shown = {True: "con renglón EJE DE GOBIERNO", False: "sin renglón EJE DE GOBIERNO", None: ""}[stretch.eje]
    quarters = first if first == last else f"{first} a {last}"
    values = {
        "ente_codigo": ente,
        "plan": plan,
        "plan_nombre": f"Plan desde {since} {TO_WRITE}",
        "desde_trimestre": since,
        "hasta_trimestre": until,
        "imprime_eje": {True: "true", False: "false", None: ""}[stretch.eje],
        "fuente": f"Formatos TMM-F004, {quarters}" + (f": {shown}" if shown else ""),
    }
    said = {True: "prints EJE DE GOBIERNO", False: "prints no EJE DE GOBIERNO", None: "tells of no EJE DE GOBIERNO"}
    evidence = evidence_of(stretch.pages, said[stretch.eje])
    return Proposal("planes.csv", values, evidence, doubt, check="write the plan's name; check its dates")
