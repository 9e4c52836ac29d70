"""The generator of synthetic extracts: deterministic, arithmetically true, clean where asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.synthetic import RATES, generate, random_rates
from benchmarks.synthetic.draw import half_up_pct
from benchmarks.synthetic.kinds import KINDS

ALL_RATES = [*RATES.values(), random_rates(7)]


@pytest.mark.parametrize("rates", ALL_RATES, ids=lambda r: r.nombre)
def test_same_seed_same_extract(rates):
    """A seed names an extract for good; another seed names another."""
    assert generate(3, rates, 5) == generate(3, rates, 5)
    assert generate(3, rates, 5)[0] != generate(4, rates, 5)[0]


@pytest.mark.parametrize("rates", ALL_RATES, ids=lambda r: r.nombre)
def test_truth_closes(rates):
    """Every additive row of the truth adds up, unless the paper itself was made not to."""
    checked = 0
    for seed in range(5):
        for row in generate(seed, rates, 8)[1]:
            assert row["relativo_pct"] == half_up_pct(row["absoluto"], row["meta"])
            if row["es_razon"] or any(d.startswith("error_publicado") for d in row["dano"]):
                continue
            assert sum(p or 0 for p in row["programado"]) == row["meta"]
            assert sum(a or 0 for a in row["avance"]) == row["absoluto"]
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("rates", ALL_RATES, ids=lambda r: r.nombre)
def test_what_a_report_cannot_know_is_none(rates):
    """Achievement after the corte, and the first quarter of 2022 under the new plan, are None."""
    for row in generate(11, rates, 12)[1]:
        after = row["avance"][row["trimestre"] :]
        assert after == [None] * len(after)
        out = row["anio"] == 2022 and row["trimestre"] > 1
        assert (row["programado"][0] is None) == out
        assert None not in row["programado"][1:]


@pytest.mark.parametrize("rates", ALL_RATES, ids=lambda r: r.nombre)
def test_linea_points_at_the_printed_row(rates):
    """The truth's line number is the line of the text that holds the row's measure or number."""
    text, truth = generate(5, rates, 8)
    lines = text.split("\n")
    for row in truth:
        line = lines[row["linea"] - 1]
        assert line.split("\t")[0].replace(",", "").split() == row["lineas_accion"]


def test_without_damage_rows_are_clean():
    """The set ``none`` hits nothing, on any page or row."""
    for seed in range(10):
        for row in generate(seed, RATES["none"], 10)[1]:
            assert row["dano"] == []
            assert row["dano_encabezado"] == []


def test_undamaged_row_reads_back_by_hand():
    """A clean row that prints every column gives back its truth by position."""
    seen = 0
    for seed in range(40):
        text, truth = generate(seed, RATES["none"], 8)
        lines = text.split("\n")
        for row in truth:
            if {"futuro:ausente", "fuera:omitido"} & set(row["disposicion"]):
                continue
            cells = lines[row["linea"] - 1].split("\t")[3:14]
            figures = [int(c.replace(",", "").rstrip("%") or 0) for c in cells]
            assert figures[0] == row["meta"]
            assert figures[1:9:2] == [p or 0 for p in row["programado"]]
            known = row["trimestre"]
            assert figures[2:9:2][:known] == [a or 0 for a in row["avance"]][:known]
            assert figures[9:] == [row["absoluto"], row["relativo_pct"]]
            seen += 1
    assert seen > 300


def test_damage_comes_at_about_its_rate():
    """A kind of damage strikes about as often as its set of rates says."""
    rates = RATES["real"]
    rows = [row for seed in range(150) for row in generate(seed, rates, 10)[1]]
    hit = sum(any(d.startswith("digito_meta") for d in row["dano"]) for row in rows)
    expected = rates.digito_meta * len(rows)
    assert 0.6 * expected < hit < 1.4 * expected


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_table_changes_the_print_and_no_truth(kind):
    """What a quarter planned and achieved is the same in a table of another kind."""
    plain, other = (generate(5, rates, 6) for rates in (RATES["none"], replace(RATES["none"], clases=(kind,))))
    assert plain[0] != other[0]
    keys = ("accion", "meta", "programado", "avance", "absoluto", "relativo_pct")
    assert [[row[k] for k in keys] for row in plain[1]] == [[row[k] for k in keys] for row in other[1]]
