"""One (ente, unidad, ejercicio) over its vigente reportes: which action is which, and which readings count.

In here: the order of things. Not in here: how alike rows are (``links``), what cuts cost side by side
(``joint``), what follows for a cell (``verdict``), reading rows (``read``), which reporte is vigente.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from dagster_project.tmm_f004.model import Elegida, Estado, Formato, FormatoLeido, RenglonLeido, Vinculo
from dagster_project.tmm_f004.reconcile import action_links as links
from dagster_project.tmm_f004.reconcile import joint_choice as joint
from dagster_project.tmm_f004.reconcile.candidates import Option, is_reliable, options
from dagster_project.tmm_f004.reconcile.cell_verdict import Neighbour, Place, alone, together

FIRST, TEXT, PLAN, UNSURE, REPEATED = "primera_vez", "texto_y_orden", "plan_y_orden", "incierto", "repetido"
"""The rules of a link: an action's first cut; by text; without text, by plan and order; not sure; printed again."""

PERSON = "persona"
"""The rule of a link that a person decided."""

Key = tuple[str, int]
"""(extracto_id, linea): a printed row."""

Decided = Mapping[Key, Key | None]
"""Rows whose action a person named: the row it is the same action as, None for an action of its own."""

SAME_TEXT = 95.0
"""Two rows of one cut with one number and texts this alike (0..100), on two pages, are one row printed twice."""


@dataclass(frozen=True, slots=True)
class Reporte:
    """A form page of a vigente reporte, with the extract it stands in."""

    extracto_id: str
    leido: FormatoLeido


@dataclass(frozen=True, slots=True)
class _Row:
    extracto_id: str
    corte: str
    page: int
    plan_name: str | None
    read: RenglonLeido
    options: tuple[Option, ...]
    is_certain: bool
    """Whether it is known whose page it is; of one that is not, the row says nothing of other cuts."""

    @property
    def key(self) -> Key:
        return self.extracto_id, self.read.renglon.linea


@dataclass(slots=True)
class _Action:
    accion_id: str
    known: links.Known
    rows: list[_Row]


def reconcile(reportes: Sequence[Reporte], decided: Decided | None = None) -> tuple[list[Vinculo], list[Elegida]]:
    """Link the actions of one unit and year across its cuts and choose a reading for each row.

    ``reportes`` are the form pages of the vigente reportes, corrections applied, in any order: the
    result does not depend on it. ``decided`` are the links that a person made. Pages without a
    settled unit or cut are passed over. Rows come out by cut, then by place in print.
    """
    prefix, cuts = _cuts(reportes)
    actions: list[_Action] = []
    made: list[Vinculo] = []
    said = _by_later(decided or {}, cuts)
    for corte, rows in cuts.items():
        made += _link(prefix, corte, rows, actions, said)
    chosen: dict[tuple[str, int], Elegida] = {}
    for elegida in _choose(actions):
        chosen[elegida.extracto_id, elegida.linea] = elegida
    ids = {(v.extracto_id, v.linea): v.accion_id for v in made}
    for row in (r for rows in cuts.values() for r in rows):
        key = (row.extracto_id, row.read.renglon.linea)
        if key not in chosen:
            chosen[key] = alone(Place(ids[key], row.extracto_id, row.corte), row.read)
    return made, [chosen[v.extracto_id, v.linea] for v in made]


def _cuts(reportes: Sequence[Reporte]) -> tuple[str, dict[str, list[_Row]]]:
    """The natural key's prefix, and the rows of each cut in order of print."""
    pages = [r for r in reportes if r.leido.formato.corte is not None and r.leido.formato.unidad.valor is not None]
    pages.sort(key=lambda r: (r.leido.formato.corte or "", r.extracto_id, _number(r), r.leido.formato.formato))
    cuts: dict[str, list[_Row]] = {}
    prefix = ""
    for report in pages:
        form = report.leido.formato
        corte = str(form.corte)
        prefix = f"{form.ente.valor or '00000'}-{form.unidad.valor}"
        cuts.setdefault(corte, []).extend(
            _Row(report.extracto_id, corte, form.formato, form.plan.valor, read, options(read), _is_certain(form))
            for read in report.leido.renglones
        )
    return prefix, cuts


def _is_certain(form: Formato) -> bool:
    return Estado.DUDOSA not in (form.ente.estado, form.unidad.estado, form.anio.estado, form.trimestre.estado)


def _by_later(decided: Decided, cuts: Mapping[str, Sequence[_Row]]) -> dict[Key, Key | None]:
    """Decided links from the later row to the earlier, whichever way round they were written."""
    cut_of = {row.key: corte for corte, rows in cuts.items() for row in rows}
    said: dict[Key, Key | None] = {}
    for one, other in decided.items():
        if other is None or other not in cut_of or one not in cut_of:
            said[one] = None
        elif cut_of[one] != cut_of[other]:
            later, earlier = (one, other) if cut_of[one] > cut_of[other] else (other, one)
            said[later] = earlier
    return {key: earlier for key, earlier in said.items() if key in cut_of}


def _number(report: Reporte) -> int:
    """A page's first action number: pages of one report may come in any order; 0 where none is printed."""
    return next((r.renglon.accion for r in report.leido.renglones if r.renglon.accion is not None), 0)


