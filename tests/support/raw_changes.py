"""What loads do to the raw tables of a home, made by hand: a quarter more, a file replaced, a page that found its year.

Belongs here: changes of ``RawWorld``. Does not belong here: what a build makes of them (``test_por_ejercicio``).
"""

from __future__ import annotations

from tests.support.dbt_world import RawWorld

FIRST, SECOND = "446 126 91 207 22 128 - - - 128 29", "446 126 91 207 22 128 90 - - 218 49"


def report(
    world: RawWorld, key: str, corte: str, figures: str, *, unidad: str = "54101", numero: int = 100,
    medida: str = "Luminaria", linea: str = "APOYOS DE ORDEN SOCIAL", ruta: str | None = None,
) -> None:  # fmt: skip
    """An extract of one page, whose first action carries on the one of the year's first quarter."""
    world.extract(key, ruta or f"{corte}/{key}.txt")
    page = world.page(key, 1, unidad, corte, "con_eje", "511", lineas={"2.3.1": linea})
    of_year = f"02002-{unidad}-{corte[:4]}-T1-001"
    page.row(numero, figures, accion_id=of_year, medida=medida)
    page.row(numero + 1, "20 5 5 5 5 - - - - 20 100", accion_id=of_year[:-1] + "2", medida="Evento",
             dudas={"a1": (4, 5)}, lineas=[])  # fmt: skip


def new_quarter(world: RawWorld) -> None:
    """One more quarter of the last year."""
    report(world, "d2022", "2022-T3", "446 126 91 207 22 128 90 200 - 418 94")


def late_cut(world: RawWorld) -> None:
    """The first quarter of a unit whose fourth is long there."""
    report(world, "e2020", "2020-T1", "446 126 91 207 22 99 - - - 99 22", unidad="54102")


def new_year(world: RawWorld) -> None:
    """The first report of a year that nothing was known of, by a unit the catalogue lacks."""
    report(world, "f2023", "2023-T1", FIRST, unidad="54999")


def year_removed(world: RawWorld) -> None:
    """Every report of a year leaves."""
    for table in ("renglones", "lecturas", "vinculos", "elegidas", "formatos"):
        world.con.execute(f"delete from raw.{table} where ejercicio = 2019")


def replaced(world: RawWorld) -> None:
    """Another file in the place of one, with one action less: what it said is in none now."""
    for table in ("renglones", "lecturas", "vinculos", "elegidas", "formatos", "campos"):
        world.con.execute(f"delete from raw.{table} where extracto_id = 'b2020'")
    world.con.execute(
        "update raw.extractos set retirado_en = now(), retirado_por = 'x2020', acciones_retiradas = [{'linea': 12, "
        "'ente_codigo': '02002', 'unidad_codigo': '54101', 'ejercicio': 2020, 'corte': '2020-T2', "
        "'accion_numero': 105, 'descripcion': 'Otra cosa del todo'}] where extracto_id = 'b2020'"
    )
    report(world, "x2020", "2020-T2", SECOND.replace("90 - -", "80 - -"), ruta="2020-T2/b2020.txt")


def renamed_measure(world: RawWorld) -> None:
    """A measure that the catalogue lacks, printed in another way in one year, goes by that name in all of them."""
    report(world, "g2022", "2022-T3", FIRST, medida="luminaria")


def renamed_linea(world: RawWorld) -> None:
    """Printings of one year outvote the name that all years show."""
    report(world, "h2022", "2022-T3", FIRST)
    for number in range(2, 62):
        world.page("h2022", number, None, "2022-T3", "con_eje", "511", lineas={"2.3.1": "APOYOS DE ORDEN SOCIALES"})


def moved_file(world: RawWorld) -> None:
    """The same bytes under another path: no figure changes, what says where it comes from does."""
    world.con.execute("update raw.extractos set ruta = 'otra/a2021.txt' where extracto_id = 'a2021'")


def set_aside(world: RawWorld) -> None:
    """Settled again, it is not sure whose a page is: it leaves every figure and stays listed."""
    world.con.execute(
        "update raw.formatos set unidad_codigo_estado = 'dudosa', situacion = 'apartada' where extracto_id = 'a2021'"
    )
    for table in ("vinculos", "elegidas"):
        world.con.execute(f"delete from raw.{table} where extracto_id = 'a2021'")


def timeless_page(world: RawWorld) -> None:
    """A page of no settled year: it is listed, and no year is touched."""
    world.extract("t0", "nuevo/t0.txt")
    world.page("t0", 1, "54101", "0000-T3", "con_eje", "511").row(100, FIRST)


def year_found(world: RawWorld) -> None:
    """A page that was of no settled year is one of a year: it leaves the others."""
    world.con.execute("delete from raw.extractos where extracto_id = 'u0'")
    for table in ("lineas", "formatos", "campos", "renglones", "lecturas"):
        world.con.execute(f"delete from raw.{table} where extracto_id = 'u0'")
    report(world, "u0", "2021-T3", FIRST, ruta="nuevo/u0.txt")


def nothing(_: RawWorld) -> None:
    """The same again."""
