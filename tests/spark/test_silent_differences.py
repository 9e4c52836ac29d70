"""What DuckDB and Spark say differently without an error, each through the macro (or the SQL) that makes it the same.

The first assertion of a test is that the engines do differ: where a version ends that, the macro can go.
"""

from __future__ import annotations

import random
import sys
from decimal import Decimal
from types import SimpleNamespace

from tests.support.macros import Both, rendered


def test_trim_order(both: Both) -> None:
    """Given two arguments, one engine trims the first by the second and the other the second by the first."""
    both.hold(x=[" .2.3.1.-", "", None, " . "])
    assert both.duckdb("select trim(x, ' .,;:-') from t") != both.spark("select trim(x, ' .,;:-') from t")
    assert both.agree("select trim(both ' .,;:-' from x) from t order by i")[0] == ("2.3.1",)


def test_trim_of_other_spaces(both: Both) -> None:
    """Spark's ``trim`` leaves a no-break space where it is."""
    both.hold(x=[f"{chr(c)}a{chr(c)}" for c in (9, 10, 32, 0xA0, 0x1680, 0x2003, 0x200B, 0x202F, 0x205F, 0x3000)])
    assert both.duckdb("select trim(x) from t") != both.spark("select trim(x) from t")
    assert both.agree("select {{ recorta('x') }} from t order by i")[3] == ("a",)


def test_max_by_nulls(both: Both) -> None:
    """Spark gives the null of the highest, DuckDB the highest of what is not null."""
    both.hold(x=[1, None, None], k=[1, 2, None])
    assert both.duckdb("select max_by(x, k) from t") == [(1,)] != both.spark("select max_by(x, k) from t")
    assert both.agree("select max_by(x, k) filter (where x is not null), min_by(x, (i, i)) from t") == [(1, 1)]


def test_two_unnests(both: Both) -> None:
    """A list beside its places is one generator on Spark; of an empty list both give one empty text."""
    both.hold(x=[["a", "b"], [], [""], ["c"]])
    found = both.agree("select i, {{ despliega_con_lugar('x', 'e', 'lugar') }} from t order by i, lugar")
    assert found == [(0, "a", 1), (0, "b", 2), (1, "", 1), (2, "", 1), (3, "c", 1)]


def test_sequence_down(both: Both) -> None:
    """``sequence(1, 0)`` is two numbers, ``generate_series(1, 0)`` none; days go up on both."""
    assert both.spark("select explode(sequence(1, 0))") == [(1,), (0,)]
    assert both.duckdb("select unnest(generate_series(1, 0))") == []
    found = both.agree(
        "select {{ dias_entre('a', 'b') }} as dia from (select date '2023-12-30' as a, date '2024-01-02' as b) as d "
        "order by dia"
    )
    assert len(found) == 4


def test_decimal_division_rounding(both: Both) -> None:
    """Spark divides decimals into a decimal and rounds that again; the light's quotient is a double on both."""
    drawn = random.Random(1)
    pairs = [(drawn.randint(0, 10**6), drawn.choice((3, 7, 128, 640, 3200, 16000, 64000, 999))) for _ in range(4000)]
    both.hold(
        a=([Decimal(a) for a, _ in pairs]),
        b=([Decimal(b) for _, b in pairs]),
    )
    assert both.duckdb("select 100 * a / b from t order by i") != both.spark("select 100 * a / b from t order by i")
    both.agree(
        "select {{ a_decimal(porcentaje_exacto('a', 'b'), 28, 4) }}, {{ porcentaje('a', 'b') }} from t order by i"
    )


def test_rounded_double(both: Both) -> None:
    """Spark rounds a double by what it prints, DuckDB by what it holds: 0.285 is 0.29 or 0.28."""
    both.hold(x=[n / 2000 for n in range(-4000, 4001)])
    plain = "select round(x, 2), round(x, 3) from t order by i"
    assert both.duckdb(plain) != both.spark(plain)
    both.agree("select {{ redondea('x', 2) }}, {{ redondea('x', 3) }} from t order by i")


def test_double_to_decimal(both: Both) -> None:
    """The same of a cast: 0.00015 is 0.0002 or 0.0001."""
    both.hold(x=[n / 20000 for n in range(20001)])
    plain = "select cast(x as decimal(5, 4)) from t order by i"
    assert both.duckdb(plain) != both.spark(plain)
    both.agree("select {{ a_decimal('x', 5, 4) }} from t order by i")


def test_double_as_text(both: Both) -> None:
    """Spark writes 1.0E-4."""
    both.hold(x=[n / 10000 for n in range(10001)])
    assert both.spark("select cast(x as string) from t where i = 1") == [("1.0E-4",)]
    assert both.agree("select {{ numero_texto('x') }} from t order by i")[1] == ("0.0001",)


