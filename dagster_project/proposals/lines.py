"""Líneas de acción that pages name and the catalogue of their plan lacks. Not in here: which plan a page is under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dagster_project.proposals.names import best_name
from dagster_project.proposals.plans import covering
from dagster_project.proposals.proposal import Proposal, Seeds, evidence_of
from dagster_project.proposals.seen import Field, Page
from dagster_project.tmm_f004.text.fold import folded, likeness

ALIKE = 0.75
"""From this likeness on two prints are one name (as in ``settle.programme``)."""


def propose_lines(pages: Sequence[Page], seeds: Seeds, plans: Sequence[Mapping[str, str]]) -> Iterator[Proposal]:
    """A line of ``lineas_accion.csv`` for each línea, where that file exists; ``plans``: catalogued and proposed.

    Only of pages that one plan covers: the same code is another línea in another plan (docs/form.md, fact 5). The
    catalogue's name beats every print, so two pages must print it alike: "NIROS Y JOYENES" stands on a page whose
    table is whole.
    """
    if "lineas_accion.csv" not in seeds:
        return
    known = {(row["ente_codigo"], row["plan"], row["codigo"]) for row in seeds["lineas_accion.csv"]}
    printed: dict[tuple[str, str, str], list[tuple[Field, Page]]] = defaultdict(list)
    for page in pages:
        if not page.ente or not page.corte or page.open_facts & {"ente", "ejercicio", "trimestre"}:
            continue
        in_force = covering(page.ente, page.corte, plans)
        for line in page.of("linea_accion") if len(in_force) == 1 else ():
            if line.value and folded(line.text or ""):
                printed[page.ente, in_force[0], line.value].append((line, page))
    for key, said in sorted(printed.items()):
        if key in known:
            continue
        ente, plan, code = key
        name = best_name(line.text for line, _ in said)
        its_pages = list({page.place: page for _, page in said}.values())
        alike = {page.place for line, page in said if line.code == code and folded(line.text or "") == folded(name)}
        others = sorted({str(line.text) for line, _ in said if likeness(str(line.text), name) < ALIKE})
        doubt = None if len(alike) > 1 else "no two pages print its name alike"
        if others:
            doubt = f"is printed with other names too: {', '.join(others)}"
        first, last = its_pages[0].corte, its_pages[-1].corte
        values = {
            "ente_codigo": ente,
            "plan": plan,
            "codigo": code,
            "nombre": name,
            "eje": _eje(its_pages, code),
            "fuente": f"Formatos TMM-F004, {first}" + (f" a {last}" if last != first else ""),
        }
        yield Proposal("lineas_accion.csv", values, evidence_of(its_pages), doubt)


def _eje(pages: Sequence[Page], code: str) -> str:
    """The name of the eje with whose number a línea's code begins, where two pages print it alike; else ''."""
    said = [eje.text for page in pages for eje in page.of("eje") if eje.text and eje.value == code.split(".")[0]]
    name = best_name(said)
    return name if sum(folded(text) == folded(name) for text in said) > 1 else ""
