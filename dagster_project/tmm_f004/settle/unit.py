"""Which unit a form page reports on, by evidence.

A wrong unit that looks sure is the worst outcome, so no single sign decides: the printed code,
the printed name, the programme, the texts and numbers of the actions on pages already settled,
and the neighbouring pages are weighed. In here: what weighs how much. Not in here: which codes that no
catalogue knows are units all the same (``new_units``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from dagster_project.tmm_f004.catalogs import Catalogs, Unit
from dagster_project.tmm_f004.model import Settled
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.settle.new_units import new_units, usual_lengths
from dagster_project.tmm_f004.settle.pool import Pool
from dagster_project.tmm_f004.settle.two_reports import not_their_units
from dagster_project.tmm_f004.settle.unit_names import SAME_NAME, known_names, may_be_misread, with_lettered_codes
from dagster_project.tmm_f004.text.fold import code_closeness

EXACT = 4.0  # the code as printed is a unit of the catalogue
UNIT_NEAR = 1.2  # it is one misread digit away
NAME = 3.0  # the name is the unit's
LIKE_NAME = 0.7  # a name less alike than this is no evidence: units' names share their words
WHOLE_NAME = 0.97  # from this likeness on a name is printed whole,
NAME_AND_CODE = 1.0  # and with a code one misread digit away it is that unit's, however like others are named
OTHER_NAME = -1.5  # the name is nothing like the unit's
UNKNOWN = 2.8  # a well-formed code of no unit that is known
MALFORMED = 0.5  # a code that has not as many digits as the units known
PROGRAMME = 0.7
ACTIONS = 4.0  # the same actions stand on a page of that unit: at most this much a page,
MOST_ACTIONS = 6.0  # however many pages there are,
SECOND_HAND = 0.8  # and never more than this share of what that page itself says
HUNDREDS = 1.2  # its actions are numbered in the hundreds of that unit
NEIGHBOUR = 0.8  # the page before or after is of that unit
CONTINUED = 1.5  # and its action numbers run on
HEADLESS = 2.0  # ... and one of the two pages has no header of its own
UNIT_SURE = 0.87  # more than other fields ask for: a wrong unit puts right figures in another's account
UNKNOWN_CAP = UNIT_SURE - 0.01  # a code of no unit that is known is never settled
NEW_CAP = 0.9  # how sure a unit may become that the catalogue lacks
PASSES = 3  # evidence of other pages counts once those pages are settled; three rounds reach a stand
MOST_KIN = 200  # pages of one programme and hundred that are asked for their unit
REMEMBERED = 256
"""Names and codes of which is kept what they are like: 724 pages of harsh print took 4.2 s of processor time with 16 as
with all 397 names of them, since a unit's pages come together; a name has a number a unit (2.7 kB of 46)."""

_Evidence = dict[str, dict[str, float]]
"""For each unit what speaks for and against it, by rule."""


def settle_units(
    pool: Pool, ente: str | None, catalogs: Catalogs, decided: Sequence[Settled | None] = ()
) -> list[Settled]:
    """The unit of each print of a pool; ``ente`` is its municipality, None where that is open.

    ``decided`` are those that people decided, None for the other prints.
    """
    catalogued = [u for u in catalogs.unidades if ente in (None, u.ente_codigo)]
    pool = replace(pool, sheets=with_lettered_codes(pool.sheets, catalogued))
    fresh = new_units(pool, ente or "", catalogued)
    known = _Known([*catalogued, *fresh], frozenset(u.unidad_codigo for u in fresh))
    lengths = usual_lengths(catalogued, fresh)
    # Of a code of another shape the page is nobody else's, and waits for its line in the catalogue.
    caps = {u.unidad_codigo: NEW_CAP if len(u.unidad_codigo) in lengths else UNKNOWN_CAP for u in fresh}
    own = [known.evidence(sheet) for sheet in pool.sheets]
    for sheet, said in zip(pool.sheets, own, strict=True):
        if (code := sheet.unidad[0]) and code not in known.by_code and code in said:
            caps[code] = UNKNOWN_CAP
    heard = [_with_actions(k, pool, known, own) for k in range(len(own))]
    kin = _kin(pool)

    def settle(k: int, evidence: _Evidence, barred: Mapping[str, float] = MappingProxyType({})) -> Settled:
        if decided and (told := decided[k]):
            return told
        return Balance(defaultdict(dict, evidence)).settle(pool.sheets[k].unidad[0], {**caps, **barred}, UNIT_SURE)

    settled = [settle(k, said) for k, said in enumerate(own)]
    listened: list[tuple[tuple[str, str, float], ...] | None] = [None] * len(own)
    for _ in range(PASSES):
        again = list(settled)
        for k in range(len(own)):
            others = _others(k, pool, settled, kin[k])
            if others != listened[k]:
                listened[k], again[k] = others, settle(k, known.heard(pool.sheets[k], heard[k], others))
        if again == settled:
            break
        settled = again
    for k in not_their_units(pool, settled):
        evidence = known.heard(pool.sheets[k], heard[k], _others(k, pool, settled, kin[k]))
        settled[k] = settle(k, evidence, {str(settled[k].valor): UNKNOWN_CAP})
    return settled


