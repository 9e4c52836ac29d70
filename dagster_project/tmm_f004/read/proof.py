"""Whether a reading's print bears it out: something beside the one sum that a figure was computed from.

In here: what proves a figure that was changed or filled in, and a ratio, whose sums prove nothing
(docs/form.md, facts 7 and 9). Not in here: what a reading costs (``completion``), nor the verdict (``form``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster_project.tmm_f004.model import DUDOSA, REPARADA, Cifra, Estado, Reading
from dagster_project.tmm_f004.search.costs import COST, SAME_SHAPE
from dagster_project.tmm_f004.search.digit_costs import percent_of
from dagster_project.tmm_f004.text.numbers import parse_number

QUARTERS = range(1, 5)
SIDES = tuple(tuple(f"{side}{q}" for q in QUARTERS) for side in "pa")
TOTALS = ("meta", "absoluto")
"""The figures that add up to meta and those that add up to absoluto, and these two."""

MOST_PERCENT = 999
"""No percentage beyond it is believed unless it is printed."""

_THROWN = frozenset({"celda_repetida", "celda_inventada"})
_SURPLUS = _THROWN | {"tramo_repetido", "blanco_agregado"}
_LOOK_ALIKE = COST["digito_mal_leido"] + SAME_SHAPE + 0.01
_TWO_DIGITS = COST["digito_mal_leido"] + COST["otro_digito"] + 2 * SAME_SHAPE

MOST_CHANGED = 2
"""Figures of a row that a reading may change or fill in: what three make of the print bears out none of them."""


def is_supported(reading: Reading, additive: bool, quarter: int, left_out: int = 0) -> bool:
    """Whether the print proves what the reading changed, and, of a ratio, what it kept; ``left_out`` counts the
    quarters that are known to lie before the plan.

    A figure found by subtraction closes its sum whatever else in the row is misread: it must
    be found elsewhere in the row, or another sum or the percentage must agree.
    """
    if not additive:
        return _ratio(reading, quarter, left_out)
    if is_one_figure(reading):
        return True
    changed = {f for f, e in reading.estados.items() if e == REPARADA}
    if len(changed) > MOST_CHANGED:
        return False
    if _another_way(reading, changed, quarter):
        return False
    return (
        all(_is_seen(reading, f"p{q}") for q in QUARTERS if f"p{q}" in changed)
        and all(_achieved(reading, q) for q in QUARTERS if f"a{q}" in changed)
        and ("meta" not in changed or _tells(reading))
        and (not {"absoluto", "relativo_pct"} <= changed or _all_achieved(reading, quarter))
    )


def is_one_figure(reading: Reading) -> bool:
    """Whether all that was changed is one figure, misread alike on both sides, and each sum alone makes it the same.

    The two sums must differ, each printed, with the percentage that they make: of equal ones, both may be what was
    misread or published wrong (docs/form.md, fact 9).
    """
    steps = [s for s in reading.operaciones if s.operacion not in _SURPLUS]
    if not steps or any(s.operacion != "digito_mal_leido" or s.campo[1:] not in "1234" for s in steps):
        return False
    figures = {(parse_number(s.impreso)[:1], s.leido) for s in steps}
    v = reading.valores
    return (
        len(figures) == 1
        and {s.campo[0] for s in steps} == {"p", "a"}
        and bool(reading.impresos.get("relativo_pct"))
        and (v["meta"] or 0) != (v["absoluto"] or 0)
    )


def is_typed_so(reading: Reading) -> bool:
    """Whether a print that nobody can have misread may be what this reading makes of it.

    It then changes no figure, fills in none of a quarter, and takes none that is printed for set twice or nobody's. But
    totals that are left blank are what the others make, and a percentage may be rounded another way (62.5 as 62).
    """
    if any(s.operacion in _SURPLUS and s.impreso.strip() for s in reading.operaciones):
        return False
    printed = {f: reading.impresos.get(f, "").strip() for f, e in reading.estados.items() if e == REPARADA}
    changed = {f for f, text in printed.items() if text or f not in (*TOTALS, "relativo_pct")}
    percent = parse_number(printed.get("relativo_pct", "").removesuffix("%"))
    off = percent[0] - (reading.valores["relativo_pct"] or 0) if percent else None
    return not changed or (changed == {"relativo_pct"} and off is not None and -1 <= off <= 1)


def _another_way(reading: Reading, changed: set[str], quarter: int) -> bool:
    """Whether the print holds a sign that the row was damaged otherwise, at no greater price than it seems.

    Another author's damage showed each: together they flagged one in three of the rows that were wrong and sure, and
    three in a thousand of those that were right (docs/reading.md).
    """
    v, steps = reading.valores, reading.operaciones
    achieved = [v[f"a{q}"] for q in range(1, quarter + 1)]
    # an elapsed quarter that was planned and prints no A: what an A was changed for may be the one that is missing
    missing = any(v[f"p{q}"] and a is None for q, a in enumerate(achieved, start=1))
    if missing and any(f"a{q}" in changed for q in QUARTERS):
        return True
    # nothing done, and no cell that says so of a quarter with a plan: it may be the total that prints 0 for a figure
    if not v["absoluto"] and any(v[f"p{q}"] and f"a{q}" not in reading.impresos for q in range(1, quarter + 1)):
        return True
    if not reading.impresos.get("relativo_pct"):  # the row may have lost its end, total and all
        unproved = len(steps) > 1 or all(a is None for a in achieved)
        if unproved or (v["relativo_pct"] or 0) > MOST_PERCENT:
            return True
    if not v["meta"] and v["relativo_pct"]:
        return True  # nothing planned, yet a part of it achieved
    # a figure thrown away beside one brought back: one figure, misread past all likeness
    thrown = any(s.operacion in _THROWN and s.impreso.strip() for s in steps)
    if thrown and any(s.operacion == "celda_perdida" for s in steps):
        return True
    # two digits of one figure: as likely one of it and one of another
    return any(
        s.operacion == "digito_mal_leido" and s.costo >= _TWO_DIGITS - 0.01 and s.campo != "relativo_pct" for s in steps
    )


def contradicted(values: Mapping[str, Cifra | None], estados: Mapping[str, Estado]) -> set[str]:
    """The sums (meta, absoluto) of a doubtful row that its figures, all settled, do not add up to.

    Figures kept one by one, because all readings in the running agree on each, may come from none of them together.
    """
    return {
        total
        for side, total in zip(SIDES, TOTALS, strict=True)
        if all(estados[f] != DUDOSA for f in (*side, total))
        and sum(values[f] or 0 for f in side) != (values[total] or 0)
    }


def kept(readings: Sequence[Reading], additive: bool, quarter: int, *, in_place: bool) -> set[str]:
    """The figures of a doubtful row that are proved as those of a sure one are: by every reading that may be the row's.

    A side (P with the meta, A with the total) is proved where all readings close its sum with the same figures, as
    they are printed, and nothing leaves open which quarters they are of: every cell stands where the table's layout has
    it (``in_place``), or the side has a figure in every quarter that may have one, or the other side closes too. A side
    of noughts adds up wherever they stand: it is proved with the other alone. The percentage bears out the two totals,
    and those of a ratio where they are more than noughts; of a total that is proved, also the meta beside it, though
    its P are not, where no misread digit would give the same percentage. A row whose sums do not close keeps none.
    """
    if not readings or not all(r.cierra for r in readings):
        return set()
    if additive:
        held = _held_sides(readings, quarter, in_place)
    else:
        held = {f for f in TOTALS if _is_one(readings, f) and readings[0].valores[f]}
    if _is_one(readings, "relativo_pct") and _as_printed(readings, ("relativo_pct",)):
        if {*TOTALS} <= held:
            held.add("relativo_pct")
        elif additive and "absoluto" in held and _is_one(readings, "meta") and _as_printed(readings, ("meta",)):
            held |= {"meta", "relativo_pct"} if _proves_goal(readings[0].valores) else set()
    return held if additive or "relativo_pct" in held else set()


def _held_sides(readings: Sequence[Reading], quarter: int, in_place: bool) -> set[str]:
    whole = [(*side, total) for side, total in zip(SIDES, TOTALS, strict=True)]
    closes = [
        _as_printed(readings, side) and all(_is_one(readings, f) for f in side) and _adds_up(readings[0], side)
        for side in whole
    ]
    figures = [bool(readings[0].valores[total]) for total in TOTALS]
    held: set[str] = set()
    for k, side in enumerate(whole):
        last = 4 if k == 0 else quarter
        other = closes[1 - k] and figures[1 - k]
        if closes[k] and figures[k] and (in_place or other or _is_filled(readings, side[:last])):
            held |= {*side}
    for k, side in enumerate(whole):
        if closes[k] and not figures[k] and {*whole[1 - k]} <= held:
            held |= {*side}
    return held


def _is_filled(readings: Sequence[Reading], side: Sequence[str]) -> bool:
    """Whether every quarter of a side has a figure, but for a first one that holds nothing at all in any reading."""
    begun = side if any(r.valores[f] for r in readings for f in ("p1", "a1")) else side[1:]
    return bool(begun) and all(readings[0].valores[f] for f in begun)


def _adds_up(reading: Reading, side: Sequence[str]) -> bool:
    return sum(reading.valores[f] or 0 for f in side[:-1]) == (reading.valores[side[-1]] or 0)


def _as_printed(readings: Sequence[Reading], fields: Sequence[str]) -> bool:
    return all(r.estados[f] != REPARADA for r in readings for f in fields)


def _is_one(readings: Sequence[Reading], field: str) -> bool:
    return len({r.valores[field] or 0 for r in readings}) == 1


def _is_seen(reading: Reading, field: str) -> bool:
    """Whether another quarter's figure of its side, or the other figure of its quarter, is the same."""
    side, other = SIDES if field[0] == "p" else reversed(SIDES)
    near = [f for f in side if f != field] + [f for f in other if f[1] == field[1]]
    return any(reading.valores[f] == reading.valores[field] for f in near)


