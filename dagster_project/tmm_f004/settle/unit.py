"""Which unit a form page reports on, by evidence.

A wrong unit that looks sure is the worst outcome, so no single sign decides: the printed code,
the printed name, the programme, the texts and numbers of the actions on pages already settled,
and the neighbouring pages are weighed. A code that no catalogue knows is accepted as printed,
never with full score, and settled only if another page prints it too, in this extract or in another
quarter's: one in twenty such codes that stood alone on a clean page was a misreading.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dagster_project.tmm_f004.model import Catalogs, Estado, Settled, Unit, Visto
from dagster_project.tmm_f004.page.sheet import PageEvidence
from dagster_project.tmm_f004.settle.evidence import Balance
from dagster_project.tmm_f004.settle.unit_witnesses import MAX_PRINTINGS, is_repeated, is_seen, name_likeness
from dagster_project.tmm_f004.text.fold import code_closeness
from dagster_project.tmm_f004.text.interning import cached_by_identity

EXACT = 4.0  # the code as printed is a unit of the catalogue
UNIT_NEAR = 1.2  # it is one misread digit away
NAME = 3.0  # the name is the unit's
OTHER = 0.6  # a name less alike than this is another unit's
LIKE_NAME = 0.7  # a name less alike than this is no evidence: units' names share their words
OTHER_NAME = -1.5  # the name is nothing like the unit's
NEW = 2.8  # a well-formed code that no catalogue knows
NEW_NAME = 1.0  # ... with a name that none knows either
NEW_REPEATED = 1.0  # ... printed alike on another page
NEW_ODD = -1.5  # ... that does not begin as the other units of its programme
PROGRAMME = 0.7
ACTIONS = 4.0  # the same actions stand on a page of that unit: at most this much a page,
MOST_ACTIONS = 6.0  # however many pages there are,
SECOND_HAND = 0.8  # and never more than this share of what that page itself says
HUNDREDS = 1.2  # its actions are numbered in the hundreds of that unit
NEIGHBOUR = 0.8  # the page before or after is of that unit
CONTINUED = 1.5  # and its action numbers run on
HEADLESS = 2.0  # ... and one of the two pages has no header of its own
UNIT_SURE = 0.87  # more than other fields ask for: a wrong unit puts right figures in another's account
NEW_CAP = 0.9
NEAR_BY = 40  # pages
REMEMBERED = 1024  # prints of a unit, and names, whose evidence is kept for the next page
PASSES = 3  # evidence of other pages counts once those pages are settled; three rounds reach a stand


def settle_units(
    sheets: Sequence[PageEvidence], municipalities: Sequence[Settled], catalogs: Catalogs,
    alike: Mapping[int, Mapping[int, float]],
) -> list[Settled]:  # fmt: skip
    """The unit of each page of an extract, in order.

    What other extracts print is heard only of pages that the extract alone leaves open: it overrules nothing.
    """
    alone = _settled(sheets, municipalities, catalogs, alike, ())
    if not catalogs.vistos or all(map(_sure, alone)):
        return alone
    wider = _settled(sheets, municipalities, catalogs, alike, catalogs.vistos)
    return [a if _sure(a) else w for a, w in zip(alone, wider, strict=True)]


def _sure(settled: Settled) -> bool:
    return settled.valor is not None and settled.estado is not Estado.DUDOSA


def _settled(
    sheets: Sequence[PageEvidence], municipalities: Sequence[Settled], catalogs: Catalogs,
    alike: Mapping[int, Mapping[int, float]], seen: Sequence[Visto],
) -> list[Settled]:  # fmt: skip
    printings: dict[str, list[int]] = defaultdict(list)
    numbered: dict[str | None, array[int]] = defaultdict(lambda: array("q"))
    for k, sheet in enumerate(sheets):
        if len(pages := printings[sheet.unidad[0] or ""]) < MAX_PRINTINGS:
            pages.append(k)
        numbered[sheet.claves.hundreds].append(k)
    among = _units(catalogs)
    prints = [_PrintedUnit(*_print(s), among(p.valor)) for s, p in zip(sheets, municipalities, strict=True)]
    own_evidence = lru_cache(maxsize=REMEMBERED)(_own_evidence)
    own = [
        own_evidence(
            p,
            p.code is not None
            and p.code not in p.among.by_code
            and (is_repeated(k, sheets, printings) or (p.is_unheard_of and is_seen(sheets[k], seen))),
        )
        for k, p in enumerate(prints)
    ]
    caps: dict[str, float] = {}
    for code, limit in filter(None, (o.cap for o in own)):
        caps[code] = max(limit, caps.get(code, 0.0))
    settled = [_balance(o.said).settle(p.code, caps, UNIT_SURE) for o, p in zip(own, prints, strict=True)]
    heard = [_with_actions(k, sheets, prints, alike, own) for k in range(len(sheets))]
    before: Sequence[Settled] = ()
    for _ in range(PASSES):
        moved = [k for k, s in enumerate(settled) if not before or _says(s) != _says(before[k])]
        again = []
        for k, printed in enumerate(prints):
            near = bisect_left(moved, k - NEAR_BY)
            if before and (near == len(moved) or moved[near] > k + NEAR_BY):
                again.append(settled[k])  # nothing has moved that it listens to
                continue
            balance = _with_others(k, sheets, printed, settled, heard[k], numbered)
            again.append(balance.settle(printed.code, caps, UNIT_SURE))
        if again == settled:
            break
        before, settled = settled, again
    return settled


class _Units:
    """The units that a page may report on, by code; where no municipality is settled two may share one."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.by_code: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            self.by_code[unit.unidad_codigo].append(unit)
        self.alike = lru_cache(maxsize=REMEMBERED)(self._alike)

    def _alike(self, name: str) -> dict[str, float]:
        """How like the names of each unit a printed one is."""
        if not name:
            return dict.fromkeys(self.by_code, 0.0)
        return {
            code: max(name_likeness(name, known) for known in (units[-1].nombre, *units[-1].alias))
            for code, units in self.by_code.items()
        }