def units_alone(sheets: Sequence[PageEvidence], entes: Sequence[Settled], catalogs: Catalogs) -> list[Settled]:
    """The unit that each page's own print settles, where the catalogue has it; ``entes`` are their municipalities."""
    known: dict[str | None, _Known] = {}
    found = []
    for sheet, settled in zip(with_lettered_codes(sheets, catalogs.unidades), entes, strict=True):
        ente = settled.valor if settled.is_sure else None
        if ente not in known:
            known[ente] = _Known([u for u in catalogs.unidades if ente in (None, u.ente_codigo)])
        evidence = defaultdict(dict, known[ente].evidence(sheet))
        found.append(Balance(evidence).settle(sheet.unidad[0], {}, UNIT_SURE))
    return found


class _Known:
    """The units that a page may report on, by code; where no municipality is settled two may share one."""

    def __init__(self, units: Sequence[Unit], fresh: frozenset[str] = frozenset()) -> None:
        self.fresh = fresh
        self.by_code: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            self.by_code[unit.unidad_codigo].append(unit)
        self.lengths = {len(code) for code in self.by_code}
        self.of_programme: dict[str | None, set[str]] = defaultdict(set)
        for unit in units:
            self.of_programme[unit.programa_codigo].add(unit.unidad_codigo)
        named = [(code, name) for code, of_code in self.by_code.items() for name in _names(of_code[-1])]
        self._named, self._names = [code for code, _ in named], known_names(tuple(name for _, name in named))
        self._alike = lru_cache(maxsize=REMEMBERED)(self._likeness)
        self._near = lru_cache(maxsize=REMEMBERED)(self._near_codes)
        self._told: dict[tuple[object, ...], _Evidence] = {}

    def evidence(self, sheet: PageEvidence) -> _Evidence:
        """What a page itself prints says of its unit: of those alone that it speaks for."""
        printed = (sheet.unidad, sheet.programa[0], sheet.ramo[0])
        if printed not in self._told:  # the quarters of a unit mostly print alike
            self._told[printed] = self._own(sheet)
        return self._told[printed]

    def _own(self, sheet: PageEvidence) -> _Evidence:
        code, name = sheet.unidad
        likely = {unit for unit, share in self._alike(name or "").items() if share > LIKE_NAME}
        spoken_of = (
            likely | self._near(code or "") | (self.of_programme[sheet.programa[0]] if sheet.programa[0] else set())
        )
        found = {unit: said for unit in sorted(spoken_of) if sum((said := self._on(sheet, unit)).values()) > 0}
        if not code or code in self.by_code or not (3 <= len(code) <= 6 and code.isdigit()):
            return found
        alike = self._alike(name or "")
        if not any(alike[unit] >= SAME_NAME and may_be_misread(sheet, unit) for unit in found):
            shaped = not self.lengths or len(code) in self.lengths
            found[code] = {"codigo_desconocido": UNKNOWN} if shaped else {"codigo_mal_formado": MALFORMED}
        return found

    def heard(self, sheet: PageEvidence, own: _Evidence, others: Sequence[tuple[str, str, float]]) -> _Evidence:
        """The evidence along with what others say; of a unit that others name, also what the page says against it."""
        evidence = {unit: dict(rules) for unit, rules in own.items()}
        for unit, rule, weight in others:
            rules = evidence.setdefault(unit, {} if unit in own else self._on(sheet, unit))
            rules[rule] = rules.get(rule, 0.0) + weight
        return evidence

    def _on(self, sheet: PageEvidence, unit: str) -> dict[str, float]:
        """What a page prints for and against a unit, by rule; nothing of one that is not known."""
        balance = Balance()
        code, name = sheet.unidad[0], sheet.unidad[1] or ""
        likely = self._alike(name).get(unit, 0.0)
        for known in self.by_code.get(unit, ()):
            if code:
                close = code_closeness(code, unit)
                printed = "codigo_nuevo" if unit in self.fresh else "codigo_impreso"
                rule = printed if close == 1 else "codigo_parecido"
                balance.add(unit, rule, EXACT if close == 1 else UNIT_NEAR * close)
            balance.add(unit, "nombre", NAME * max(0.0, likely - LIKE_NAME) / (1 - LIKE_NAME))
            # A code that is another unit's as it stands need not be misread: nothing says whether code or name is.
            if likely >= WHOLE_NAME and code not in self.by_code and may_be_misread(sheet, unit):
                balance.add(unit, "nombre_entero", NAME_AND_CODE)
            if len(name) >= 6 and likely < 0.5:
                balance.add(unit, "otro_nombre", OTHER_NAME)
            if known.programa_codigo and known.programa_codigo == sheet.programa[0]:
                balance.add(unit, "programa", PROGRAMME)
        return balance.weights.get(unit, {})

    def _likeness(self, name: str) -> dict[str, float]:
        alike = dict.fromkeys(self.by_code, 0.0)
        if name and self._named:
            for code, share in zip(self._named, self._names.likeness(name).tolist(), strict=True):
                if share > alike[code]:
                    alike[code] = share
        return alike

    def _near_codes(self, printed: str) -> set[str]:
        return {code for code in self.by_code if printed and code_closeness(printed, code) > 0}


