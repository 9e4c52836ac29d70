"""Unidades de medida that the catalogue lacks, and which of them look like ratios.

Of a ratio the quarters do not add up (docs/form.md): taken for additive it gives figures that are wrong and look sure,
so what begins like one, or repeats its goal in each quarter, is proposed as one, to be checked. Not in here: what the
reader makes of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Hamming

from dagster_project.proposals.names import sentence_case
from dagster_project.proposals.proposal import Proposal, Seeds, alone_and_damaged, evidence_of
from dagster_project.proposals.seen import Page, most_common
from dagster_project.tmm_f004.catalogs import is_called_ratio
from dagster_project.tmm_f004.text.fold import likeness, plain

MISPRINT = 0.85
"""From this likeness to a known measure on, a measure of damaged pages may be that one."""


def propose_measures(pages: Sequence[Page], seeds: Seeds) -> Iterator[Proposal]:
    """A line of ``unidades_medida.csv`` for each measure; a plural is an alias where its singular is printed too."""
    known = _known(seeds)
    printed: dict[str, list[tuple[str, Page]]] = defaultdict(list)
    for page in pages:
        for measure in page.measures:
            if (name := plain(measure)) and name not in known:
                printed[name].append((measure, page))
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(printed):
        groups[next((one for one in _singulars(name) if one in printed), name)].append(name)
    for name, spellings in sorted(groups.items()):
        said = [measure for spelling in spellings for measure, _ in printed[spelling]]
        of_place = {page.place: page for spelling in spellings for _, page in printed[spelling]}
        its_pages = sorted(of_place.values(), key=lambda page: (page.corte or "", page.place))
        by_name = is_called_ratio(name)
        by_figures = 3 * sum(not set(said).isdisjoint(page.repeated_goals) for page in its_pages) > len(its_pages)
        # Spelt as most pages do, capitals last: OCR and people lose accents and case, nobody adds them.
        written = most_common(m for m in said if plain(m) == name and m != m.upper()) or sentence_case(
            most_common(m for m in said if plain(m) == name) or name
        )
        aliases = [spelling for spelling in spellings if spelling != name]
        values = {
            "unidad_medida_nombre": written,
            "es_razon": "true" if by_name or by_figures else "false",
            "alias": "|".join(aliases),
        }
        damaged = [page for page in its_pages if page.table_damaged]
        near = max(known, key=lambda other: likeness(name, other), default="")
        more = [other for other, found in printed.items() if len(found) > len(its_pages) and other not in spellings]
        doubt = alone_and_damaged(its_pages, damaged)
        if len(damaged) == len(its_pages) and near and likeness(name, near) >= MISPRINT:
            doubt = f"may be {near} misread: it stands on damaged pages only"
        elif twin := _one_letter_away(name, its_pages, [*sorted(known), *sorted(more)]):
            doubt = f"may be {twin} misread: one letter parts them, and it stands in one quarter only"
        why = "by its name" if by_name else "by its figures: each quarter repeats the goal" if by_figures else None
        check = f"a ratio {why}, so its quarters do not add up: check" if why else None
        yield Proposal("unidades_medida.csv", values, evidence_of(its_pages, _spelt(said)), doubt, check)


def _one_letter_away(name: str, pages: Sequence[Page], others: Sequence[str]) -> str | None:
    """The first of other measures that one misread letter makes of this one, where pages of one quarter print it."""
    if len({page.corte for page in pages}) > 1:
        return None
    alike = (other for other in others if len(other) == len(name) and Hamming.distance(name, other) == 1)
    return next(alike, None)


def _known(seeds: Seeds) -> set[str]:
    rows = seeds.get("unidades_medida.csv", ())
    return {plain(name) for row in rows for name in (row["unidad_medida_nombre"], *row["alias"].split("|")) if name}


def _singulars(name: str) -> list[str]:
    """What a folded name may be the plural of, by its endings."""
    words = name.split()
    shorter = [[w.removesuffix(end) if len(w) > 3 else w for w in words] for end in ("ES", "S")]
    mixed = [w.removesuffix("ES") if w.endswith(("NES", "RES", "LES", "DES")) else w.removesuffix("S") for w in words]
    return [one for one in dict.fromkeys(" ".join(s) for s in (mixed, *shorter)) if one != name]


def _spelt(said: Sequence[str]) -> str:
    return "prints " + ", ".join(f'"{measure}"' for measure in sorted(set(said)))
