"""The parts of a spreadsheet's number format and a number written by them. Not here: dates and texts (``shown``).

After ECMA-376 part 1, 18.8.31: sections for what is positive, negative, nought and text; literals, placeholders.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

Section = list[tuple[str, str]]
"""Marks in order: ``digit`` (0, # or ?), ``point``, ``comma``, ``percent``, ``text``, ``general``, ``literal``, and
``colour``, which shows nothing."""

_MARK = re.compile(
    r'(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|(?P<blank>_.|\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<exponent>E[+-]0+)|(?P<mark>.)",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = {
    "0": "digit",
    "#": "digit",
    "?": "digit",
    ".": "point",
    ",": "comma",
    "%": "percent",
    "@": "text",
    "/": "over",
}
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


def general(number: Decimal) -> str:
    """A number as a cell without a format shows it: eleven digits if it is whole, else ten; no nought at the end."""
    if number == number.to_integral_value() and abs(number) < 10**11:
        return f"{int(number)}"
    return f"{Decimal(f'{number:.10g}').normalize():f}"


def parts_of(number_format: str) -> list[Section]:
    """The sections of a format as marks."""
    sections: list[Section] = [[]]
    for found in _MARK.finditer(number_format):
        kind, text = str(found.lastgroup), found[0]
        if kind == "quoted":
            sections[-1].append(("literal", text.strip('"')))
        elif kind == "escaped":
            sections[-1].append(("literal", found["escaped"]))
        elif kind == "blank":
            sections[-1].append(("literal", " " if text[0] == "_" else ""))
        elif kind == "bracket":
            sections[-1].append(_bracket(found["bracket"]))
        elif kind in ("general", "exponent"):
            sections[-1].append((kind, text))
        elif text == ";":
            sections.append([])
        else:
            sections[-1].append((_KINDS.get(text, "literal"), text))
    return sections


def _bracket(inside: str) -> tuple[str, str]:
    """A currency, a condition, a colour, or what shows nothing."""
    if inside.startswith("$"):
        return "literal", inside[1:].split("-")[0]
    if _COLOUR.fullmatch(inside):
        return "colour", inside.lower()
    return ("condition", inside) if _CONDITION.fullmatch(inside) else ("literal", "")


def colour_of(section: Section) -> str:
    """The colour that a section asks for, in small letters (``red``, ``color 3``); '' where it is that of the font."""
    return next((text for kind, text in section if kind == "colour"), "")


def section_for(number: Decimal, number_format: str) -> tuple[Section, bool]:
    """The section that writes a number, and whether the number's own sign is written with it."""
    sections = parts_of(number_format)
    conditions = [next((text for kind, text in section if kind == "condition"), None) for section in sections[:2]]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=False):
            if condition is None or _holds(number, condition):
                return section, True
        return sections[min(2, len(sections) - 1)], True
    if len(sections) > 2 and number == 0:
        return sections[2], False
    if len(sections) > 1 and number < 0:
        return sections[1], False
    return sections[0], True


def _holds(number: Decimal, condition: str) -> bool:
    found = _CONDITION.fullmatch(condition)
    assert found is not None
    against = Decimal(found[2])
    return {
        "<": number < against,
        ">": number > against,
        "<=": number <= against,
        ">=": number >= against,
        "=": number == against,
        "<>": number != against,
    }[found[1]]


def section_text(number: Decimal, section: Section) -> str:
    """A number as a section writes it, rounded half away from nought as spreadsheets do."""
    kinds = [kind for kind, _ in section]
    sign = "-" if number < 0 else ""
    if "digit" not in kinds and "text" in kinds:  # @: a number that is shown as it was typed
        section = [("general" if kind == "text" else kind, text) for kind, text in section]
        kinds = [kind for kind, _ in section]
    if _is_broken_up(section):
        return general(number)
    if "general" in kinds:
        written = "".join(
            general(number) if kind == "general" else text for kind, text in section if kind in ("general", "literal")
        )
        return written.strip()
    if "digit" not in kinds:
        return "".join(text for kind, text in section if kind in ("literal", "percent")).strip()
    if "exponent" in kinds:
        return f"{number:.{_decimals(section)[0]}E}"
    if "over" in kinds:
        return general(number)
    whole, fraction = _digits(abs(number) * 100 ** kinds.count("percent"), section)
    pieces: list[str] = []
    is_written = False
    for kind, text in section:
        if kind == "digit" and not is_written:
            is_written = True
            pieces.append(whole + (f".{fraction}" if fraction else ""))
        elif kind in ("literal", "percent"):
            pieces.append(text)
    shown = "".join(pieces).strip()
    return sign + shown if any(digit in "123456789" for digit in whole + fraction) else shown


def _is_broken_up(section: Section) -> bool:
    """Whether something stands between the digits of a whole number, as in ``000-000``: it is written plainly."""
    places = [i for i, (kind, _) in enumerate(section) if kind in ("digit", "comma", "point")]
    inside = section[places[0] : places[-1]] if places else []
    return any(kind == "literal" and text.strip() for kind, text in inside)


def _decimals(section: Section) -> tuple[int, int]:
    """Places after the point, and those of them that are written though nought."""
    after = False
    places = [text for kind, text in section if (after := after or kind == "point") and kind == "digit"]
    return len(places), max((index + 1 for index, text in enumerate(places) if text == "0"), default=0)


def _digits(number: Decimal, section: Section) -> tuple[str, str]:
    """The digits before and after the point."""
    whole_marks = []
    for kind, text in section:
        if kind == "point":
            break
        if kind in ("digit", "comma"):
            whole_marks.append(text)
    places = "".join(whole_marks)
    scale = len(places) - len(places.rstrip(","))
    decimals, kept = _decimals(section)
    rounded = (number / 1000**scale).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    least = places.count("0")
    whole = whole.lstrip("0").rjust(least, "0")
    if "," in places.strip(","):
        whole = f"{int(whole):,}" if whole else whole
    while len(fraction) > kept and fraction.endswith("0"):
        fraction = fraction[:-1]
    return whole, fraction