def _achieved(reading: Reading, q: int) -> bool:
    """An A brought back: the percentage proves the total, so only another misread A could deceive.

    Where a figure is printed it is changed only for one that the row shows, or that looks like it: published sums
    hold errors of their own (docs/form.md, fact 8).
    """
    field = f"a{q}"
    if _is_seen(reading, field):
        return True
    others = [f"a{k}" for k in QUARTERS if k != q and reading.valores[f"a{k}"]]
    step = next((s for s in reading.operaciones if s.campo == field), None)
    if step is not None and step.operacion != "celda_perdida":  # the only A stands again in the total
        return not others and step.costo <= _LOOK_ALIKE
    return all(_is_seen(reading, f) for f in others)


def _tells(reading: Reading) -> bool:
    """Whether the percentage printed belies the meta printed: where both go together, a P may be what was misread,
    unless each of them stands in the row once more."""
    planned = [f"p{q}" for q in QUARTERS if reading.valores[f"p{q}"]]
    if all(reading.estados[f] != REPARADA and _is_seen(reading, f) for f in planned):
        return True
    printed = _number(reading.impresos, "meta")
    total, percent = reading.valores["absoluto"], reading.valores["relativo_pct"]
    states = reading.estados["absoluto"], reading.estados["relativo_pct"]
    if printed is None or total is None or percent is None or REPARADA in states:
        return False
    return percent_of(int(total * 1000), int(printed * 1000), 0) != percent


