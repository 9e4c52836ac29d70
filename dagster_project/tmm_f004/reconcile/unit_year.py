"""One (ente, unidad, ejercicio) over its reports: which action is which, and which readings count.

In here: the order of things. Not in here: which pages are in force (``reports``), how alike rows are
(``action_links``), what quarters cost side by side (``joint_choice``), what follows for a cell (``cell_verdict``),
reading rows (``read``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dagster_project.tmm_f004.model import ActionLink, ChosenReading, Estado, RowReading
from dagster_project.tmm_f004.reconcile import action_links as links
from dagster_project.tmm_f004.reconcile import joint_choice as joint
from dagster_project.tmm_f004.reconcile.candidates import Candidate, candidates_of, is_reliable
from dagster_project.tmm_f004.reconcile.cell_verdict import Neighbour, RowRef, alone, in_dispute, together
from dagster_project.tmm_f004.reconcile.renumbered import restated
from dagster_project.tmm_f004.reconcile.reports import (
    IN_FORCE,
    PageKey,
    PrintedBefore,
    Report,
    Standing,
    conflicts,
    settle_reports,
)

LINK_FIRST, LINK_TEXT, LINK_PLAN, LINK_MOVED = "primera_vez", "texto_y_orden", "plan_y_orden", "texto_sin_orden"
LINK_UNSURE, LINK_REPEATED, LINK_DISPUTED = "incierto", "repetido", "en_disputa"
"""The rules of a link: an action's first quarter; by text; without text, by plan and order; by the same words in
another place; not sure; printed again with the same figures, or with others."""

LINK_PERSON = "persona"
"""The rule of a link that a person decided."""

Key = tuple[str, int]
"""(extracto_id, linea): a printed row."""

Decided = Mapping[Key, Key | None]
"""Rows whose action a person named: the row it is the same action as, None for an action of its own."""


@dataclass(frozen=True, slots=True)
class _Row:
    extracto_id: str
    corte: str
    page: PageKey
    left_out: int
    read: RowReading
    candidates: tuple[Candidate, ...]

    @property
    def key(self) -> Key:
        return self.extracto_id, self.read.renglon.linea


@dataclass(slots=True)
class _Action:
    accion_id: str
    known: links.Known
    rows: list[_Row]


def reconcile(
    pages: Sequence[Report], decided: Decided | None = None
) -> tuple[list[ActionLink], list[ChosenReading], dict[PageKey, Standing]]:
    """Link the actions of one unit and year across its quarters and choose a reading for each row of its reports.

    ``pages`` are all form pages of the unit and year, corrections applied, in any order and from whatever files: the
    result does not depend on it. ``decided`` are the links that a person made. Pages that are not in force are passed
    over; the last of the three says what each page is. Rows come out by quarter, then by place in print.
    """
    standings = settle_reports(pages)
    prefix, by_corte = _by_corte([p for p in pages if standings[p.key].situacion in IN_FORCE])
    actions: list[_Action] = []
    made: list[ActionLink] = []
    said = _by_later(decided or {}, by_corte)
    for corte, rows in by_corte.items():
        made += _link(prefix, corte, rows, actions, said)
    chosen: dict[tuple[str, int], ChosenReading] = {}
    for elegida in _choose(actions):
        chosen[elegida.extracto_id, elegida.linea] = elegida
    ids = {(v.extracto_id, v.linea): v.accion_id for v in made}
    for row in (r for rows in by_corte.values() for r in rows):
        key = (row.extracto_id, row.read.renglon.linea)
        if key not in chosen:
            chosen[key] = alone(RowRef(ids[key], row.extracto_id, row.corte), row.read)
    for first, *others in _disputed(made):
        verdicts = [chosen[v.extracto_id, v.linea] for v in (first, *others)]
        chosen |= {(c.extracto_id, c.linea): in_dispute(c, verdicts) for c in verdicts}
    return made, [chosen[v.extracto_id, v.linea] for v in made], standings


def _disputed(made: Sequence[ActionLink]) -> list[list[ActionLink]]:
    """The rows of each action and quarter that pages in force state differently, the one that counts first."""
    groups: dict[tuple[str, str], list[ActionLink]] = defaultdict(list)
    for link in made:
        groups[link.accion_id, link.corte].append(link)
    return [rows for rows in groups.values() if any(v.regla == LINK_DISPUTED for v in rows)]


def _by_corte(reportes: Sequence[Report]) -> tuple[str, dict[str, list[_Row]]]:
    """The natural key's prefix, and the rows of each quarter in order of print."""
    pages = sorted(reportes, key=lambda r: (r.leido.formato.corte or "", _number(r), r.huella, r.key))
    by_corte: dict[str, list[_Row]] = {}
    prefix = ""
    for report in pages:
        form = report.leido.formato
        corte = str(form.corte)
        prefix = f"{form.ente.valor or '00000'}-{form.unidad.valor}"
        by_corte.setdefault(corte, []).extend(
            _Row(report.extracto_id, corte, report.key, report.leido.antes_del_plan, read, candidates_of(read))
            for read in report.leido.renglones
        )
    return prefix, by_corte


