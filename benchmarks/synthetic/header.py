"""The lines above a table: title, header block, period, in the styles such forms arrive in.

Belongs here: what a page says of itself and the damage to that. Does not: the table.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.synthetic import garble, words
from benchmarks.synthetic.plans import Pagina
from benchmarks.synthetic.rates import Rates

MONTHS = {
    1: ("ENERO", "MARZO"),
    2: ("ABRIL", "JUNIO"),
    3: ("JULIO", "SEPTIEMBRE"),
    4: ("OCTUBRE", "DICIEMBRE"),
}
STYLES = ("rotulos", "bloques", "tabuladores", "rotulo_tab", "codigos_aparte", "con_blancos")


@dataclass(frozen=True, slots=True)
class Encabezado:
    """The printed lines and the kinds of damage they took."""

    lineas: list[str]
    dano: list[str]


def ordinal(year: int) -> str:
    """The ordinal of the ayuntamiento in office in a year."""
    return "XXIII" if year <= 2021 else "XXIV" if year <= 2024 else "XXV"


def period(rng: random.Random, page: Pagina) -> str:
    """The quarter as forms write it."""
    first, last = MONTHS[page.trimestre]
    form = rng.choice(("{a}-{b} {y}", "{a}-{b}-{y}", "{a} - {b} {y}", "{a} a {b} de {y}", "{c}-{d} {y}"))
    text = form.format(a=first, b=last, c=first[:3], d=last[:3], y=page.anio)
    return text.title().replace(" A ", " a ").replace(" De ", " de ") if rng.random() < 0.25 else text


def build(rng: random.Random, rates: Rates, page: Pagina) -> Encabezado:
    """Every line before the table's header."""
    struck = [
        k
        for k in (
            "codigo_unidad", "codigo_desplazado", "codigo_programa", "nombres", "etiquetas",
            "titulo_perdido", "titulo_mal", "periodo_perdido", "periodo_mal",
        )
        if rng.random() < getattr(rates, k)
    ]  # fmt: skip
    title = _title(rng, page, struck)
    block = _block(rng, _fields(rng, page, struck), rng.choice(STYLES), struck)
    when = _period_lines(rng, page, struck)
    gap = [""]
    if rng.random() < 0.1:
        return Encabezado([*block, *gap, *when, *gap, *title, *gap], struck)
    if rng.random() < 0.15:
        return Encabezado([*title, *gap, *when, *gap, *block, *gap], struck)
    return Encabezado([*title, *gap, *block, *gap, *when, *gap], struck)


def _title(rng: random.Random, page: Pagina, struck: list[str]) -> list[str]:
    place = rng.choice(("MEXICALI DE BAJA CALIFORNIA", "MEXICALI, B.C.", "MEXICALI, BAJA CALIFORNIA"))
    top = [f"{ordinal(page.anio)} AYUNTAMIENTO DE {place}", f"PROGRAMA OPERATIVO ANUAL {page.anio}"]
    name = rng.choice(("AVANCE FISICO PROGRAMÁTICO", "AVANCE FÍSICO PROGRAMÁTICO", "AVANCE FISICO PROGRAMATICO"))
    if "titulo_perdido" in struck:
        return [name]
    if "titulo_mal" in struck:
        top = [garble.text(rng, t, keep_digits=True) for t in top]
    if rng.random() < 0.08:
        top = ["**" + top[0], top[1] + "**"]
    return [*top, "", name]


def _fields(rng: random.Random, page: Pagina, struck: list[str]) -> list[tuple[str, str, str]]:
    """The header's fields as (label, code, name), damaged."""
    unit = page.unidad
    unit_code, program = unit.codigo, unit.programa
    if "codigo_unidad" in struck:
        unit_code = garble.code(rng, unit_code)
    if "codigo_programa" in struck:
        program = garble.code(rng, program)
    lines = sorted({code for f in page.filas for code in f.de.lineas})
    fields = [
        ("RAMO", unit.ramo, unit.ramo_nombre),
        ("PROGRAMA", program, unit.programa_nombre),
        ("UNIDAD EJECUTORA", unit_code, unit.nombre),
        ("FINALIDAD", "2", "DESARROLLO SOCIAL"),
        ("FUNCION", "2", "VIVIENDA Y SERVICIOS A LA COMUNIDAD"),
        ("SUBFUNCION", "2", "DESARROLLO COMUNITARIO"),
    ]
    if page.con_eje:
        fields.append(("EJE DE GOBIERNO", "2", "BIENESTAR PARA TODOS"))
    for i, code in enumerate(lines):
        fields.append(("LINEAS DE ACCION" if i == 0 else "", code, words.line_name(code)))
    if "codigo_desplazado" in struck:
        # The programme's line is lost below: each code stands a line above its name.
        codes = [c for _, c, _ in fields]
        codes = [codes[0], *codes[2:], ""]
        fields = [(lab, c, nam) for (lab, _, nam), c in zip(fields, codes, strict=True)]
    if "nombres" in struck:
        fields = [(lab, c, garble.text(rng, nam)) for lab, c, nam in fields]
    return fields


def _block(rng: random.Random, fields: list[tuple[str, str, str]], style: str, struck: list[str]) -> list[str]:
    labels = [lab for lab, _, _ in fields if lab]
    if "etiquetas" in struck:
        if style == "bloques":
            labels = []
        else:
            style = "bloques" if rng.random() < 0.5 else style
            labels = [garble.text(rng, lab) for lab in labels[: rng.randint(1, len(labels))]]
            kept = dict(zip([lab for lab, _, _ in fields if lab], labels, strict=False))
            fields = [(kept.get(lab, ""), c, n) for lab, c, n in fields]
    values = [f"{c} {n}".strip() for _, c, n in fields]
    if style == "rotulos":
        return [f"{lab}: {v}" if lab else f" {v}" for (lab, _, _), v in zip(fields, values, strict=True)]
    if style == "tabuladores":
        return [f"{lab}\t{c}\t{n}" for lab, c, n in fields]
    if style == "rotulo_tab":
        return [f"{lab}:\t{v}" if lab else f"\t{v}" for (lab, _, _), v in zip(fields, values, strict=True)]
    if style == "codigos_aparte":
        return [*labels, "", *(c for _, c, _ in fields), "", *(n for _, _, n in fields)]
    if style == "con_blancos":
        return [part for line in (*labels, *values) for part in (line, "")]
    dash = "- " if rng.random() < 0.5 else ""
    return [*labels, "", *(dash + v for v in values)]


def _period_lines(rng: random.Random, page: Pagina, struck: list[str]) -> list[str]:
    code = rng.choice((["TMM-F004"], ["TMM-F004"], ["TMM-F004"], []))
    if "periodo_perdido" in struck:
        return code
    text = period(rng, page)
    if "periodo_mal" in struck:
        text = (
            garble.text(rng, text, keep_digits=True) if rng.random() < 0.6 else f"{rng.randint(1, 28)} MAR {page.anio}"
        )
    form = rng.random()
    if form < 0.1:
        return [f"FECHA: {' '.join(code)}", text]
    if form < 0.2:
        return [*code, text]
    return [*code, f"FECHA: {text}"] if form < 0.75 else [f"FECHA: {text}", *code]
