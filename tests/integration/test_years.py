"""Years that a run does not load: those it was not asked for, and those that no calendar has yet."""

from __future__ import annotations


def test_a_year_that_is_not_loaded_is_said_and_keeps_nothing_from_being_published(casa):
    """A run of one year beside new forms of another; then all of them, where one form is of a year to come."""
    (extract,) = (casa.extracts / "2022").glob("*.txt")
    [(end,)] = casa.warehouse("select linea_fin from raw.formatos where formato = 1")
    page = "".join(extract.read_text(encoding="utf-8").splitlines(keepends=True)[:end])
    for year in (2021, 2099):
        (casa.extracts / f"{year}.txt").write_text(page.replace("2022", str(year)), encoding="utf-8")
    years = "select distinct ejercicio from marts.fct_avance order by all"

    done = casa.avance("run", "--year", "2022")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ejercicios_cargados" in done.stdout
    assert casa.query(years) == [(2022,)]

    done = casa.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "years outside the calendar: [2099]" in done.stdout
    assert casa.query(years) == [(2021,), (2022,)]