def _names(unit: Unit) -> tuple[str, ...]:
    return unit.nombre, *unit.alias


def _with_actions(k: int, pool: Pool, known: _Known, own: Sequence[_Evidence]) -> _Evidence:
    """A page's own evidence with what pages of the same actions print."""
    sheet, others = pool.sheets[k], []
    code = sheet.unidad[0] or ""
    heard: dict[str, float] = defaultdict(float)
    for other, share in sorted(pool.alike.get(k, {}).items()):
        if sheet.printed_quarter and sheet.printed_quarter == pool.sheets[other].printed_quarter:
            continue  # the same actions in the same quarter: another unit with the same duties, or a copy
        for unit, reasons in own[other].items():
            said = max(0.0, sum(reasons.values()))
            # A well-formed code unlike the other page's is no misreading of it: two units with like duties.
            far = len(code) == len(unit) and code_closeness(code, unit) < 0.5
            most = MOST_ACTIONS / 2 if far else MOST_ACTIONS
            weight = min(most - heard[unit], ACTIONS, SECOND_HAND * share * said)
            heard[unit] += weight
            others.append((unit, "mismas_acciones", weight))
    return known.heard(sheet, own[k], [o for o in others if o[2]])


def _kin(pool: Pool) -> list[set[int]]:
    """For each print those that number their actions in the same hundred, near by in a file, in its programme or with
    the same actions.

    Hundreds recur from programme to programme: no other page tells.
    """
    numbered: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, sheet in enumerate(pool.sheets):
        if sheet.claves.hundreds and sheet.programa[0]:
            numbered[sheet.claves.hundreds, sheet.programa[0]].append(k)
    kin = []
    for k, sheet in enumerate(pool.sheets):
        hundreds = sheet.claves.hundreds
        near = {i for i in pool.near(k) if hundreds and pool.sheets[i].claves.hundreds == hundreds}
        same = numbered[hundreds, sheet.programa[0]][:MOST_KIN] if hundreds and sheet.programa[0] else ()
        alike = {i for i in pool.alike.get(k, ()) if hundreds and pool.sheets[i].claves.hundreds == hundreds}
        kin.append((near | alike | set(same)) - {k})
    return kin


def _others(k: int, pool: Pool, settled: Sequence[Settled], kin: set[int]) -> tuple[tuple[str, str, float], ...]:
    """What the settled pages of the pool say of a page's unit: unit, rule, weight."""
    said: list[tuple[str, str, float]] = []
    units = {str(settled[i].valor) for i in kin if settled[i].is_sure}
    said += [(unit, "centena_de_acciones", HUNDREDS) for unit in sorted(units)]
    sheet = pool.sheets[k]
    for beside, is_before in ((pool.before[k], True), (pool.after[k], False)):
        for other in beside:
            if not settled[other].is_sure:
                continue
            unit = str(settled[other].valor)
            first, second = (pool.sheets[other], sheet) if is_before else (sheet, pool.sheets[other])
            said.append((unit, "pagina_vecina", NEIGHBOUR))
            if first.claves.run_on_to(second.claves):
                said.append((unit, "numeros_seguidos", CONTINUED))
            if second.continues(first):
                said.append((unit, "sigue_la_tabla", HEADLESS))
    return tuple(said)
