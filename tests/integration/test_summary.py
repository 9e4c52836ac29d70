"""What the summary says of files that were ignored, refused, replaced or copied, and of years without forms."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from dagster_project.settings import RAIZ
from tests.support.made_up_forms import TITLE, MadeUpForm, page

EXTRACT = RAIZ / "seeds" / "extracts" / "2022" / "000_31395e697809fd00.txt"


def test_every_file_is_counted_for_what_became_of_it(casa):
    """A letter is refused, not loaded; what was passed over is named; rows of copies are set aside by number.

    Rows that are set aside are read too; none of them is counted among the exact: nobody could look them up.
    """
    [(exact,)] = casa.query("select count(*) from marts.fct_renglon where estado = 'exacta'")
    _unknown(casa.extracts)
    (extract,) = (casa.extracts / "2022").glob("*.txt")
    (casa.extracts / "2022" / "zz-otra-copia.txt").write_bytes(extract.read_bytes() + b"\n")
    (casa.extracts / "carta.txt").write_bytes(b"le escribo por lo del agua\n")
    (casa.extracts / "notas.docx").write_bytes(b"notas")
    done = casa.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"extracts +1 ignored, 2 loaded, 1 refused, 1 unchanged", done.stdout)
    assert re.search(r"Ignored\n +notas\.docx: a \.docx file is not read; save it as \.pdf", done.stdout)
    assert re.search(r"forms +23 pages, 140 action rows\b", done.stdout)
    assert re.search(
        r"set aside +72 action rows; pages: 1 of no settled .*,\s+11 printed again with the same figures", done.stdout
    )
    assert re.search(rf"readings .*\b{exact} exacta\b", done.stdout)


def test_a_file_overwritten_by_its_first_half_takes_no_figure_away(casa):
    """Which reports it lacks, that the old bytes count on and under which name, and what to do, is said."""
    (extract,) = (casa.extracts / "2022").glob("*.txt")
    lines = extract.read_bytes().splitlines(keepends=True)
    extract.write_bytes(b"".join(lines[: len(lines) // 2]))
    figures = "select * exclude (extracto_id, linea) from marts.fct_avance order by all"
    before = casa.query(figures)
    done = casa.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert casa.query(figures) == before
    stands = rf"2022/{extract.name}@1a5839b69f5b31e9"
    lacks = r"54202 2022-T1, 54202 2022-T4, 54204 2022-T1, 54204 2022-T4"
    said = rf"Overwritten\n +{stands} counts on: the bytes of 2022/{extract.name} now do not hold {lacks}\n"
    assert re.search(said, done.stdout)
    assert "put the old file back" in done.stdout
    assert casa.query("select observado, severidad from marts.fct_hallazgo where regla = 'archivo_sobrescrito'") == [
        (stands, "advertencia")
    ]


def test_a_year_without_forms(casa):
    """Nothing of the year is in any extract: exit 1, the years that are named, the published version kept."""
    before = casa.query("select version from main.publicacion")
    done = casa.avance("run", "--year", "2021")
    assert done.returncode == 1
    assert "no extract holds a form of 2021; there are forms of 2022" in done.stdout
    assert casa.query("select version from main.publicacion") == before


def test_an_empty_folder(empty):
    """No extract at all: a sentence, without the name of a class."""
    done = empty.avance("run")
    assert done.returncode == 1
    assert "there is nothing to build" in done.stdout
    assert "Failure" not in done.stdout


def test_a_page_that_nobody_can_place_is_named_by_file_and_line(empty):
    """It counts nowhere, and the run says where it stands."""
    lines = EXTRACT.read_bytes().splitlines(keepends=True)
    (empty.extracts / "suelta.txt").write_bytes(b"\n" + b"".join(lines[194:233]))  # the fifth page
    (empty.extracts / EXTRACT.name).write_bytes(b"".join(lines[:98]))
    done = empty.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"set aside +8 action rows; pages: 1 of no settled municipality, unit or quarter", done.stdout)
    assert re.search(r"pagina_apartada: 1 of severity error, first suelta\.txt:2", done.stdout)


def _unknown(extracts: Path) -> None:
    """A form of a municipality that no catalogue has."""
    title = ("AYUNTAMIENTO DE VILLAFALSA, NUEVO LEÓN", *TITLE[1:])
    (extracts / "a.txt").write_text("\n".join(page(replace(MadeUpForm(), title=title))), encoding="utf-8")


def test_forms_of_nobody_known_are_no_success(empty):
    """Nothing is published, exit 1, what is open of each file is said, and so is the remedy."""
    _unknown(empty.extracts)
    done = empty.avance("run")
    assert done.returncode == 1
    assert "forms were read and all are set aside (1): no row to publish" in done.stdout
    assert re.search(r"a\.txt: 4 action rows; not settled: whose it is", done.stdout)
    assert "seeds/entes.csv" in done.stdout
    assert "docs/add-a-municipality.md" in done.stdout
    proposed = empty.avance("propose")
    assert "#CLAVE,Villafalsa,Nuevo León" in proposed.stdout
