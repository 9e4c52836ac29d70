"""Which municipalities the title of a page names: by the catalogue's names, after the words that announce one.

In here: finding names in the lines of a title, with and without their state. Not in here: what follows for a page
(``municipality``). A name that stands as it is in the catalogue is looked up; only one that does not, and is announced
by AYUNTAMIENTO DE and the like, is compared with the catalogue's 2,478.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from rapidfuzz import fuzz, process

from dagster_project.tmm_f004.catalogs import Catalogs
from dagster_project.tmm_f004.page.line_kinds import council_end, title_of
from dagster_project.tmm_f004.text.by_identity import cached_by_identity
from dagster_project.tmm_f004.text.fold import plain, words

TITLES = 1024
"""Titles that are remembered: most pages print the same one."""

LEAST_ALIKE = 0.6
"""A name less alike than this is another one; 0.75 where the state is not printed: the country has names for all."""
LEAST_ALONE = 0.75
LEAST_FOLLOWED = 0.85
"""The same where other words follow: Villa Inventada is no misreading of Villamar."""

AS_A_STATE = 0.7
"""What a municipality scores whose state or another is called the same, in a line that announces none: INSTITUTO
DE LA MUJER DE GUANAJUATO may be either's."""

LIKE_STATE = 80
"""Per cent: how alike a state's name is to what stands behind a municipality's."""

MOST_LIKELY = 6
"""Names like a misread one that are kept."""

MAX_NAME = 13
"""Words of the longest name of the catalogue: Heroica Villa Tezoatlán de Segura y Luna, Cuna de la Independencia de
Oaxaca."""

_ANNOUNCED = frozenset({"MUNICIPIO", "MPIO", "ALCALDIA"})
_MUNICIPAL = frozenset({"PRESIDENCIA", "ADMINISTRACION"})
_BETWEEN = frozenset(("DE", "DEL", "H", "LIBRE", "CONSTITUCIONAL", "MUNICIPAL", "MUNICIPIO", "MPIO", "CIUDAD"))
_OF_STATE = frozenset(("DE", "DEL", "EN", "EL", "ESTADO", "EDO", "MUNICIPIO", "LIBRE", "Y", "SOBERANO"))
_AFTER = frozenset(
    ("ADMINISTRACION", "PERIODO", "EJERCICIO", "PROGRAMA", "PRESUPUESTO", "GOBIERNO", "AVANCE", "FORMATO")
)
_BODY = frozenset(
    ("CENTRO", "COMISION", "COMITE", "CONSEJO", "FIDEICOMISO", "INSTITUTO", "JUNTA", "PATRONATO", "SISTEMA")
)
_SHORT_WORDS = frozenset({"DE", "DEL", "LA", "EL", "LOS", "LAS", "MUNICIPIO", "CONSTITUCIONAL", "MUNICIPAL"})

# fmt: off
_ABBREVIATED = {
    "01": "AGS", "02": "BC|B C", "03": "BCS|B C S", "04": "CAMP", "05": "COAH|COAHUILA", "06": "COL", "07": "CHIS",
    "08": "CHIH", "09": "CDMX|D F", "10": "DGO", "11": "GTO", "12": "GRO", "13": "HGO", "14": "JAL",
    "15": "MEX|EDOMEX", "16": "MICH|MICHOACAN", "17": "MOR", "18": "NAY", "19": "NL|N L", "20": "OAX",
    "21": "PUE", "22": "QRO", "23": "QROO|Q ROO|Q R", "24": "SLP|S L P", "25": "SIN", "26": "SON", "27": "TAB",
    "28": "TAMPS", "29": "TLAX", "30": "VER|VERACRUZ", "31": "YUC", "32": "ZAC",
}
# fmt: on
"""States by the first two digits of the INEGI key, as they are abbreviated (INEGI) and called for short."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a title names: municipalities (INEGI key) with how alike their names are, 0..1; ``words`` are those behind
    AYUNTAMIENTO DE and the like, empty where it announces none, ``estado`` the state among them, or at a line's end;
    ``perhaps`` whether a name that the catalogue lacks may stand there (INSTITUTO DE LA MUJER DE SOLIDARIDAD)."""

    scores: dict[str, float] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    estado: str | None = None
    perhaps: bool = False

    @property
    def clear(self) -> str | None:
        """The one municipality that is named as it is called, None where there is none, or another could be meant."""
        best = [ente for ente, score in self.scores.items() if score == max(self.scores.values())]
        return best[0] if len(best) == 1 and self.scores[best[0]] >= 0.9 else None

    @property
    def shared(self) -> tuple[str, ...]:
        """The municipalities of several states that have the name which is printed, none where one has it."""
        best = tuple(ente for ente, score in self.scores.items() if score == 1.0)
        return best if len(best) > 1 else ()

    def may_be(self, ente: str, name: str) -> bool:
        """Whether what is announced could be this municipality, misread: a like name, or none of its state that it is
        another's (the catalogue has them all)."""
        if self.estado == ente[:2] or not (self.words or self.estado):
            return True
        return fuzz.partial_ratio(" ".join(words(name)), " ".join(self.words)) >= 100 * LEAST_ALIKE


