"""Pages as ``proposals.seen`` gives them, made up for tests. Not here: any expectation."""

from __future__ import annotations

from dagster_project.proposals.seen import Field, Page

UNIT = ("31101", "COORDINACIÓN DE BIBLIOTECAS")
PROGRAMME = ("311", "FOMENTO A LA LECTURA")


def seen(
    corte: str | None = "2024-T1",
    unit: tuple[str, str | None] = UNIT,
    settled: str | None = None,
    *,
    ente: str | None = "02004",
    programme: tuple[str, str] = PROGRAMME,
    ramo: str = "31",
    eje: bool | None = False,
    first_out: bool | None = None,
    lines: tuple[tuple[str, str], ...] = (),
    measures: tuple[str, ...] = (),
    repeated_goals: tuple[str, ...] = (),
    damaged: bool = False,
    open_facts: tuple[str, ...] = (),
    title: str = "XXV AYUNTAMIENTO DE TIJUANA",
    ruta: str | None = None,
) -> Page:
    """A page of Tijuana's Coordinación de Bibliotecas; ``settled`` is its unit where it is not the printed one."""
    code, name = unit
    fields = [("titulo", Field(None, title, None)), ("ramo", Field(ramo, "CULTURA", ramo))]
    fields.append(("programa", Field(*programme, programme[0])))
    fields.append(("unidad_ejecutora", Field(code, name, settled or code)))
    fields += [("linea_accion", Field(line, called, line)) for line, called in lines]
    fields += [("eje", Field("3", "CIUDAD QUE LEE", "3"))] if eje else []
    return Page(
        ruta or f"{corte}/{settled or code}.txt", 1, 1, ente, settled or code, int(corte[:4]) if corte else None, corte,
        programme[0], frozenset(open_facts), eje, first_out, damaged, tuple(fields), measures,
        frozenset(repeated_goals),
    )  # fmt: skip


def seeds_of(**files: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Seed files by name without ``.csv``; the others are empty."""
    names = ("entes", "planes", "programas", "unidades", "unidades_medida", "lineas_accion")
    return {f"{name}.csv": files.get(name, []) for name in names}
