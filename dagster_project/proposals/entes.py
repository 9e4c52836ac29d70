"""Municipalities that titles name and ``entes.csv`` lacks. Not in here: whose a page is (``settle.municipality``)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dagster_project.proposals.names import best_name
from dagster_project.proposals.proposal import Proposal, Seeds, evidence_of
from dagster_project.proposals.seen import Page
from dagster_project.tmm_f004.text.fold import folded, plain

KEY = "CLAVE"
"""Stands for the INEGI key, which no form prints: a person must look it up."""

_NAMED = re.compile(r"\b(?:AYUNTAMIENTO|MUNICIPIO|GOBIERNO MUNICIPAL)(?: CONSTITUCIONAL)? DE ([A-Z .]+?)(?:, *(.+)|$)")


def propose_entes(pages: Sequence[Page], seeds: Seeds) -> Iterator[Proposal]:
    """A line of ``entes.csv`` that a person completes, for each municipality that titles of nobody's pages name."""
    known = {folded(row["ente_nombre"]) for row in seeds.get("entes.csv", ())}
    named: dict[str, list[tuple[str, str, Page]]] = defaultdict(list)
    for page in pages:
        if "ente" in page.open_facts or page.ente is None:
            for title in page.of("titulo"):
                if (found := _named(title.text or "")) and folded(found[0]) not in known:
                    named[folded(found[0])].append((*found, page))
                    break
    for _, said in sorted(named.items()):
        values = {
            "ente_codigo": KEY,
            "ente_nombre": best_name(name for name, _, _ in said),
            "entidad_federativa": best_name(state for _, state, _ in said),
        }
        doubt = "put the municipality's key of the INEGI catalogue (five digits) in the place of CLAVE"
        yield Proposal("entes.csv", values, evidence_of([page for *_, page in said]), doubt)


def _named(title: str) -> tuple[str, str] | None:
    """The municipality and the state that a title names, with its accents where they stand for one letter each."""
    printed, comparable = " ".join(title.upper().split()), plain(title)
    if not (found := _NAMED.search(comparable)):
        return None
    text = printed if len(printed) == len(comparable) else comparable
    return text[slice(*found.span(1))], text[slice(*found.span(2))] if found[2] else ""