class Gazetteer:
    """The municipalities of the catalogue by their names' words, and its states."""

    def __init__(self, catalogs: Catalogs) -> None:
        self.by_name: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for ente, name in sorted(catalogs.entes.items()):
            self.by_name[tuple(words(name))].append(ente)
        self.names: dict[int, list[str]] = defaultdict(list)
        for parts in self.by_name:
            self.names[len(parts)].append(" ".join(parts))
        self.begun = {parts[:k] for parts in self.by_name for k in range(1, len(parts))}
        self.states = sorted(((tuple(words(n)), s) for s, n in catalogs.estados.items()), key=lambda f: -len(f[0]))
        self.short = {text: s for s in catalogs.estados for text in _ABBREVIATED.get(s, "").split("|")}
        self.named_in = lru_cache(maxsize=TITLES)(self._named_in)

    def _named_in(self, title: tuple[str, ...]) -> Named:
        """What the lines of a title name."""
        scores: dict[str, float] = {}
        announced: tuple[str, ...] = ()
        perhaps = False
        state: str | None = None
        for text in title:
            if title_of(text) in ("poa", "avance"):
                continue
            found = words(plain(text))
            rest = _announced(found)
            told = self._exact(found, rest)
            if rest is None:
                state = state or (self._state_at_end(found) if not told else None)
                perhaps = perhaps or (not told and self._perhaps(found))
            else:
                told = told or self._alike(rest)
                announced = announced or tuple(w for w in rest if len(w) >= 4 and w not in _SHORT_WORDS)
                state = state or next((s for k in range(1, len(rest)) if (s := self._behind(rest[k:])[0])), None)
            for ente, score in told.items():
                scores[ente] = max(score, scores.get(ente, 0.0))
        return Named(scores, announced, state, perhaps)

    def _exact(self, found: Sequence[str], rest: Sequence[str] | None) -> dict[str, float]:
        """The municipalities whose name stands in a line: where one is announced, else at its end, or before a state.

        Where a state is printed behind the name, those of that state. A name with which a longer one begins (Santiago,
        Santiago Tuxtla) needs an end or a state behind it: the rest may be misread. One that is a state's too is no
        certain one at the end of a line that announces none.
        """
        line = found if rest is None else rest
        states = {form for form, _ in self.states}
        for start in _places(line, is_announced=rest is not None):
            for size in range(min(MAX_NAME, len(line) - start), 0, -1):
                name = tuple(line[start : start + size])
                entes = self.by_name.get(name)
                if not entes and start and line[start - 1] == "DEL":
                    entes = self.by_name.get(("EL", *name))
                if not entes:
                    continue
                state, is_end = self._behind(line[start + size :])
                if state or is_end or (rest is not None and name not in self.begun):
                    its = [e for e in entes if state in (None, e[:2])]
                    is_clear = rest is not None or state is not None or len(its) > 1 or name not in states
                    return dict.fromkeys(its, 1.0 if is_clear else AS_A_STATE)
        return {}

    def _state_at_end(self, found: Sequence[str]) -> str | None:
        """The state whose name ends a line, whole or in several short words (Q. Roo): one may be any (Sin., Col.)."""
        lettered = [(tuple(short.split()), state) for short, state in self.short.items() if " " in short]
        forms = [*self.states, *lettered]
        return next((state for form, state in forms if form and tuple(found[-len(form) :]) == form), None)

    def _perhaps(self, found: Sequence[str]) -> bool:
        """Whether a municipality that the catalogue lacks may be named where nothing announces one: behind GOBIERNO
        DE, behind a body's second DE (the first is what it is for), or with a state's name alone in its line."""
        at = [k for k, word in enumerate(found[:-1]) if word in ("DE", "DEL")]
        if found[:1] == ["GOBIERNO"] and at[:1] == [1]:
            rest = found[2:]
        elif _BODY.intersection(found[:2]) and len(at) > 1:
            rest = found[at[1] + 1 :]
        elif self._state_at_end(found) and not at:
            rest = found
        else:
            return False
        return self._behind(rest) == (None, False)

    def _behind(self, tail: Sequence[str]) -> tuple[str | None, bool]:
        """What stands behind a name: the state that it prints, as it is called or one letter in five misread; whether
        the title says nothing more of a place."""
        tail = list(takewhile(lambda word: not word.isdigit() and word not in _AFTER, tail))
        while tail and tail[0] in _OF_STATE:
            tail.pop(0)
        text = " ".join(tail)
        if not tail:
            return None, True
        if text in self.short:
            return self.short[text], False
        for form, state in self.states:
            if tuple(tail[: len(form)]) == form:
                return state, False
        likely = ((fuzz.ratio(text, " ".join(form)), state) for form, state in self.states)
        score, state = max(likely, default=(0.0, ""))
        return (state if score >= LIKE_STATE else None), False

    def _alike(self, rest: Sequence[str]) -> dict[str, float]:
        """The municipalities whose names are most like a misread one, of the state that is printed behind it."""
        scores: dict[str, float] = {}
        for start in _places(rest, is_announced=True):
            for size in range(1, min(MAX_NAME, len(rest) - start) + 1):
                state, is_end = self._behind(rest[start + size :])
                least = 100 * (LEAST_ALIKE if state else LEAST_ALONE if is_end else LEAST_FOLLOWED)
                window = " ".join(rest[start : start + size])
                like = process.extract(window, self.names[size], scorer=fuzz.ratio, score_cutoff=least, limit=None)
                for called, score, _ in like:
                    name = tuple(called.split())
                    if _unlike(rest[start : start + size], name):
                        continue
                    for ente in self.by_name[name]:
                        if state in (None, ente[:2]) and (state or is_end or name not in self.begun):
                            scores[ente] = max(score / 100, scores.get(ente, 0.0))
        return dict(sorted(scores.items(), key=lambda s: (-s[1], s[0]))[:MOST_LIKELY])


