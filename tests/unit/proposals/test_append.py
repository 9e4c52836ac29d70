"""Seed files grow at their end; what people wrote stays byte for byte."""

from __future__ import annotations

import pytest

from dagster_project.proposals.proposal import Proposal
from dagster_project.proposals.propose import append_lines
from dagster_project.reference.seed_writer import DuplicateLineError

HEADER = "ente_codigo,programa_codigo,programa_nombre"


def programme(code: str, doubt: str | None = None) -> Proposal:
    """A proposed programme of Tijuana."""
    values = {"ente_codigo": "02004", "programa_codigo": code, "programa_nombre": "Fomento, y lectura"}
    return Proposal("programas.csv", values, "", doubt)


@pytest.mark.parametrize(
    ("old", "added"),
    [
        pytest.param(f"{HEADER}\n02002,511,Gestión\n", '02004,311,"Fomento, y lectura"\n', id="plain"),
        pytest.param(f"{HEADER}\n02002,511,Gestión", '\n02004,311,"Fomento, y lectura"\n', id="no-end-of-line"),
        pytest.param(f"{HEADER}\r\n02002,511,G\r\n", '02004,311,"Fomento, y lectura"\r\n', id="windows"),
        pytest.param(f"\ufeff{HEADER}\n", '02004,311,"Fomento, y lectura"\n', id="bom"),
        pytest.param(
            "programa_nombre,nota,ente_codigo,programa_codigo\n", '"Fomento, y lectura",,02004,311\n', id="own-columns"
        ),
    ],
)
def test_a_line_goes_behind_the_last_one(tmp_path, old, added):
    """Whatever its encoding mark, line ends, columns and their order."""
    path = tmp_path / "programas.csv"
    path.write_bytes(old.encode())
    path.chmod(0o640)
    assert append_lines(tmp_path, [programme("311")]) == {"programas.csv": 1}
    assert path.read_bytes() == (old + added).encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_in_doubt_is_not_written(tmp_path):
    """A person puts it in."""
    (tmp_path / "programas.csv").write_text(f"{HEADER}\n")
    assert append_lines(tmp_path, [programme("311", doubt="one damaged page")]) == {}
    assert (tmp_path / "programas.csv").read_text() == f"{HEADER}\n"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        pytest.param("programas.csv", f"{HEADER}\n02004,311,Otro\n", DuplicateLineError, id="there"),
        pytest.param("programas.csv", "ente_codigo,programa_codigo\n", ValueError, id="column-missing"),
        pytest.param("otro.csv", "", OSError, id="no-file"),
    ],
)
def test_nothing_is_written_where_one_file_refuses(tmp_path, name, content, error):
    """Neither there nor in the files before it."""
    measures = tmp_path / "unidades_medida.csv"
    measures.write_text("unidad_medida_nombre,es_razon,alias\n")
    (tmp_path / name).write_text(content)
    first = Proposal("unidades_medida.csv", {"unidad_medida_nombre": "Trámite", "es_razon": "false", "alias": ""}, "")
    with pytest.raises(error):
        append_lines(tmp_path, [first, programme("311")])
    assert measures.read_text() == "unidad_medida_nombre,es_razon,alias\n"
    assert (tmp_path / name).read_text() == content