def test_figure_as_text(both: Both) -> None:
    """100.0000 is 100 on both, and 0 is 0."""
    both.hold(x=([Decimal(n) / 4 for n in (0, 1, 2, 400, -5, 4 * 10**13)]))
    assert [x for (x,) in both.agree("select {{ cifra_texto('x') }} from t order by i")][:4] == [
        "0",
        "0.25",
        "0.5",
        "100",
    ]


def test_text_as_figure(both: Both) -> None:
    """Spark takes digits of every script for a figure."""
    both.hold(
        x=["34,086", "77 %", "", ".", "+5", "5.", "٣", "５", "1_000", "_1", "1__0", "1e3", "0.00005", "inf", None]
    )
    plain = "select try_cast(x as decimal(18, 4)) from t order by i"
    assert both.duckdb(plain) != both.spark(plain)
    assert both.agree("select {{ cifra_impresa('x') }} from t order by i")[0] == (Decimal("34086.0000"),)


def test_concat_with_null(both: Both) -> None:
    """``concat`` leaves a null out or is null; a key is neither."""
    both.hold(a=["x", None, "x", None], b=[1, 1, None, None])
    assert both.duckdb("select concat(a, b) from t") != both.spark("select concat(a, b) from t")
    assert len(set(both.agree("select {{ clave(['a', 'b']) }} from t order by i"))) == 4


def test_null_ordering(both: Both) -> None:
    """Nulls come last or first where nobody says."""
    both.hold(x=["b", None, "a"])
    plain = "select i, row_number() over (order by x) from t order by i"
    assert both.duckdb(plain) != both.spark(plain)
    assert both.agree("select i, row_number() over (order by x nulls last) from t order by i")[1] == (1, 3)


def test_array_index(both: Both) -> None:
    """``[1]`` is the first or the second element: nothing asks for one by its place."""
    both.hold(x=[["a", "b"]])
    assert both.duckdb("select x[1] from t") != both.spark("select x[1] from t")
    assert both.agree("select {{ despliega('x') }} as e from t order by e") == [("a",), ("b",)]


def test_list_as_text(both: Both) -> None:
    """Blank cells stay, a null is left out."""
    both.hold(x=[["a", "", "b"], [], [""], ["a", None], None])
    assert both.agree("select {{ une('x', ' | ') }} from t order by i")[0] == ("a |  | b",)


def test_texts_of_a_group(both: Both) -> None:
    """In an order; the different ones alone, of which Spark's ``listagg`` fails in 4.3; null where there are none."""
    both.hold(g=[1, 1, 1, 1, 2, 3], x=["b", "á", "b", None, None, ""], k=[1, 2, 3, 4, 5, 6])
    found = both.agree(
        "select g, {{ une_textos('x', ' | ', 'k desc') }}, {{ une_distintos('x', ' | ') }}, "
        "{{ une_distintos('x', ' / ', 'k < 2') }} from t group by g order by g"
    )
    assert found == [(1, "b | á | b", "b | á", "b"), (2, None, None, None), (3, "", "", None)]


def test_split_by_a_bar(both: Both) -> None:
    """Spark parts by a regular expression, where a bar is an or."""
    both.hold(x=["a|b", "|", "", "a b|c|"])
    assert both.spark("select size(split(x, '|')) from t where i = 0") != [(2,)]
    found = both.agree("select i, {{ despliega(partido('x', '|')) }} as parte from t order by i, parte")
    assert found == [(0, "a"), (0, "b"), (1, ""), (1, ""), (2, ""), (3, ""), (3, "a b"), (3, "c")]


def test_upper_and_accents(both: Both) -> None:
    """``upper`` makes two letters of one on Spark; every character up to U+024F, and every mark, as DuckDB folds it."""
    marks = range(0x300, 0x370)
    both.hold(x=[f"a{chr(c)}b" for c in (*range(1, 0x250), *marks, 0x20AC, 0xFB01, 0x1F600, 0x4E00)])
    assert both.duckdb("select upper(x) from t order by i") != both.spark("select upper(x) from t order by i")
    both.agree("select {{ normaliza('x') }} from t order by i")


def test_letter_and_accent_apart(both: Both) -> None:
    """File names of a Mac."""
    both.hold(x=["an\u0303o/avance físico", "i\u0301ndice", "pingu\u0308ino", "E\u0301", "año"])
    assert both.agree("select {{ compuesto('x') }} from t order by i")[0] == ("año/avance físico",)


def test_match_of_the_whole_text(both: Both) -> None:
    """``$`` is before a last line end, too."""
    both.hold(x=["2.3.1", "2.3.1\n", "\n2.3.1", "2", "2.3.", None, "a2.3"])
    assert both.spark("select '2.3\\n' rlike '^[0-9.]+$'") == [(True,)]
    assert [x for (x,) in both.agree("select {{ es_codigo_linea('x') }} from t order by i")] == [True] + [False] * 6


