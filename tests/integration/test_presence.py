"""What a run says of files that were moved, replaced or deleted since the last one, as who runs it sees it."""

from __future__ import annotations

import re

import pytest


def _parted(casa) -> tuple[bytes, bytes]:
    """The extract without its first page, and that page: 54101 of January-March."""
    (extract,) = (casa.extracts / "2022").glob("*.txt")
    [(end,)] = casa.warehouse("select linea_fin from raw.formatos where formato = 1")
    lines = extract.read_bytes().splitlines(keepends=True)
    return b"".join(lines[end:]), b"".join(lines[:end])


@pytest.mark.long
def test_a_report_moved_to_the_inbox_is_not_lost_and_one_that_is_overwritten_stays(casa):
    """In one run a report goes from its file to the inbox; in the next the inbox's file is overwritten with others."""
    (extract,) = (casa.extracts / "2022").glob("*.txt")
    rest, page = _parted(casa)
    inbox = casa.home / "inbox"
    inbox.mkdir(exist_ok=True)
    extract.write_bytes(rest)
    (inbox / "primera.txt").write_bytes(page)
    done = casa.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Overwritten\n +2022/.*@[0-9a-f]{16} counts on", done.stdout), "the inbox only proposes"
    assert "was in the old bytes" not in done.stdout
    assert "accion_perdida" not in done.stdout
    figures = casa.query("select * exclude (extracto_id, linea) from marts.fct_avance order by all")
    (inbox / "primera.txt").write_bytes(rest + b"\n")
    for again in ((), ("--force",)):
        done = casa.avance("run", *again)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "counts on" in done.stdout
        assert "accion_perdida" not in done.stdout
    assert casa.query("select * exclude (extracto_id, linea) from marts.fct_avance order by all") == figures


def test_a_renamed_file_is_moved_and_a_deleted_one_is_said_to_be_gone(casa):
    """Neither changes a figure; the one goes by its new name, the other's stays, as the same version."""
    (extract,) = (casa.extracts / "2022").glob("*.txt")
    now = extract.rename(casa.extracts / "mexicali.txt")
    done = casa.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"extracts +1 moved *\n", done.stdout)
    assert "No longer there" not in done.stdout
    assert casa.query("select distinct ruta from marts.fct_renglon") == [("mexicali.txt",)]
    before = casa.query("select version from main.publicacion")
    now.unlink()
    done = casa.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"extracts +1 gone *\n", done.stdout)
    assert "No longer there\n  ./: mexicali.txt; what was loaded from there stays" in done.stdout
    assert "confirmed: the marts came out the same" in done.stdout
    assert casa.query("select version from main.publicacion") == before
