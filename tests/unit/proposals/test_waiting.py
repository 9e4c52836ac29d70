"""What waits for the catalogues is noted in the home, by municipality."""

from __future__ import annotations

from dagster_project.proposals.proposal import Proposal
from dagster_project.proposals.waiting import NOTE, note_waiting, waiting

PROPOSALS = [
    Proposal("unidades.csv", {"ente_codigo": "02004"}, ""),
    Proposal("unidades.csv", {"ente_codigo": "02001"}, ""),
    Proposal("unidades.csv", {"ente_codigo": "02001"}, "", doubt="one damaged page"),
    Proposal("unidades_medida.csv", {"unidad_medida_nombre": "Trámite"}, ""),
]


def test_lines_are_counted_by_file_without_those_in_doubt(tmp_path):
    """What a person must decide is not what waits to be written."""
    note_waiting(tmp_path, PROPOSALS)
    assert waiting(tmp_path) == {"unidades.csv": 2, "unidades_medida.csv": 1}
    assert waiting(tmp_path, "02001") == {"unidades.csv": 1, "unidades_medida.csv": 1}


def test_a_note_that_cannot_be_read_says_nothing(tmp_path):
    """A home of before, or a damaged one."""
    assert waiting(tmp_path) == {}
    (tmp_path / NOTE).write_text("[1")
    assert waiting(tmp_path) == {}
