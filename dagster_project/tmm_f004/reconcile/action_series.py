"""Which action of an ejercicio is which action of an earlier one: the series of a unit's actions over the years.

In here: what an action is known by from year to year, the links of one year with those before, and the series that
they make: a function of the set of actions, not of when a year was loaded. Not in here: the quarters of one year
(``unit_year``), and how alike two actions are (``action_links``).

Goals are planned anew each year and say nothing here. Text, measure, línea, order and, weakly, the number do; figures
of two measures are no series, so a link wants the same measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dagster_project.tmm_f004.reconcile import action_links as links
from dagster_project.tmm_f004.reconcile.unit_year import LINK_FIRST, LINK_MOVED, LINK_PERSON, LINK_TEXT, LINK_UNSURE

LINE_SHARED, LINE_OTHER = 1.0, -1.0
"""Nats for a línea in common, and against where both name líneas of one plan and share none: a programme is filed
anew now and then, and its unit has other actions on the same línea."""

SAME_WORDS, OTHER_WORDS = 0.96, 0.88
"""Out of order, only words that are the same but for misreadings speak, and no rival may come near (``TEXT_LIKE``)."""

Decided = Mapping[str, str | None]
"""Actions of which a person named the earlier one that they are, by ``accion_id``; None: it begins a series."""


@dataclass(frozen=True, slots=True)
class YearAction:
    """An action as its year leaves it: folded text and measure, number, líneas as (plan, código).

    ``propuesta`` is the action of the same year that a row may be which stands alone for want of evidence.
    """

    accion_id: str
    ejercicio: int
    texto: str
    medida: str
    numero: int | None = None
    lineas: frozenset[tuple[str, str]] = frozenset()
    propuesta: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The last action so far of a series; ``serie_id`` is the ``accion_id`` of its first."""

    action: YearAction
    serie_id: str


@dataclass(frozen=True, slots=True)
class SeriesLink:
    """What an action continues (``raw.series``): ``anterior`` None where it begins its series.

    ``propuesta`` is what it may continue where that is not sure (rule ``incierto``); ``puntaje`` 0 to 1.
    """

    accion_id: str
    ejercicio: int
    serie_id: str
    anterior: str | None
    regla: str
    puntaje: float
    propuesta: str | None = None


def link_years(
    heads: Sequence[Head], years: Mapping[int, Sequence[YearAction]], said: Decided | None = None
) -> list[SeriesLink]:
    """Link the actions of one unit, each year's in order of print, to the series that stand before them.

    ``heads`` are the series of the years before these, the latest year's in order of print; none for all years at once.
    Comes out by year, in the order given. An action is linked once and continued once.
    """
    standing = list(heads)
    made: list[SeriesLink] = []
    for _, actions in sorted(years.items()):
        latest = max((h.action.ejercicio for h in standing), default=0)
        before = [h for h in standing if h.action.ejercicio == latest]
        paused = [h for h in standing if h.action.ejercicio != latest]
        found = _link(before, paused, actions, said or {}, made)
        continued = {link.anterior for link in found}
        fragments = {a.accion_id for a in actions if a.propuesta}
        standing = [h for h in standing if h.action.accion_id not in continued]
        standing += [
            Head(a, link.serie_id)
            for a, link in zip(actions, found, strict=True)
            if a.accion_id not in fragments or link.regla == LINK_PERSON
        ]
        made += found
    return made


def _link(
    before: Sequence[Head],
    paused: Sequence[Head],
    actions: Sequence[YearAction],
    said: Decided,
    made: Sequence[SeriesLink],
) -> list[SeriesLink]:
    """The links of one year, one an action."""
    found = _by_person((*before, *paused), actions, said, made)
    for action in actions:
        if action.propuesta and action.accion_id not in found:
            found[action.accion_id] = _alone(action, LINK_UNSURE, 0.0, action.propuesta)
    before = _free(before, found)
    fresh = [a for a in actions if a.accion_id not in found]
    pairs = _pairs(before, fresh)
    for pair in pairs:
        head, action = before[pair.earlier], fresh[pair.later]
        if pair.is_sure and _comparable(head.action, action):
            found[action.accion_id] = _continues(head, action, LINK_TEXT, pair.probability)
    left = [a for a in fresh if a.accion_id not in found]
    for head, action, score in _same_words((*_free(before, found), *_free(paused, found)), left, fresh):
        found[action.accion_id] = _continues(head, action, LINK_MOVED, score)
    best: dict[str, SeriesLink] = {}
    for pair in pairs:  # the likeliest first
        head, action = before[pair.earlier], fresh[pair.later]
        if pair.nats >= 0:  # what speaks against more than for it is no doubt: the action is new
            doubt = _alone(action, LINK_UNSURE, pair.probability, head.action.accion_id)
            best.setdefault(action.accion_id, doubt)
    return [found.get(a.accion_id) or best.get(a.accion_id) or _alone(a, LINK_FIRST, 1.0) for a in actions]


