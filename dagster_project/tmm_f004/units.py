"""Which unit a form page reports on, by evidence.

A wrong unit that looks sure is the worst outcome, so no single sign decides: the printed code,
the printed name, the programme, the texts and numbers of the actions on pages already settled,
and the neighbouring pages are weighed. A code that no catalogue knows is accepted as printed,
never with full score, and settled only if another page prints it too: one in twenty such codes that
stood alone on a clean page was a misreading.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dagster_project.tmm_f004.evidence import Balance
from dagster_project.tmm_f004.model import Asentado, Catalogos, Estado, Unidad
from dagster_project.tmm_f004.sheet import Hoja
from dagster_project.tmm_f004.words import code_closeness, likeness, words

EXACT = 4.0  # the code as printed is a unit of the catalogue
NEAR = 1.2  # it is one misread digit away
NAME = 3.0  # the name is the unit's
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
SURE = 0.87  # more than other fields ask for: a wrong unit puts right figures in another's account
NEW_CAP = 0.9
# fmt: off
_GENERIC = frozenset((
    "DEPARTAMENTO", "DIRECCION", "COORDINACION", "SUBDIRECCION", "JEFATURA", "OFICINA", "UNIDAD", "SECCION", "AREA",
    "CENTRO", "CENTROS", "GENERAL", "MUNICIPAL", "DE", "DEL", "LA", "LAS", "LOS", "EL", "Y", "PARA", "EN", "A",
))
# fmt: on
NEAR_BY = 40  # pages
PASSES = 3  # evidence of other pages counts once those pages are settled; three rounds reach a stand


def settle_units(
    sheets: Sequence[Hoja], places: Sequence[Asentado], catalogs: Catalogos, alike: Mapping[int, Mapping[int, float]]
) -> list[Asentado]:
    """The unit of each page of an extract, in order."""
    printings: dict[str, list[int]] = defaultdict(list)
    for k, sheet in enumerate(sheets):
        printings[_code(sheet) or ""].append(k)
    own = [
        _own_evidence(k, sheets, printings, [u for u in catalogs.unidades if place.valor in (None, u.ente_codigo)])
        for k, place in enumerate(places)
    ]
    caps: dict[str, float] = {}
    for _, cap in own:
        caps |= {code: max(limit, caps.get(code, 0.0)) for code, limit in cap.items()}
    settled = [b.settle(_code(s), caps, SURE) for s, (b, _) in zip(sheets, own, strict=True)]
    evidence = [balance for balance, _ in own]
    heard = [_with_actions(k, sheets, alike, evidence) for k in range(len(sheets))]
    numbered: dict[str | None, list[int]] = defaultdict(list)
    for k, sheet in enumerate(sheets):
        numbered[sheet.claves.hundreds].append(k)
    for _ in range(PASSES):
        again = []
        for k, sheet in enumerate(sheets):
            balance = _with_others(k, sheets, settled, heard[k], numbered)
            again.append(balance.settle(_code(sheet), caps, SURE))
        if again == settled:
            break
        settled = again
    return settled


def _code(sheet: Hoja) -> str | None:
    printed = sheet.cabecera.field("unidad_ejecutora")
    return printed.codigo_impreso if printed else None


def _name(sheet: Hoja) -> str:
    printed = sheet.cabecera.field("unidad_ejecutora")
    return (printed.texto_impreso if printed else None) or ""


def name_likeness(printed: str, known: str) -> float:
    """How alike two units' names are, half of it without the words that all units share."""
    whole = likeness(printed, known)
    core, known_core = (" ".join(w for w in words(t) if w not in _GENERIC) for t in (printed, known))
    return (whole + likeness(core, known_core)) / 2 if core and known_core else whole


@lru_cache(maxsize=16384)
def _unit_likeness(printed: str, unit: Unidad) -> float:
    return max(name_likeness(printed, known) for known in (unit.nombre, *unit.alias))


def _own_evidence(
    k: int, sheets: Sequence[Hoja], printings: Mapping[str, Sequence[int]], units: Sequence[Unidad]
) -> tuple[Balance, dict[str, float]]:
    """What the page itself prints says of its unit, and the caps on codes that no catalogue knows."""
    sheet = sheets[k]
    code, name = _code(sheet), _name(sheet)
    balance = Balance()
    alike = {u.unidad_codigo: _unit_likeness(name, u) if name else 0.0 for u in units}
    closest = max(alike.values(), default=0.0)
    for unit in units:
        if code:
            close = code_closeness(code, unit.unidad_codigo)
            rule = "codigo_impreso" if close == 1 else "codigo_parecido"
            balance.add(unit.unidad_codigo, rule, EXACT if close == 1 else NEAR * close)
        likely = alike[unit.unidad_codigo]
        balance.add(unit.unidad_codigo, "nombre", NAME * max(0.0, likely - LIKE_NAME) / (1 - LIKE_NAME))
        if len(name) >= 6 and likely < 0.5:
            balance.add(unit.unidad_codigo, "otro_nombre", OTHER_NAME)
        if unit.programa_codigo and unit.programa_codigo == _programme(sheet):
            balance.add(unit.unidad_codigo, "programa", PROGRAMME)
    known = {u.unidad_codigo for u in units}
    if code is None or code in known or not (3 <= len(code) <= 6 and code.isdigit()):
        return balance, {}
    return balance, _new_code(k, sheets, printings, units, closest, balance)