def _by_later(decided: Decided, by_corte: Mapping[str, Sequence[_Row]]) -> dict[Key, Key | None]:
    """Decided links from the later row to the earlier, whichever way round they were written."""
    corte_of = {row.key: corte for corte, rows in by_corte.items() for row in rows}
    said: dict[Key, Key | None] = {}
    for one, other in decided.items():
        if other is None or other not in corte_of or one not in corte_of:
            said[one] = None
        elif corte_of[one] != corte_of[other]:
            later, earlier = (one, other) if corte_of[one] > corte_of[other] else (other, one)
            said[later] = earlier
    return {key: earlier for key, earlier in said.items() if key in corte_of}


def _number(report: Report) -> int:
    """A page's first action number: pages of one report may come in any order; 0 where none is printed."""
    return next((r.renglon.accion for r in report.leido.renglones if r.renglon.accion is not None), 0)


def _link(
    prefix: str, corte: str, rows: Sequence[_Row], actions: list[_Action], said: Mapping[Key, Key | None]
) -> list[ActionLink]:
    """Give each row of a quarter its action; ``actions`` gains the new ones in their place and the linked rows."""
    seen = [links.known(r.read, r.left_out, r.candidates) for r in rows]
    again = _printed_again(rows)
    by_person = {j: _holding(actions, said[r.key]) for j, r in enumerate(rows) if r.key in said}
    taken = [a for a in by_person.values() if a is not None]
    before = [a for a in actions if not any(a is t for t in taken)]
    fresh = [j for j in range(len(rows)) if j not in again and j not in by_person]
    best = _best([a.known for a in before], [seen[j] for j in fresh])
    best = {fresh[later]: pair for later, pair in best.items()}
    found: list[ActionLink] = []
    place = 0
    for j, row in enumerate(rows):
        own = f"{prefix}-{corte}-{j + 1:03d}"
        pair = best.get(j)
        action = by_person.get(j) or (before[pair.earlier] if pair is not None and pair.is_sure else None)
        if j in again and j not in by_person:
            is_disputed = conflicts(rows[again[j]].read, row.read)
            rule = LINK_DISPUTED if is_disputed else LINK_REPEATED
            found.append(_action_link(found[again[j]].accion_id, row, rule, 1.0))
        elif action is not None:
            action.known = links.updated(action.known, seen[j])
            action.rows.append(row)
            place = next(k for k, a in enumerate(actions) if a is action) + 1
            rule = LINK_PERSON if j in by_person or pair is None else _rule(pair)
            found.append(_action_link(action.accion_id, row, rule, pair.probability if pair is not None else 1.0))
        elif pair is not None:
            # No guess: the row stands alone, and later quarters are compared with the action it may be.
            proposal = before[pair.earlier].accion_id
            found.append(_action_link(own, row, LINK_UNSURE, pair.probability, proposal))
        else:
            actions.insert(place, _Action(own, seen[j], [row]))
            place += 1
            found.append(_action_link(own, row, LINK_PERSON if j in by_person else LINK_FIRST, 1.0))
    return found


def _rule(pair: links.Pair) -> str:
    if not pair.in_order:
        return LINK_MOVED
    return LINK_TEXT if pair.has_text else LINK_PLAN


