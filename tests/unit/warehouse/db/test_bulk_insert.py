"""Frames are typed by their table and lose nothing."""

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from dagster_project.warehouse.db import bulk_insert as frames
from dagster_project.warehouse.db.bulk_insert import insert, storable

Con = duckdb.DuckDBPyConnection


@pytest.fixture
def prueba(con: Con) -> Con:
    con.execute(
        "create table raw.prueba (t varchar, n integer, d decimal(18, 4), b boolean, l varchar[], j json, f double)"
    )
    return con


def test_values_arrive_as_they_were(prueba: Con) -> None:
    """Exact decimals, lists with hostile texts, JSON, and nulls of every type, late ones too."""
    rows = [dict.fromkeys("tndbljf")] * 2000
    rows += [
        {
            "t": "niño\t'; --",
            "n": 7,
            "d": Decimal("99999999999999.9999"),
            "b": False,
            "l": ['a"b', "", "[1]"],
            "j": {"é": [1]},
            "f": 0.1,
        }
    ]
    assert insert(prueba, "prueba", rows) == 2001
    last = prueba.execute("from raw.prueba where n = 7").fetchone()
    assert last == ("niño\t'; --", 7, Decimal("99999999999999.9999"), False, ['a"b', "", "[1]"], '{"é": [1]}', 0.1)
    assert prueba.execute("select count(*), count(t), count(d), count(l), count(j) from raw.prueba").fetchone() == (
        2001,
        1,
        1,
        1,
        1,
    )


def test_rows_that_come_one_after_another_are_written_in_parts(prueba: Con, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, in order, and never more in memory than one statement takes."""
    monkeypatch.setattr(frames, "AT_ONCE", 6)
    written: list[int] = []

    def coming() -> Iterator[dict[str, int]]:
        for n in range(20):
            (known,) = prueba.execute("select count(*) from raw.prueba").fetchone() or (0,)
            written.append(known)
            yield {"n": n}

    assert insert(prueba, "prueba", coming()) == 20
    assert prueba.execute("select list(n) from raw.prueba").fetchone() == (list(range(20)),)
    assert written == [n // 6 * 6 for n in range(20)]


def test_an_unknown_column_is_an_error(prueba: Con) -> None:
    """A field without a column would leave silently."""
    with pytest.raises(KeyError, match="otra"):
        insert(prueba, "prueba", [{"t": "x", "otra": 1}])


@pytest.mark.parametrize(
    ("figure", "fits"),
    [
        (None, True),
        (0, True),
        (Decimal("99999999999999.9999"), True),
        (10**14, False),
        (-(10**14), False),
        (Decimal("0.00001"), False),
        (Decimal("NaN"), False),
        (Decimal("1E+3"), True),
    ],
)
def test_says_which_figures_the_table_holds(figure: int | Decimal | None, fits: bool) -> None:
    """Fourteen digits before the point, four after."""
    assert storable(figure) is fits


def test_a_few_rows_are_written_as_many_are(con: Con) -> None:
    """One by one or as a frame, the same rows come out: lists, decimals, JSON, blanks and odd texts."""
    odd = {
        "extracto_id": "a", "linea": 1, "linea_fin": 1, "formato": 1, "orden": 1, "ejercicio": None, "accion_numero": 7,
        "accion_inferida": True, "accion_regla": "x", "lineas_accion": ["1.1.1", "'; --", ""],
        "descripcion": "=1\u2028\x85", "unidad_medida": "", "impreso": [], "observaciones": "«sí»\t", "huella": "",
        "tabla": None,
    }  # fmt: skip
    insert(con, "renglones", [odd])
    few = con.execute("select * exclude (extracto_id) from raw.renglones").fetchall()
    insert(con, "renglones", [odd | {"extracto_id": f"b{n}"} for n in range(20)])
    assert set(map(repr, con.execute("select * exclude (extracto_id) from raw.renglones").fetchall())) == {repr(few[0])}