def _by_person(
    heads: Sequence[Head], actions: Sequence[YearAction], said: Decided, made: Sequence[SeriesLink]
) -> dict[str, SeriesLink]:
    """The links that a person made: with the series that the named action is of, whichever of it was named."""
    series = {link.accion_id: link.serie_id for link in made}
    found: dict[str, SeriesLink] = {}
    for action in actions:
        if action.accion_id not in said:
            continue
        named = said[action.accion_id]
        serie = series.get(named or "", named)
        head = next((h for h in _free(heads, found) if serie in (h.serie_id, h.action.accion_id)), None)
        if named is None:
            found[action.accion_id] = _alone(action, LINK_PERSON, 1.0)
        elif head is not None:
            found[action.accion_id] = _continues(head, action, LINK_PERSON, 1.0)
    return found


def _free(heads: Sequence[Head], found: Mapping[str, SeriesLink]) -> list[Head]:
    taken = {link.anterior for link in found.values()}
    return [h for h in heads if h.action.accion_id not in taken]


def _pairs(heads: Sequence[Head], actions: Sequence[YearAction]) -> list[links.Pair]:
    """The possible links in order of print, likeliest first for each action."""
    earlier, later = [h.action for h in heads], list(actions)
    return links.pairs([_known(a) for a in earlier], [_known(a) for a in later], _of_lines(earlier, later))


def _known(action: YearAction) -> links.Known:
    return links.Known(action.texto, action.medida, action.numero, ())


def _of_lines(earlier: Sequence[YearAction], later: Sequence[YearAction]) -> np.ndarray:
    nats = np.zeros((len(earlier), len(later)))
    for i, one in enumerate(earlier):
        for j, other in enumerate(later):
            if one.lineas & other.lineas:
                nats[i, j] = LINE_SHARED
            elif {plan for plan, _ in one.lineas} & {plan for plan, _ in other.lineas}:
                nats[i, j] = LINE_OTHER
    return nats


def _comparable(one: YearAction, other: YearAction) -> bool:
    """Whether figures of both would be of one measure, and words or else a línea show that they are the same action."""
    if one.texto and other.texto:
        return links.same_measure(one.medida, other.medida)
    named = one.medida and other.medida and one.lineas & other.lineas
    return bool(named) and links.same_measure(one.medida, other.medida)


def _same_words(
    heads: Sequence[Head], left: Sequence[YearAction], year: Sequence[YearAction]
) -> list[tuple[Head, YearAction, float]]:
    """The links out of order: the same words, and no other action on either side that comes near them."""
    if not heads or not left:
        return []
    ones = [h.action.texto for h in heads]
    like = links.likeness(ones, [a.texto for a in year])
    found = []
    for j, action in enumerate(year):
        if action not in left or not action.texto:
            continue
        i = int(like[:, j].argmax())
        near = np.count_nonzero(like[:, j] >= OTHER_WORDS) + np.count_nonzero(like[i] >= OTHER_WORDS)
        if like[i, j] >= SAME_WORDS and near == 2 and _comparable(heads[i].action, action):
            found.append((heads[i], action, float(like[i, j])))
    return found


def _continues(head: Head, action: YearAction, rule: str, score: float) -> SeriesLink:
    return SeriesLink(action.accion_id, action.ejercicio, head.serie_id, head.action.accion_id, rule, round(score, 4))


def _alone(action: YearAction, rule: str, score: float, proposal: str | None = None) -> SeriesLink:
    return SeriesLink(action.accion_id, action.ejercicio, action.accion_id, None, rule, round(score, 4), proposal)
