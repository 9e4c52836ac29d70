"""The rows of ``avance read`` as a table: no figure is cut, however narrow the terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from dagster_project.command.read_table import print_rows

ROW = {
    "formato": 1, "linea": 26, "unidad": "54101", "anio": 2022, "trimestre": 1, "accion": 100,
    "descripcion": "Proporcionar apoyos", "meta": 199230, "programado": [52515, 36420, 55180, 55115],
    "avance": [72515, None, None, None], "absoluto": 72515, "relativo_pct": 36, "estado": "realineada",
}  # fmt: skip


@pytest.mark.parametrize("width", [80, 200])
def test_every_figure_is_whole(width):
    """Cut to "199,…" it would look like another one."""
    console = Console(width=width, file=io.StringIO())
    print_rows(console, [ROW, ROW | {"accion": None}])
    text = console.file.getvalue()
    for figure in ("199,230", "52,515", "36,420", "55,180", "55,115", "72,515", "36", "realineada", "26", "100"):
        assert figure in text.split()
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= width


def test_a_wide_table_says_what_the_action_is():
    """Unit, quarter and the first words of each row."""
    console = Console(width=200, file=io.StringIO())
    print_rows(console, [ROW])
    assert "54101" in console.file.getvalue()
    assert "Proporcionar apoyos" in console.file.getvalue()