def _best(before: Sequence[links.Known], fresh: Sequence[links.Known]) -> dict[int, links.Pair]:
    """The likeliest link of each row by its place. What exchanged places is no link in order: where the order leaves
    both open, the same words and measure that no other row has are one."""
    best: dict[int, links.Pair] = {}
    for possible in links.pairs(before, fresh):
        best.setdefault(possible.later, possible)
    taken = {pair.earlier for pair in best.values() if pair.is_sure}
    for earlier, later in links.alone_in_words(before, fresh):
        if earlier not in taken and not (later in best and best[later].is_sure):
            best[later] = links.Pair(earlier, later, 1.0, links.LINK_ENOUGH, has_text=True, in_order=False)
    return best


def _holding(actions: Sequence[_Action], key: Key | None) -> _Action | None:
    return next((a for a in actions if any(r.key == key for r in a.rows)), None)


def _action_link(accion_id: str, row: _Row, rule: str, score: float, proposal: str | None = None) -> ActionLink:
    return ActionLink(accion_id, row.extracto_id, row.read.renglon.linea, row.corte, rule, round(score, 4), proposal)


def _printed_again(rows: Sequence[_Row]) -> dict[int, int]:
    """Rows of a quarter that another page of it prints before: their place, and the first print's."""
    again: dict[int, int] = {}
    pages: dict[PageKey, list[RowReading]] = defaultdict(list)
    for row in rows:
        pages[row.page].append(row.read)
    before = PrintedBefore[int](restated([*pages.items()]))
    for j, row in enumerate(rows):
        if match := before.match(row.read, row.page):
            again[j] = match[0]
        else:
            before.add(row.read, row.page, j)
    return again


def _choose(actions: Sequence[_Action]) -> list[ChosenReading]:
    """The joint choice for every doubtful row of an action with several quarters."""
    changes: dict[tuple[str, str], list[tuple[tuple[Candidate, ...], tuple[Candidate, ...], int]]] = defaultdict(list)
    for action in actions:
        for a, b in pairwise(_speaking(action)):
            first = joint.first_quarter(a.left_out, b.left_out)
            changes[a.corte, b.corte].append((a.candidates, b.candidates, first))
    habits = {pair: joint.habit(rows) for pair, rows in changes.items()}
    chosen: list[ChosenReading] = []
    for action in actions:
        rows = _speaking(action)
        if len(rows) > 1 and any(len(r.candidates) > 1 or not is_reliable(r.read) for r in rows):
            chosen += _choose_action(action.accion_id, rows, habits)
    return chosen


def _speaking(action: _Action) -> list[_Row]:
    """The rows of an action that may say something of one another."""
    return [r for r in action.rows if r.candidates]


def _choose_action(
    accion_id: str, rows: Sequence[_Row], habits: dict[tuple[str, str], joint.Habit]
) -> list[ChosenReading]:
    quarters = [joint.ActionQuarter(r.candidates, int(r.corte[-1]), r.left_out) for r in rows]
    between = [habits.get((a.corte, b.corte), joint.Habit()) for a, b in pairwise(rows)]
    regrets = joint.regrets(quarters, between)
    best = [
        min(zip(e, c.candidates, strict=True), key=lambda x: x[0])[1] for e, c in zip(regrets, quarters, strict=True)
    ]
    chosen = []
    for k, (row, quarter, regret) in enumerate(zip(rows, quarters, regrets, strict=True)):
        if len(quarter.candidates) == 1 and is_reliable(row.read):
            continue
        beside = [i for i in (k - 1, k + 1) if 0 <= i < len(rows)]
        near = [_neighbour(rows, quarters, best, i, k, between[min(i, k)]) for i in beside]
        chosen.append(together(RowRef(accion_id, row.extracto_id, row.corte), row.read, quarter, regret, near))
    return chosen


def _neighbour(
    rows: Sequence[_Row],
    quarters: Sequence[joint.ActionQuarter],
    best: Sequence[Candidate],
    i: int,
    k: int,
    unit: joint.Habit,
) -> Neighbour:
    """What quarter ``i`` of an action may say of its quarter ``k``."""
    is_alone = False
    for j, row in enumerate(rows):
        first = joint.first_quarter(row.left_out, rows[i].left_out)
        if j not in (i, k) and row.read.estado != Estado.DUDOSA and best[j].plan[first:] != best[i].plan[first:]:
            is_alone = True
    first = joint.first_quarter(rows[i].left_out, rows[k].left_out)
    return Neighbour(rows[i].corte, quarters[i], rows[i].read, best[i], first, unit, is_alone)
