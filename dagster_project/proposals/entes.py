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
                if (found := _NAMED.search(plain(title.text or ""))) and folded(found[1]) not in known:
                    named[folded(found[1])].append((found[1], found[2] or "", page))
                    break
    for name, said in sorted(named.items()):
        values = {
            "ente_codigo": KEY,
            "ente_nombre": best_name([name]),
            "entidad_federativa": best_name(state for _, state, _ in said),
        }
        doubt = "put the municipality's key of the INEGI catalogue (five digits) in the place of CLAVE"
        yield Proposal("entes.csv", values, evidence_of([page for *_, page in said]), doubt)