@cached_by_identity
def _units(catalogs: Catalogs) -> Callable[[str | None], _Units]:
    """The units of a municipality, of all where none is settled; made once."""
    return cache(lambda ente: _Units([u for u in catalogs.unidades if ente in (None, u.ente_codigo)]))


@dataclass(frozen=True, slots=True)
class _PrintedUnit:
    """What a page prints of its unit and programme, and the units among which it is looked for."""

    code: str | None
    name: str
    programme: str | None
    among: _Units

    @property
    def is_unheard_of(self) -> bool:
        """Whether it prints a name, and one that no unit of the catalogue has."""
        return len(self.name) >= 6 and max(self.among.alike(self.name).values(), default=0.0) < OTHER

    def on(self, unit: str) -> dict[str, float]:
        """What this says for and against a unit of the catalogue, by rule; nothing of another."""
        balance = Balance()
        likely = self.among.alike(self.name).get(unit, 0.0)
        for known in self.among.by_code.get(unit, ()):
            if self.code:
                close = code_closeness(self.code, unit)
                rule = "codigo_impreso" if close == 1 else "codigo_parecido"
                balance.add(unit, rule, EXACT if close == 1 else UNIT_NEAR * close)
            balance.add(unit, "nombre", NAME * max(0.0, likely - LIKE_NAME) / (1 - LIKE_NAME))
            if len(self.name) >= 6 and likely < 0.5:
                balance.add(unit, "otro_nombre", OTHER_NAME)
            if known.programa_codigo and known.programa_codigo == self.programme:
                balance.add(unit, "programa", PROGRAMME)
        return balance.weights.get(unit, {})

    def add(self, balance: Balance, unit: str, rule: str, weight: float) -> None:
        """Add to the evidence for a unit, along with what this says against it, which nobody asked for before."""
        if weight and unit not in balance.weights:
            for own_rule, own_weight in self.on(unit).items():
                balance.add(unit, own_rule, own_weight)
        balance.add(unit, rule, weight)


_Reasons = tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
"""Values with their rules and weights: a ``Balance`` in a fraction of its memory."""


@dataclass(frozen=True, slots=True)
class _OwnEvidence:
    """What a page's own print says of its unit: of those alone that it speaks for, and the limit on a new code."""

    said: _Reasons
    cap: tuple[str, float] | None


def _balance(said: _Reasons) -> Balance:
    return Balance(defaultdict(dict, {unit: dict(reasons) for unit, reasons in said}))


def _said(balance: Balance) -> _Reasons:
    return tuple((unit, tuple(reasons.items())) for unit, reasons in balance.weights.items())


def _print(sheet: PageEvidence) -> tuple[str | None, str, str | None]:
    return sheet.unidad[0], sheet.unidad[1] or "", sheet.programa[0]


