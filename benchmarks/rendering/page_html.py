"""A form as a page for a browser to print. Not here: what it says (``synthetic.plans``), the style (``style``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from benchmarks.rendering.style import Style, figure, percent, period
from benchmarks.synthetic.header import ordinal
from benchmarks.synthetic.plans import Fila, Pagina

BORDERS = {
    "full": "td, th { border: 1px solid black }",
    "thin": "td, th { border: 0.5px solid #777 }",
    "rows": "tbody tr { border-bottom: 1px solid black } thead { border-bottom: 1px solid black }",
    "none": "thead { border-bottom: 1.5px solid black }",
}
ACTS = ("ELABORÓ", "REVISÓ", "AUTORIZÓ")
ROLES = ("RESPONSABLE DE LA UNIDAD EJECUTORA", "RESPONSABLE DEL PROGRAMA", "RESPONSABLE DEL RAMO")


def as_html(
    page: Pagina, style: Style, lines: Mapping[str, str], remarks: Sequence[str], signers: Sequence[str]
) -> str:
    """The whole page; ``remarks`` are one a row, ``lines`` the names of the líneas de acción by their code."""
    parts = [_title(page), _header(page, style, lines)]
    if style.title_after:
        parts.reverse()
    return f"""<!doctype html><meta charset="utf-8"><style>
@page {{ size: {style.paper}; margin: 0.35in }}
body {{ font: {style.size}pt '{style.font}'; margin: 0; line-height: 1.15 }}
table.forma {{ border-collapse: collapse; width: 100%; table-layout: auto }}
{BORDERS[style.grid]}
thead {{ display: {"table-header-group" if style.repeat_head else "table-row-group"} }}
tr {{ break-inside: avoid }}
td {{ text-align: {style.align}; vertical-align: {style.valign}; padding: 1px 2px }}
td.t {{ text-align: left }} td.u {{ text-align: center }}
{"td.f, th.f { width: 3.2% }" if style.layout == "set" else "th { text-align: left }"}
.r {{ text-align: right }} .c {{ text-align: center; font-weight: bold }}
.h td {{ {"" if style.layout == "boxed" else "border: 0;"} text-align: left; padding: 0 1em 0 0; vertical-align: top }}
{".h { border-collapse: collapse; width: 100% }" if style.layout == "boxed" else ""}
.s td {{ border: 0; text-align: center; padding: 2em 0 0 0 }}
</style>{"".join(parts)}{_date(page, style)}
{_table(page, style, remarks)}{_signatures(signers)}"""


def _date(page: Pagina, style: Style) -> str:
    if style.layout == "boxed":
        return f'<table class="h"><tr><td>TMM-F004</td><td>FECHA: {period(style, page)}</td></tr></table>'
    return f'<div class="r">TMM-F004<br>FECHA: {period(style, page)}</div><br>'


def _title(page: Pagina) -> str:
    return (
        f'<div class="c">{ordinal(page.anio)} AYUNTAMIENTO DE MEXICALI DE BAJA CALIFORNIA<br>'
        f"PROGRAMA OPERATIVO ANUAL {page.anio}<br><br>AVANCE FÍSICO PROGRAMÁTICO</div>"
    )


def fields(page: Pagina, lines: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The header's labels, each with what it says."""
    unit = page.unidad
    found = [
        ("RAMO", [f"{unit.ramo} {unit.ramo_nombre}"]),
        ("PROGRAMA", [f"{unit.programa} {unit.programa_nombre}"]),
        ("UNIDAD EJECUTORA", [f"{unit.codigo} {unit.nombre}"]),
        ("FINALIDAD", ["2 DESARROLLO SOCIAL"]),
        ("FUNCION", ["2 VIVIENDA Y SERVICIOS A LA COMUNIDAD"]),
        ("SUBFUNCION", ["2 DESARROLLO COMUNITARIO"]),
    ]
    if page.con_eje:
        found.append(("EJE DE GOBIERNO", ["2 BIENESTAR PARA TODOS"]))
    return [*found, ("LINEAS DE ACCION", [f"{code} {name}" for code, name in lines.items()])]