@cached_by_identity
def gazetteer_of(catalogs: Catalogs) -> Gazetteer:
    """The municipalities of the catalogues, made once."""
    return Gazetteer(catalogs)


def _unlike(printed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words in which a print and a name differ are unlike: what GUADALUPE proves, of GUADALUPE NL and
    GUADALUPE ETLA alike, says nothing of the rest."""
    pairs = [(one, other) for one, other in zip(printed, name, strict=True) if one != other]
    ones, others = " ".join(one for one, _ in pairs), " ".join(other for _, other in pairs)
    return bool(pairs) and fuzz.ratio(ones, others) < 100 * LEAST_ALIKE


def _announced(found: Sequence[str]) -> Sequence[str] | None:
    """The words behind AYUNTAMIENTO, GOBIERNO MUNICIPAL, MUNICIPIO DE, DIF and the like; None where there is none."""
    if (end := council_end(found)) is not None:
        return found[end:]
    for k, word in enumerate(found[:-1]):
        if word == "DIF" or (word in _ANNOUNCED and found[k + 1] in ("DE", "DEL") and found[k + 2 :]):
            return found[k + 1 :]
        if word in _ANNOUNCED and tuple(found[k + 1 : k + 3]) == ("LIBRE", "DE") and found[k + 3 :]:
            return found[k + 3 :]  # Libres is a municipality of Puebla
        if word in _MUNICIPAL and tuple(found[k + 1 : k + 3]) == ("MUNICIPAL", "DE") and found[k + 3 :]:
            return found[k + 3 :]
    return None


def _places(line: Sequence[str], *, is_announced: bool) -> Iterator[int]:
    """Where a name may begin: behind the words between AYUNTAMIENTO and it; in a line that announces none behind DE."""
    if not is_announced:
        yield from (k for k in range(len(line)) if k == 0 or line[k - 1] in ("DE", "DEL", "EN"))
        return
    for k in range(len(line)):
        yield k
        if line[k] not in _BETWEEN:
            return