def _link(
    prefix: str, corte: str, rows: Sequence[_Row], actions: list[_Action], said: Mapping[Key, Key | None]
) -> list[Vinculo]:
    """Give each row of a cut its action; ``actions`` gains the new ones in their place and the linked rows."""
    seen = [links.known(r.read, r.plan_name, r.options) for r in rows]
    again = _printed_again(rows, seen)
    by_person = {j: _holding(actions, said[r.key]) for j, r in enumerate(rows) if r.key in said}
    taken = [a for a in by_person.values() if a is not None]
    before = [a for a in actions if not any(a is t for t in taken)]
    fresh = [j for j in range(len(rows)) if j not in again and j not in by_person]
    best: dict[int, links.Pair] = {}
    for possible in links.pairs([a.known for a in before], [seen[j] for j in fresh]):
        best.setdefault(fresh[possible.later], possible)
    found: list[Vinculo] = []
    place = 0
    for j, row in enumerate(rows):
        own = f"{prefix}-{corte}-{j + 1:03d}"
        pair = best.get(j)
        sure = pair is not None and pair.probability >= links.SURE and pair.nats >= links.ENOUGH
        action = by_person.get(j) or (before[pair.earlier] if pair is not None and sure else None)
        if j in again and j not in by_person:
            found.append(_vinculo(found[again[j]].accion_id, row, REPEATED, 1.0))
        elif action is not None:
            action.known = links.updated(action.known, seen[j])
            action.rows.append(row)
            place = next(k for k, a in enumerate(actions) if a is action) + 1
            rule = PERSON if j in by_person else TEXT if pair is not None and pair.has_text else PLAN
            found.append(_vinculo(action.accion_id, row, rule, pair.probability if pair is not None else 1.0))
        elif pair is not None:
            # No guess: the row stands alone, and later cuts are compared with the action it may be.
            proposal = before[pair.earlier].accion_id
            found.append(_vinculo(own, row, UNSURE, pair.probability, proposal))
        else:
            actions.insert(place, _Action(own, seen[j], [row]))
            place += 1
            found.append(_vinculo(own, row, PERSON if j in by_person else FIRST, 1.0))
    return found


def _holding(actions: Sequence[_Action], key: Key | None) -> _Action | None:
    return next((a for a in actions if any(r.key == key for r in a.rows)), None)


def _vinculo(accion_id: str, row: _Row, rule: str, score: float, proposal: str | None = None) -> Vinculo:
    return Vinculo(accion_id, row.extracto_id, row.read.renglon.linea, row.corte, rule, round(score, 4), proposal)


def _printed_again(rows: Sequence[_Row], seen: Sequence[links.Known]) -> dict[int, int]:
    """Rows of a cut that an earlier page of it printed before: their place, and the first print's."""
    again: dict[int, int] = {}
    first: dict[int, int] = {}
    for j, (row, known) in enumerate(zip(rows, seen, strict=True)):
        if known.number is None or row.read.renglon.accion_inferida:
            continue
        i = first.setdefault(known.number, j)
        other = (rows[i].extracto_id, rows[i].page) != (row.extracto_id, row.page)
        if i != j and other and known.text and fuzz.ratio(known.text, seen[i].text) >= SAME_TEXT:
            again[j] = i
    return again


def _choose(actions: Sequence[_Action]) -> list[Elegida]:
    """The joint choice for every doubtful row of an action with several cuts."""
    changes: dict[tuple[str, str], list[tuple[tuple[Option, ...], tuple[Option, ...], int]]] = defaultdict(list)
    for action in actions:
        for a, b in pairwise(_speaking(action)):
            first = joint.first_quarter(a.plan_name, b.plan_name)
            changes[a.corte, b.corte].append((a.options, b.options, first))
    habits = {pair: joint.habit(rows) for pair, rows in changes.items()}
    chosen: list[Elegida] = []
    for action in actions:
        rows = _speaking(action)
        if len(rows) > 1 and any(len(r.options) > 1 or not is_reliable(r.read) for r in rows):
            chosen += _choose_action(action.accion_id, rows, habits)
    return chosen


def _speaking(action: _Action) -> list[_Row]:
    """The rows of an action that may say something of one another."""
    return [r for r in action.rows if r.options and r.is_certain]


def _choose_action(accion_id: str, rows: Sequence[_Row], habits: dict[tuple[str, str], joint.Habit]) -> list[Elegida]:
    cuts = [joint.Cut(r.options, int(r.corte[-1]), r.plan_name) for r in rows]
    between = [habits.get((a.corte, b.corte), joint.Habit()) for a, b in pairwise(rows)]
    excesses = joint.excesses(cuts, between)
    best = [min(zip(e, c.options, strict=True), key=lambda x: x[0])[1] for e, c in zip(excesses, cuts, strict=True)]
    chosen = []
    for k, (row, cut, excess) in enumerate(zip(rows, cuts, excesses, strict=True)):
        if len(cut.options) == 1 and is_reliable(row.read):
            continue
        beside = [i for i in (k - 1, k + 1) if 0 <= i < len(rows)]
        near = [_neighbour(rows, cuts, best, i, k, between[min(i, k)]) for i in beside]
        chosen.append(together(Place(accion_id, row.extracto_id, row.corte), row.read, cut, excess, near))
    return chosen


def _neighbour(
    rows: Sequence[_Row], cuts: Sequence[joint.Cut], best: Sequence[Option], i: int, k: int, unit: joint.Habit
) -> Neighbour:
    """What cut ``i`` of an action may say of its cut ``k``."""
    is_alone = False
    for j, row in enumerate(rows):
        first = joint.first_quarter(row.plan_name, rows[i].plan_name)
        if j not in (i, k) and row.read.estado != Estado.DUDOSA and best[j].plan[first:] != best[i].plan[first:]:
            is_alone = True
    first = joint.first_quarter(rows[i].plan_name, rows[k].plan_name)
    return Neighbour(rows[i].corte, cuts[i], rows[i].read, best[i], first, unit, is_alone)
