"""Units and programmes that pages report on and the catalogues lack. Not in here: how a page's unit is settled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dagster_project.proposals.names import best_name
from dagster_project.proposals.proposal import Proposal, Seeds, alone_and_damaged, evidence_of
from dagster_project.proposals.seen import Field, Page, most_common
from dagster_project.reference.csv_rows import UNIT
from dagster_project.tmm_f004.text.fold import code_closeness, likeness

WHOLE_NAME = 6
"""Letters of a name that can be told from others (as in ``settle.new_units``)."""

ONE_DIGIT = 0.5
"""``code_closeness`` of codes that one misread digit parts (as in ``settle.unit_names``)."""

RARER = 3
"""A unit on a third of the pages of another, of its name and one digit away, may be that one misread."""

SAME_NAME = 0.85
"""From this likeness on two printed names are one unit's (as in ``settle.unit_names``)."""


_LETTERED = re.compile(rf"((?=\S{{2,12}}\s)(?=\S*\d)(?=\S*[A-Za-z]){UNIT})\s+(\S.*)")
"""A code of letters and digits before a unit's name: OM-01 OFICIALÍA MAYOR."""


def propose_units(pages: Sequence[Page], seeds: Seeds) -> Iterator[Proposal]:
    """A line of ``unidades.csv`` for each unit, in order of ente and code; those of lettered codes last."""
    yield from _of_digits(pages, seeds)
    yield from _of_letters(pages)


def _of_digits(pages: Sequence[Page], seeds: Seeds) -> Iterator[Proposal]:
    known = {(row["ente_codigo"], row["unidad_codigo"]): row["unidad_nombre"] for row in seeds.get("unidades.csv", ())}
    of_unit: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in pages:
        if page.ente and page.unidad and "ente" not in page.open_facts:
            of_unit[page.ente, page.unidad].append(page)
    is_whole = partial(_is_whole, mates=_mates(of_unit, seeds))
    names = _names(of_unit, "unidad_ejecutora")
    for (ente, code), its_pages in sorted(of_unit.items()):
        if (ente, code) in known:
            continue
        said = _said(its_pages, "unidad_ejecutora", code, is_whole)
        values = _values(ente, code, said.name, its_pages)
        doubt = (
            said.alone_and_damaged
            or _misread(code, said.name, its_pages, {c: n for (e, c), n in known.items() if e == ente})
            or _rarer(code, said.name, its_pages, names[ente], most=len(its_pages) * RARER)
            or said.nameless
            or (None if values["vigente_desde"] else "of no page is the year settled")
        )
        yield Proposal("unidades.csv", values, said.evidence, doubt)


def _of_letters(pages: Sequence[Page]) -> Iterator[Proposal]:
    """Units of codes that the form's own do not have: never written, since only a person tells them from a name."""
    of_unit: dict[tuple[str, str], list[tuple[str, Page]]] = defaultdict(list)
    for page in pages:
        printed = page.printed("unidad_ejecutora")
        found = _LETTERED.fullmatch(printed.text or "")
        if found and page.ente and page.open_facts & {"ente", "unidad"} == {"unidad"} and printed.code is None:
            of_unit[page.ente, found[1]].append((found[2], page))
    for (ente, code), said in sorted(of_unit.items()):
        its_pages = [page for _, page in said]
        values = _values(ente, code, best_name(name for name, _ in said), its_pages)
        doubt = f"is {code} the code of a unit? Then copy the line"
        yield Proposal("unidades.csv", values, evidence_of(its_pages), doubt)


def propose_programmes(pages: Sequence[Page], seeds: Seeds) -> Iterator[Proposal]:
    """A line of ``programas.csv`` for each programme that pages print by code and name, in order of ente and code."""
    known = {(row["ente_codigo"], row["programa_codigo"]) for row in seeds.get("programas.csv", ())}
    of_programme: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in pages:
        if page.ente and page.programa and "ente" not in page.open_facts:
            of_programme[page.ente, page.programa].append(page)
    names = _names(of_programme, "programa")
    for (ente, code), its_pages in sorted(of_programme.items()):
        if (ente, code) in known:
            continue
        said = _said(its_pages, "programa", code, _is_named)
        values = {"ente_codigo": ente, "programa_codigo": code, "programa_nombre": said.name}
        doubt = said.alone_and_damaged or _rarer(code, said.name, its_pages, names[ente], most=len(its_pages) + 1)
        yield Proposal("programas.csv", values, said.evidence, doubt or said.nameless)