def _proves_goal(values: Mapping[str, Cifra | None]) -> bool:
    """Whether the percentage is that of the total on this meta, and on none with another digit in one place."""
    meta, total, percent = values["meta"], values["absoluto"], values["relativo_pct"]
    if not meta or not total or not percent or meta != int(meta):
        return False
    digits = str(int(meta))
    misread = {int(digits[:k] + other + digits[k + 1 :]) for k in range(len(digits)) for other in "0123456789"}
    part = int(total * 1000)
    return {m for m in misread if percent_of(part, m * 1000, 0) == percent} == {int(meta)}


def _all_achieved(reading: Reading, quarter: int) -> bool:
    """A total and percentage lost together leave the A without proof: none may be missing, one at most stand alone."""
    v = reading.valores
    if any(v[f"p{q}"] and not v[f"a{q}"] for q in range(1, quarter + 1)):
        return False
    alone = [q for q in range(1, quarter + 1) if v[f"a{q}"] and not _is_seen(reading, f"a{q}")]
    return len(alone) <= 1


def _ratio(reading: Reading, quarter: int, left_out: int) -> bool:
    """A ratio is planned in every quarter of its plan, each P stands twice, and its total is one of the usual ones.
    The first quarter may be blank in any plan: of many it is not known when they begin.

    The total of a ratio is the mean or the sum of its A, or their last or greatest: that proves this
    one alone, and the row must show the others twice. Rows where it is none of these hold a misread
    figure or a rule of their own.
    """
    v = reading.valores
    planned = [x for x in (v[f"p{q}"] for q in QUARTERS) if x]
    if REPARADA in reading.estados.values() or any(not v[f"p{q}"] for q in QUARTERS if q > max(1, left_out)):
        return False
    if not all([*planned, v["meta"]].count(x) > 1 for x in [*planned, v["meta"]]):
        return False
    known = [f"a{q}" for q in range(1, quarter + 1) if v[f"a{q}"]]
    done = [x for x in (v[f] for f in known) if x]
    if not done:
        return not v["absoluto"]
    whole = sum(done)
    if v["absoluto"] in (whole, (2 * whole + len(done)) // (2 * len(done)), whole / len(done)):
        return True
    proved = known[-1] if v["absoluto"] == done[-1] else known[done.index(max(done))]
    return v["absoluto"] == v[proved] and all(_is_seen(reading, f) for f in known if f != proved)


def _number(printed: Mapping[str, str], field: str) -> Cifra | None:
    meanings = parse_number(printed.get(field, ""))
    return meanings[0] if meanings else None