def _programme(sheet: Hoja) -> str | None:
    printed = sheet.cabecera.field("programa")
    return printed.codigo_impreso if printed else None


def _new_code(
    k: int,
    sheets: Sequence[Hoja],
    printings: Mapping[str, Sequence[int]],
    units: Sequence[Unidad],
    closest: float,
    balance: Balance,
) -> dict[str, float]:
    """Weigh a code that no catalogue knows; how sure it may become at most."""
    sheet = sheets[k]
    code, name = _code(sheet) or "", _name(sheet)
    lengths = {len(u.unidad_codigo) for u in units}
    if lengths and len(code) not in lengths:
        balance.add(code, "codigo_mal_formado", 0.5)
        return {code: SURE - 0.01}
    balance.add(code, "codigo_nuevo", NEW)
    if len(name) >= 6 and closest < 0.6:
        balance.add(code, "nombre_nuevo", NEW_NAME)
    if repeated := _is_repeated(k, sheets, printings):
        balance.add(code, "codigo_repetido", NEW_REPEATED)
    programme = _programme(sheet) or ""
    mates = [u.unidad_codigo for u in units if u.programa_codigo == programme and programme]
    prefix = len(programme)
    if mates and all(m[:prefix] == mates[0][:prefix] for m in mates):
        fits = code[:prefix] == mates[0][:prefix]
        balance.add(code, "programa" if fits else "ajeno_al_programa", PROGRAMME if fits else NEW_ODD)
    return {code: NEW_CAP if repeated else SURE - 0.01}


def _is_repeated(k: int, sheets: Sequence[Hoja], printings: Mapping[str, Sequence[int]]) -> bool:
    """Whether another page prints the same code with a like name: a misreading seldom happens twice alike."""
    name = _name(sheets[k])
    others = [i for i in printings[_code(sheets[k]) or ""][:20] if i != k]
    return any(not name or likeness(_name(sheets[i]), name) >= 0.75 for i in others)


def _copy(balance: Balance) -> Balance:
    return Balance(defaultdict(dict, {v: dict(r) for v, r in balance.weights.items()}))


def _with_actions(
    k: int, sheets: Sequence[Hoja], alike: Mapping[int, Mapping[int, float]], evidence: Sequence[Balance]
) -> Balance:
    """Add to a page's own evidence what pages with the same actions print."""
    balance = _copy(evidence[k])
    code = _code(sheets[k]) or ""
    for other, share in alike.get(k, {}).items():
        if sheets[k].printed_cut and sheets[k].printed_cut == sheets[other].printed_cut:
            continue  # the same actions in the same quarter: another unit with the same duties
        for unit in evidence[other].weights:
            said = max(0.0, evidence[other].total(unit))
            # A well-formed code unlike the other page's is no misreading of it: two units with like duties.
            far = len(code) == len(unit) and code_closeness(code, unit) < 0.5
            most = MOST_ACTIONS / 2 if far else MOST_ACTIONS
            heard = balance.weights.get(unit, {}).get("mismas_acciones", 0.0)
            balance.add(unit, "mismas_acciones", min(most - heard, ACTIONS, SECOND_HAND * share * said))
    return balance


def _with_others(
    k: int,
    sheets: Sequence[Hoja],
    settled: Sequence[Asentado],
    heard: Balance,
    numbered: Mapping[str | None, Sequence[int]],
) -> Balance:
    """Add to what is heard of a page what the settled pages of the extract say."""
    balance, sheet = _copy(heard), sheets[k]
    if sheet.claves.hundreds:
        for unit in _units_numbered(k, settled, numbered[sheet.claves.hundreds]):
            balance.add(unit, "centena_de_acciones", HUNDREDS)
    for other in (k - 1, k + 1):
        if 0 <= other < len(sheets) and _sure(settled[other]):
            balance.add(settled[other].valor, "pagina_vecina", NEIGHBOUR)
            before, after = (sheets[other], sheet) if other < k else (sheet, sheets[other])
            if before.claves.run_on_to(after.claves):
                balance.add(settled[other].valor, "numeros_seguidos", CONTINUED)
            if after.continues(before):
                balance.add(settled[other].valor, "sigue_la_tabla", HEADLESS)
    return balance


def _sure(settled: Asentado) -> bool:
    return settled.estado is not Estado.DUDOSA and settled.valor is not None


def _units_numbered(k: int, settled: Sequence[Asentado], numbered: Sequence[int]) -> list[str]:
    """The units of settled pages near page ``k`` among ``numbered``, those that number actions in its hundreds."""
    # Hundreds recur from programme to programme: only pages near by tell.
    near = numbered[bisect_left(numbered, k - NEAR_BY) : bisect_right(numbered, k + NEAR_BY)]
    return sorted({settled[i].valor or "" for i in near if i != k and _sure(settled[i])})