def test_json_of_nulls_and_of_keys_in_order(both: Both) -> None:
    """Spark leaves a null out of what it writes."""
    both.hold(celda=[2, 1], referencia=[None, "A1"], formula=[None, 'B"ñ/\\'], confianza=[0.98765, None])
    assert "formula" not in both.spark("select to_json(struct(formula)) from t where i = 0")[0][0]
    said = both.agree("select {{ celdas_json() }} from t as celdas")[0][0]
    assert said.startswith('[{"celda":1,"referencia":"A1","formula":"B\\"ñ/\\\\","confianza":null},{"celda":2,')


def test_text_under_a_json_key(both: Both) -> None:
    """A null and what is not there are null; a text has its escapes undone."""
    both.hold(x=['{"p1": "1 \\"0\\"\\t", "a1": null}', '{"p1": ""}', "{}"])
    assert both.agree("select {{ dato_json('x', 'p1') }}, {{ dato_json('x', 'a1') }} from t order by i") == [
        ('1 "0"\t', None), ("", None), (None, None),
    ]  # fmt: skip


def test_replaced_by_groups(both: Both) -> None:
    """A group is ``\\1`` or ``$1``."""
    both.hold(x=['[["con_eje", 0.03], ["sin_eje", 1e-3]]', "[]", '[["2023", 0.5]]', None])
    found = both.agree("select {{ alternativas_dichas('x') }} from t order by i")
    assert found[0] == ("con_eje (puntaje 0.03), sin_eje (puntaje 1e-3)",)


def test_last_value_that_is_one(both: Both) -> None:
    """Where the words stand that leave nulls out."""
    both.hold(x=[None, "a", None, "b", None])
    assert both.agree("select {{ ultimo_dicho('x') }} over (order by i) from t order by i")[2] == ("a",)


def test_day_of_the_week_and_printed_day(both: Both) -> None:
    """Monday is 1."""
    both.hold(x=["03/01/2022", "09/01/2022"])
    found = both.agree(
        "select {{ dia_de_semana(dia_impreso('x')) }}, {{ fin_trimestre(\"'2024-T1'\") }} from t order by i"
    )
    assert [day for day, _ in found] == [1, 7]


def test_the_largest_figures_of_a_percent(both: Both) -> None:
    """Neither overflows."""
    top = Decimal("9" * 14)
    both.hold(a=([top, Decimal(5)]), b=([top, Decimal(40)]))
    assert both.agree("select {{ porcentaje('a', 'b') }} from t order by i") == [(100,), (13,)]


def test_text_is_ordered_by_its_bytes(both: Both) -> None:
    """Names of one rank are chosen by the alphabet: the same one."""
    letters = [chr(c) for c in (*range(32, 0x180), 0x2003, 0xFFFD, sys.maxunicode)]
    both.hold(x=random.Random(2).sample(letters, len(letters)))
    assert both.agree("select x from t order by x") == [(letter,) for letter in sorted(letters)]


def test_the_partition_of_no_ejercicio(session) -> None:
    """An ejercicio that no row comes of any more leaves the table, and so do rows of none, which are asked for as 0."""
    session.sql("create table por_anio (x int, ejercicio int) using parquet partitioned by (ejercicio)")
    session.sql("insert into por_anio values (1, 2021), (2, 2022), (3, null)")

    def ask(_: str) -> SimpleNamespace:
        return SimpleNamespace(columns=[SimpleNamespace(values=lambda: (0, 2021, 2019))])

    session.sql(rendered("{{ spark__olvida_ejercicios() }}", "spark", this="por_anio", run_query=ask))
    assert [tuple(row) for row in session.sql("select * from por_anio").collect()] == [(2, 2022)]


def test_an_empty_seed_cell(session) -> None:
    """Is null, not the text None; a quote and a backslash stay what they are."""
    rows = [(None, "d'una \\ vez", None, True), ("None", "", Decimal("2"), None)]
    kinds = {"a": "string", "b": "string", "c": "integer", "d": "boolean"}
    session.sql("create table semilla (a string, b string, c integer, d boolean) using parquet")
    rendered(
        "{{ spark__load_csv_rows(model, agate) }}",
        "spark",
        adapter=SimpleNamespace(add_query=lambda sql, **_: session.sql(sql)),
        this=SimpleNamespace(render=lambda: "semilla"),
        model={"name": "semilla", "config": {"column_types": kinds}},
        agate=SimpleNamespace(rows=rows, column_names=list(kinds)),
    )
    found = [tuple(row) for row in session.sql("select * from semilla order by a nulls first").collect()]
    assert found == [(None, "d'una \\ vez", None, True), ("None", "", 2, None)]
