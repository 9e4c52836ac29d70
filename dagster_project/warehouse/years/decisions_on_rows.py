"""Which stored rows and pages people's decisions speak of.

Belongs here: finding printed lines and pages by their hash while a year is loaded. Does not belong here: what a
decision does (``tmm_f004.reconcile``) and the files (``reference.decisions``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import duckdb

from dagster_project.tmm_f004.decisions import ContradictedDecisionError, Correction, DecidedLink, Decisions
from dagster_project.tmm_f004.model import ActionRow, FormRead
from dagster_project.tmm_f004.reconcile.corrections import corrected
from dagster_project.tmm_f004.reconcile.reports import IN_FORCE
from dagster_project.tmm_f004.settle.pool import PlacedPage
from dagster_project.tmm_f004.text.fold import folded

Key = tuple[str, int]
"""(extracto_id, linea)."""


class Decided:
    """The decisions on the rows of a year, met one form page after another."""

    def __init__(self, decisions: Decisions) -> None:
        self.figures: dict[str, list[Correction]] = defaultdict(list)
        for c in decisions.correcciones:
            self.figures[c.huella].append(c)
        self.links = decisions.vinculos
        self.wanted = decisions.line_hashes
        self.rows: dict[str, list[tuple[Key, ActionRow]]] = defaultdict(list)

    def corrected(self, leido: FormRead, extracto_id: str) -> FormRead:
        """The page with its decided figures; remembers the rows that decided links speak of.

        Raises:
            ContradictedDecisionError: a decision names a printed value that is not printed there.
        """
        if not self.wanted.intersection(row.huella for row in leido.formato.renglones):
            return leido
        rows = []
        for row in leido.renglones:
            huella = row.renglon.huella
            self.rows[huella].append(((extracto_id, row.renglon.linea), row.renglon))
            rows.append(corrected(row, self.figures.get(huella, [])))
        return replace(leido, renglones=tuple(rows))

    def links_among(self, keys: set[Key]) -> dict[Key, Key | None]:
        """The decided links between rows of one unit; the row it is one action with, None for one of its own.

        Raises:
            ContradictedDecisionError: a decision names a piece of text that is not printed there.
        """
        said: dict[Key, Key | None] = {}
        for link in self.links:
            ones = self._here(link.huella, link.impreso, link, keys)
            others = self._here(link.con_huella, link.con_impreso, link, keys)
            for one in ones:
                if link.con_huella is None:
                    said[one] = None
                elif others:
                    said[one] = others[0]
        return said

    def _here(self, huella: str | None, piece: str, link: DecidedLink, keys: set[Key]) -> list[Key]:
        found = [(key, row) for key, row in self.rows.get(huella or "", []) if key in keys]
        for (_, line), row in found:
            number = "" if row.accion is None else str(row.accion)
            if piece and piece != number and piece not in row.descripcion:
                raise ContradictedDecisionError(
                    f"{link.origen}: line {line} is said to print {piece!r}, but it prints {number} "
                    f"{row.descripcion!r}. Correct the line's hash or the text, or remove the decision."
                )
        return [key for key, _ in found]


def check_printed(pages: Iterable[PlacedPage], decisions: Decisions) -> None:
    """Refuse a decision on a page that does not print what it says.

    Raises:
        ContradictedDecisionError: naming the decision, the page and what its title and header print.
    """
    by_hash = {page.printed.huella: page for page in pages}
    for decision in decisions.paginas:
        page = by_hash.get(decision.huella)
        if page is None or not decision.impreso:
            continue
        printed = [
            " ".join(filter(None, (c.codigo_impreso, c.texto_impreso)))
            for c in page.printed.campos
            if c.campo != "firma"
        ]
        if not any(folded(decision.impreso) in folded(text) for text in printed):
            raise ContradictedDecisionError(
                f"{decision.origen}: the page from line {page.printed.linea_inicio} is said to print "
                f"{decision.impreso!r}, but its title and header print {' | '.join(printed)[:400]}. Correct the page's "
                "hash or what is printed, or remove the decision."
            )


def rows_decided(con: duckdb.DuckDBPyConnection, decisions: Decisions) -> dict[str, int]:
    """On how many rows that count each decision acts, by its file and line."""
    if decisions == Decisions():
        return {}
    of_row = dict(
        con.execute(
            "select r.huella, count(*) from raw.renglones r join raw.formatos f using (extracto_id, formato) "
            "where f.situacion in (select unnest(?)) group by all",
            [list(IN_FORCE)],
        ).fetchall()
    )
    of_page = dict(con.execute("select huella, sum(renglones)::integer from raw.formatos group by all").fetchall())
    return {
        **{c.origen: of_row.get(c.huella, 0) for c in decisions.correcciones},
        **{v.origen: of_row.get(v.huella, 0) for v in decisions.vinculos},
        **{p.origen: of_page.get(p.huella, 0) for p in decisions.paginas},
    }


def decisions_on(con: duckdb.DuckDBPyConnection, extracts: set[str], decisions: Decisions) -> list[str]:
    """The decisions that speak of a line or page of these extracts, as text, for the year's fingerprint."""
    if not decisions.line_hashes and not decisions.paginas:
        return []
    found = con.execute(
        "select distinct left(sha256(texto), 16) from raw.lineas "
        "where extracto_id in (select unnest(?::varchar[])) "
        "and left(sha256(texto), 16) in (select unnest(?::varchar[])) "
        "union select huella from raw.paginas where extracto_id in (select unnest(?::varchar[]))",
        [sorted(extracts), sorted(decisions.line_hashes), sorted(extracts)],
    ).fetchall()
    about = decisions.about({huella for (huella,) in found})
    figures = [repr(replace(c, origen="")) for c in about.correcciones]
    pages = [repr(replace(p, origen="")) for p in about.paginas]
    return sorted(figures + pages + [repr(replace(v, origen="")) for v in about.vinculos])