def _header(page: Pagina, style: Style, lines: Mapping[str, str]) -> str:
    if style.header == "split" or style.layout == "boxed":
        rows = "".join(
            f"<tr><td>{label}</td><td>{'<br>'.join(f'- {escape(v)}' for v in values)}</td></tr>"
            for label, values in fields(page, lines)
        )
        return f'<table class="h">{rows}</table>'
    indent = "<br>" + "&nbsp;" * 24
    return "<br>".join(f"{label}: {indent.join(map(escape, values))}" for label, values in fields(page, lines)) + "<br>"


def _table(page: Pagina, style: Style, remarks: Sequence[str]) -> str:
    to_date = style.cols == "to_date"
    is_set, apart = style.layout == "set", style.layout == "unmerged"
    quarters = "".join(f"<th>{q}</th><th></th>" if apart else f'<th colspan="2">{q}</th>' for q in style.quarters)
    over = "<th>PERIODO</th>" + "<th></th>" * 7 if apart else '<th colspan="8">PERIODO</th>'

    def wide(per_cent: int) -> str:
        return f' style="width:{per_cent}%"' if is_set else ""

    marks = '<th class="f">P</th><th class="f">A</th>' * (5 if to_date else 4)
    total = '<th colspan="2">AVANCE ABSOLUTO</th>' if to_date else '<th rowspan="2">AVANCE ABSOLUTO</th>'
    last = "" if style.cols == "no_obs" else f'<th rowspan="3"{wide(19)}>OBSERVACIONES</th>'
    span = 3 if to_date else 2
    head = (
        f'<tr><th rowspan="3"{wide(6)}>LINEA DE ACCION P.M.D.</th><th rowspan="3"{wide(24)}>METAS Y ACCIONES</th>'
        f'<th rowspan="3"{wide(7)}>UNIDAD DE MEDIDA</th><th rowspan="3"{wide(5)}>META ANUAL</th>'
        f'{over}<th colspan="{span}">ACUMULADO</th>{last}</tr>'
        f'<tr>{quarters}{total}<th rowspan="2">ACUMULADO RELATIVO</th></tr><tr>{marks}</tr>'
    )
    rows = "".join(_row(page, style, row, said) for row, said in zip(page.filas, remarks, strict=True))
    return f'<table class="forma"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _row(page: Pagina, style: Style, row: Fila, said: str) -> str:
    pairs = [x for pair in zip(row.programado, row.avance, strict=True) for x in pair]
    totals: list[int | None] = [row.absoluto]
    if style.cols == "to_date":
        totals = [sum(p or 0 for p in row.programado[: page.trimestre]), row.absoluto]
    text = f"{row.accion}{style.num}{row.de.descripcion}"
    cells = [
        f'<td class="t">{" ".join(dict.fromkeys(row.de.lineas))}</td>',
        f'<td class="t">{escape(text.upper() if style.upper else text)}</td>',
        f'<td class="u">{escape(row.de.unidad_medida.upper() if style.upper else row.de.unidad_medida)}</td>',
        *(f'<td class="f">{figure(style, x)}</td>' for x in (row.meta, *pairs)),
        *(f"<td>{f'{x or 0:,}' if style.sep else x or 0}</td>" for x in totals),
        f"<td>{percent(style, row)}</td>",
    ]
    return f'<tr>{"".join(cells)}{"" if style.cols == "no_obs" else f"""<td class="t">{escape(said)}</td>"""}</tr>'


def _signatures(signers: Sequence[str]) -> str:
    cells = "".join(
        f"<td>{act}<br><br><br>{'_' * 24}<br>{name}<br>{role}<br>Nombre y Firma</td>"
        for act, name, role in zip(ACTS, signers, ROLES, strict=True)
    )
    return f'<table class="s" style="width:100%; break-inside: avoid"><tr>{cells}</tr></table>'