def _values(ente: str, code: str, name: str, pages: Sequence[Page]) -> dict[str, str]:
    """A unit's line: ramo and programme that most of its pages print, in force from the first of their years."""
    years = [page.ejercicio for page in pages if page.ejercicio]
    return {
        "ente_codigo": ente,
        "unidad_codigo": code,
        "unidad_nombre": name,
        "ramo_codigo": most_common(p.printed("ramo").value or p.printed("ramo").code for p in pages) or "",
        "programa_codigo": most_common(p.programa or p.printed("programa").code for p in pages) or "",
        "vigente_desde": f"{min(years)}-01-01" if years else "",
        "vigente_hasta": "",
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """What pages print of a code: its name, the evidence, and why that may be too little."""

    name: str
    evidence: str
    alone_and_damaged: str | None
    nameless: str | None


def _said(pages: Sequence[Page], field_name: str, code: str, is_whole: Callable[[Page, Field, str], bool]) -> _Said:
    """``is_whole`` says of a page, its field and the code that what it prints of it needs no other page."""
    printed = [page.printed(field_name) for page in pages]
    name = best_name(field.text for field in printed if field.code == code)
    damaged = [
        page
        for page, field in zip(pages, printed, strict=True)
        if page.table_damaged or page.open_facts - {"unidad"} or not is_whole(page, field, code)
    ]
    spellings = sorted({f'"{field.text}"' for field in printed if field.text})
    return _Said(
        name,
        evidence_of(pages, f"prints {', '.join(spellings)}"),
        alone_and_damaged(pages, damaged),
        None if name else "no page prints its name beside its code",
    )


def _is_named(_: Page, field: Field, code: str) -> bool:
    return field.code == code and len(field.text or "") >= WHOLE_NAME


def _mates(of_unit: dict[tuple[str, str], list[Page]], seeds: Seeds) -> dict[tuple[str, str], set[str]]:
    """By ente and programme, the codes of its units: catalogued, or settled on some page."""
    mates: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in seeds.get("unidades.csv", ()):
        mates[row["ente_codigo"], row["programa_codigo"]].add(row["unidad_codigo"])
    for (ente, code), its_pages in of_unit.items():
        for page in its_pages:
            if page.programa and "unidad" not in page.open_facts:
                mates[ente, page.programa].add(code)
    return mates


def _is_whole(page: Page, field: Field, code: str, mates: dict[tuple[str, str], set[str]]) -> bool:
    """Whether a page prints code and name whole, and its ramo and programme, printed apart, agree with the code.

    A unit's code begins with its programme's, or, where it does not (Mexicali's 541xx under 511), as that of another
    unit of the programme.
    """
    ramo, programme = page.printed("ramo").code or "", page.programa or ""
    if not _is_named(page, field, code) or not ramo or not code.startswith(ramo) or not programme:
        return False
    of_others = mates.get((page.ente or "", programme), set()) - {code}
    return code[: len(programme)] in {programme} | {other[: len(programme)] for other in of_others}


def _names(of_code: dict[tuple[str, str], list[Page]], field_name: str) -> dict[str, dict[str, tuple[str, int]]]:
    """By ente and code the name that pages print beside it, and how many pages there are."""
    names: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for (ente, code), pages in of_code.items():
        said = best_name(page.printed(field_name).text for page in pages if page.printed(field_name).code == code)
        names[ente][code] = said, len(pages)
    return names


def _rarer(code: str, name: str, pages: Sequence[Page], names: dict[str, tuple[str, int]], most: int) -> str | None:
    """Why a code may be another's misread: one digit away, of its name, and that one stands on ``most`` pages or more.

    Two units may share a name (each direction has its Dirección): then both report in each quarter.
    """
    for other, (called, its_pages) in sorted(names.items()):
        if its_pages >= most and code_closeness(code, other) >= ONE_DIGIT and likeness(name, called) >= SAME_NAME:
            return f"may be {other} misread, which has its name on {its_pages} pages ({pages[0].place})"
    return None


def _misread(code: str, name: str, pages: Sequence[Page], known: dict[str, str]) -> str | None:
    """Why a code may be a misprint of a catalogued unit's: one digit away, with its name, and of one quarter only."""
    if len({page.corte for page in pages}) > 1:
        return None
    for other, called in sorted(known.items()):
        if code_closeness(code, other) >= ONE_DIGIT and likeness(name, called) >= SAME_NAME:
            return f"may be {other} misread, which has its name"
    return None
