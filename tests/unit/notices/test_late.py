"""What is late on a given day, and what is not yet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dagster_project.notices.late import quarter_end, quarters_late, units_late, version_late
from dagster_project.notices.watch import NOTE, note_alive, silence
from dagster_project.settings import Patience, patience
from dagster_project.warehouse.state.coverage import Cobertura

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def _rows(**units):
    """Coverage of one municipality, by unit: the quarters that are there, and after a slash those that are not."""
    rows = []
    for unit, said in units.items():
        there, _, missing = said.partition("/")
        rows += [Cobertura("02002", unit, quarter, True) for quarter in there.split()]
        rows += [Cobertura("02002", unit, quarter, False) for quarter in missing.split()]
    return rows


@pytest.mark.parametrize(
    ("today", "late"),
    [
        ("2022-08-14", []),
        ("2022-08-15", ["2022-T2"]),
        ("2023-02-14", ["2022-T2", "2022-T3"]),
        ("2023-02-15", ["2022-T2", "2022-T3", "2022-T4"]),
    ],
)
def test_a_quarter_is_late_the_day_after_its_days_are_over(today, late):
    """45 days after its end, by the calendar; years follow one another."""
    found = quarters_late(_rows(u1="2022-T1 / 2022-T2"), date.fromisoformat(today), 45)
    assert [delay.clave for delay in found] == [f"trimestre:02002:{quarter}" for quarter in late]


def test_before_the_first_report_nothing_is_awaited():
    """A municipality that never reported owes nothing."""
    assert quarters_late([], date(2026, 1, 1), 45) == []


class Counted(list):
    """Rows that count how often they are gone through."""

    times = 0

    def __iter__(self):
        self.times += 1
        return super().__iter__()


def test_the_rows_of_a_country_are_gone_through_once():
    """Each confirmed run looks: of 2,469 municipalities it took 25 s, all rows for each of them."""
    rows = Counted(Cobertura(f"{ente:05d}", "1", "2022-T1", True) for ente in range(50))
    assert len(quarters_late(rows, date(2022, 9, 1), 45)) == 50
    assert rows.times == 1


def test_a_unit_is_behind_where_another_has_reported():
    """A quarter that nobody reported is late as a quarter, not for each unit."""
    rows = _rows(u1="2022-T1 2022-T3 / 2022-T2", u2="2022-T1 / 2022-T2 2022-T3")
    assert [d.clave for d in units_late(rows, date(2022, 12, 1), 45)] == ["unidad:02002/u2:2022-T3"]
    assert units_late(rows, date(2022, 11, 14), 45) == []


def test_a_version_is_old_after_its_days():
    """One more than its days."""
    assert version_late("v1", date(2026, 1, 1), date(2026, 1, 31), 30) == []
    (late,) = version_late("v1", date(2026, 1, 1), date(2026, 2, 1), 30)
    assert "v1 tiene 31 días" in late.dicho


def test_quarters_end_on_their_last_day():
    """Of months of 30 and 31 days."""
    assert [quarter_end(f"2022-T{n}").isoformat()[5:] for n in (1, 2, 3, 4)] == ["03-31", "06-30", "09-30", "12-31"]


@pytest.mark.parametrize(
    ("minutes", "awaited", "is_told"),
    [(14, ["carga_diaria"], False), (16, ["carga_diaria"], True), (60 * 24 * 365, [], False)],
    ids=["a while ago", "too long ago", "nothing is turned on"],
)
def test_a_silent_daemon_is_told_where_something_counts_on_it(tmp_path, minutes, awaited, is_told):
    """A home whose schedules are off needs no daemon."""
    note_alive(tmp_path, NOW - timedelta(minutes=minutes), awaited)
    found = silence(tmp_path, NOW, Patience())
    assert (found is not None) is is_told
    assert not found or "carga_diaria" in found.texto


@pytest.mark.parametrize("note", [None, "", "{}", "[]", '{"momento": "2020-01-01", "encendidos": ["x"]}'])
def test_no_sign_that_can_be_read_says_nothing(tmp_path, note):
    """A home without a daemon has none; half a file is none."""
    if note is not None:
        (tmp_path / NOTE).write_text(note, encoding="utf-8")
    assert silence(tmp_path, NOW, Patience()) is None


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", "٣", "1000000"])
def test_days_are_whole_numbers(value):
    """The variable is named with what it holds."""
    with pytest.raises(ValueError, match=f"AVANCE_QUARTER_DAYS is '{value}'"):
        patience({"AVANCE_QUARTER_DAYS": value})
    assert patience({"AVANCE_QUARTER_DAYS": " 7 "}) == Patience(quarter_days=7)
