"""Forms of made-up units, in each style such headers arrive in, and what pages of them settle to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dagster_project.tmm_f004.catalogs import Catalogs, Plan, Unit
from dagster_project.tmm_f004.model import Extract
from dagster_project.tmm_f004.settle.pages import settle_extract

MONTHS = {1: "ENERO-MARZO", 2: "ABRIL-JUNIO", 3: "JULIO-SEPTIEMBRE", 4: "OCTUBRE-DICIEMBRE"}
STYLES = ("label_value", "blocks", "dashed_blocks", "tabs", "codes_apart", "spaced", "shifted", "no_labels")

CATALOGS = Catalogs(
    entes={"02004": "Tijuana", "02001": "Ensenada", "02003": "Tecate"},
    unidades=(
        Unit("02004", "31101", "Coordinación de Bibliotecas", "311"),
        Unit("02004", "31105", "Departamento de Museos", "311"),
        Unit("02004", "33202", "Jefatura de Alumbrado Público", "332"),
    ),
    programas={"02004": {"311": "Fomento a la Lectura", "332": "Servicios Públicos de Calidad"}},
    razones=frozenset(),
    clasificacion={
        "2.2.2": ("Desarrollo Social", "Vivienda y Servicios a la Comunidad", "Desarrollo Comunitario"),
        "2.4.2": ("Desarrollo Social", "Recreación, Cultura y otras Manifestaciones Sociales", "Cultura"),
        "1.3.2": ("Gobierno", "Coordinación de la Política de Gobierno", "Política Interior"),
    },
    planes={
        ente: (Plan("sin_eje", None, "2022-T1", False), Plan("con_eje", "2022-T2", None, True))
        for ente in ("02004", "02001", "02003")
    },
)

TITLE = [
    "XXV AYUNTAMIENTO DE TIJUANA DE BAJA CALIFORNIA",
    "PROGRAMA OPERATIVO ANUAL 2023",
    "",
    "AVANCE FÍSICO PROGRAMÁTICO",
]
LABELS = (
    "RAMO",
    "PROGRAMA",
    "UNIDAD EJECUTORA",
    "FINALIDAD",
    "FUNCION",
    "SUBFUNCION",
    "EJE DE GOBIERNO",
    "LINEAS DE ACCION",
)
TABLE_HEAD = [
    "L/A\tMETAS Y ACCIONES\tUNIDAD DE MEDIDA\tMETA ANUAL\tPERIODO\t\t\t\tAVANCE ABSOLUTO\tOBSERVACIONES",
    "\t\t\t\tENE-MAR\t\tABR-JUN\t\tJUL-SEP\t\tOCT-DIC\t\t\t",
    "\t\t\t\tP\tA\tP\tA\tP\tA\tP\tA\t\t",
]
SIGNATURES = [
    "ANA SOTO RUIZ", "RESPONSABLE DE LA UNIDAD EJECUTORA", "NOMBRE Y FIRMA", "",
    "LUIS MORA PAZ", "RESPONSABLE DEL PROGRAMA", "NOMBRE Y FIRMA", "",
    "EVA DIAZ LARA", "RESPONSABLE DEL RAMO", "NOMBRE Y FIRMA",
]  # fmt: skip
DUTIES = (
    "Organizar círculos de lectura en escuelas primarias de la zona costera para acercar los libros a la niñez",
    "Reparar acervo deteriorado por la humedad mediante talleres de encuadernación con personal voluntario",
    "Prestar equipos de cómputo a estudiantes que carecen de conexión durante el horario vespertino",
    "Catalogar donaciones recibidas de editoriales universitarias conforme a la norma internacional vigente",
)


@dataclass(frozen=True)
class MadeUpForm:
    """What a page says; any part may be damaged by replacing it."""

    fields: tuple[tuple[str, str], ...] = (
        ("31", "CULTURA Y RECREACION"),
        ("311", "FOMENTO A LA LECTURA"),
        ("31101", "COORDINACION DE BIBLIOTECAS"),
        ("2", "DESARROLLO SOCIAL"),
        ("2", "VIVIENDA Y SERVICIOS A LA COMUNIDAD"),
        ("2", "DESARROLLO COMUNITARIO"),
        ("3", "CIUDAD QUE LEE"),
        ("3.1.4", "BIBLIOTECAS VIVAS"),
    )
    labels: tuple[str, ...] = LABELS
    title: tuple[str, ...] = tuple(TITLE)
    date: tuple[str, ...] = ("FECHA: JULIO-SEPTIEMBRE 2023",)
    numbers: tuple[int | None, ...] = (700, 701, 702, 703)
    signatures: tuple[str, ...] = tuple(SIGNATURES)
    duties: tuple[str, ...] = DUTIES


def with_unit(form: MadeUpForm, code: str, name: str) -> MadeUpForm:
    """The form of another unit."""
    return replace(form, fields=(*form.fields[:2], (code, name), *form.fields[3:]))


def rows(form: MadeUpForm, quarter: int = 3) -> list[str]:
    """Action rows whose absoluto is reached in ``quarter``."""
    lines = []
    for number, duty in zip(form.numbers, form.duties, strict=False):
        printed = f"{number}.- {duty}" if number is not None else duty
        done = ["5" if q <= quarter else "0" for q in range(1, 5)]
        pairs = [cell for q in range(4) for cell in ("6", done[q])]
        lines.append(
            "\t".join(["3.1.4", printed, "Sesión", "24", *pairs, str(5 * quarter), f"{500 * quarter // 24}%", ""])
        )
    return lines


def header(form: MadeUpForm, style: str) -> list[str]:
    """The header's lines in one of ``STYLES``."""
    pairs = list(zip(form.labels, form.fields, strict=True))
    values = [f"{code} {name}".strip() for code, name in form.fields]
    if style == "label_value":
        return [f"{label}: {code} {name}" for label, (code, name) in pairs]
    if style == "tabs":
        return [f"{label}\t{code}\t{name}" for label, (code, name) in pairs]
    if style == "codes_apart":
        return [*form.labels, "", *(c for c, _ in form.fields), "", *(n for _, n in form.fields)]
    if style == "spaced":
        return [line for value in (*form.labels, *values) for line in (value, "")]
    if style == "shifted":  # every value one label too low; the last line has lost its label
        return [
            f"{label}: {value}" if value else label
            for label, value in zip(form.labels, ["", *values[:-1]], strict=True)
        ] + [values[-1]]
    if style == "no_labels":
        return values
    dash = "- " if style == "dashed_blocks" else ""
    return [*form.labels, "", *(dash + value for value in values)]


def page(form: MadeUpForm, style: str = "label_value", quarter: int = 3) -> list[str]:
    """A whole form page as lines."""
    return [
        *form.title, "", *header(form, style), "", "TMM-F004", *form.date, "",
        *TABLE_HEAD, *rows(form, quarter), "", *form.signatures, "", "",
    ]  # fmt: skip


def settle(*pages: list[str]) -> Extract:
    """What pages of one file settle to."""
    return settle_extract([line for lines in pages for line in lines], CATALOGS)