def _own_evidence(printed: _PrintedUnit, repeated: bool) -> _OwnEvidence:
    """What a page itself prints says of its unit; ``repeated`` says whether another page prints the same code."""
    balance = Balance()
    for unit in printed.among.by_code:
        reasons = printed.on(unit)
        if sum(reasons.values()) > 0:
            balance.weights[unit] = reasons
    code = printed.code
    if code is None or code in printed.among.by_code or not (3 <= len(code) <= 6 and code.isdigit()):
        return _OwnEvidence(_said(balance), None)
    limit = _new_code(code, printed, repeated, balance)
    return _OwnEvidence(_said(balance), (code, limit))


def _new_code(code: str, printed: _PrintedUnit, repeated: bool, balance: Balance) -> float:
    """Weigh a code that no catalogue knows; how sure it may become at most."""
    known = printed.among.by_code
    lengths = {len(unit) for unit in known}
    if lengths and len(code) not in lengths:
        balance.add(code, "codigo_mal_formado", 0.5)
        return UNIT_SURE - 0.01
    balance.add(code, "codigo_nuevo", NEW)
    if printed.is_unheard_of:
        balance.add(code, "nombre_nuevo", NEW_NAME)
    if repeated:
        balance.add(code, "codigo_repetido", NEW_REPEATED)
    programme = printed.programme or ""
    mates = [u.unidad_codigo for units in known.values() for u in units if programme and u.programa_codigo == programme]
    prefix = len(programme)
    if mates and all(m[:prefix] == mates[0][:prefix] for m in mates):
        fits = code[:prefix] == mates[0][:prefix]
        balance.add(code, "programa" if fits else "ajeno_al_programa", PROGRAMME if fits else NEW_ODD)
    return NEW_CAP if repeated else UNIT_SURE - 0.01


def _with_actions(
    k: int,
    sheets: Sequence[PageEvidence],
    prints: Sequence[_PrintedUnit],
    alike: Mapping[int, Mapping[int, float]],
    own: Sequence[_OwnEvidence],
) -> _Reasons:
    """Add to a page's own evidence what pages with the same actions print."""
    if k not in alike:
        return own[k].said
    balance = _balance(own[k].said)
    code = prints[k].code or ""
    for other, share in alike[k].items():
        if sheets[k].printed_corte and sheets[k].printed_corte == sheets[other].printed_corte:
            continue  # the same actions in the same quarter: another unit with the same duties
        for unit, reasons in own[other].said:
            said = max(0.0, sum(weight for _, weight in reasons))
            # A well-formed code unlike the other page's is no misreading of it: two units with like duties.
            far = len(code) == len(unit) and code_closeness(code, unit) < 0.5
            most = MOST_ACTIONS / 2 if far else MOST_ACTIONS
            heard = balance.weights[unit].get("mismas_acciones", 0.0) if unit in balance.weights else 0.0
            prints[k].add(balance, unit, "mismas_acciones", min(most - heard, ACTIONS, SECOND_HAND * share * said))
    return _said(balance)


def _with_others(
    k: int,
    sheets: Sequence[PageEvidence],
    printed: _PrintedUnit,
    settled: Sequence[Settled],
    heard: _Reasons,
    numbered: Mapping[str | None, Sequence[int]],
) -> Balance:
    """Add to what is heard of a page what the settled pages of the extract say."""
    balance, sheet = _balance(heard), sheets[k]
    if sheet.claves.hundreds:
        for unit in _units_numbered(k, settled, numbered[sheet.claves.hundreds]):
            printed.add(balance, unit, "centena_de_acciones", HUNDREDS)
    for other in (k - 1, k + 1):
        said = _says(settled[other]) if 0 <= other < len(sheets) else None
        if said is not None:
            printed.add(balance, said, "pagina_vecina", NEIGHBOUR)
            before, after = (sheets[other], sheet) if other < k else (sheet, sheets[other])
            if before.claves.run_on_to(after.claves):
                printed.add(balance, said, "numeros_seguidos", CONTINUED)
            if after.continues(before):
                printed.add(balance, said, "sigue_la_tabla", HEADLESS)
    return balance


def _says(settled: Settled) -> str | None:
    """The unit of a page that may speak for others, None where it is not settled."""
    return settled.valor if settled.estado is not Estado.DUDOSA else None


def _units_numbered(k: int, settled: Sequence[Settled], numbered: Sequence[int]) -> list[str]:
    """The units of settled pages near page ``k`` among ``numbered``, those that number actions in its hundreds."""
    # Hundreds recur from programme to programme: only pages near by tell.
    near = numbered[bisect_left(numbered, k - NEAR_BY) : bisect_right(numbered, k + NEAR_BY)]
    return sorted({unit for i in near if i != k and (unit := _says(settled[i])) is not None})
