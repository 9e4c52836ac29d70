"""Every event reaches mail and webhook once, through the real command and real servers, and no secret reaches a log."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dagster_project.settings import RAIZ
from tests.support.listeners import closed_port, hanging, mail_server, webhook


@pytest.fixture
def contradicted(casa, tmp_path):
    """A home whose decisions name a printed value that is not printed."""
    shutil.copytree(RAIZ / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("extracts"))
    ((line,),) = casa.query("select min(renglon_huella) from marts.fct_renglon")
    with (tmp_path / "seeds" / "correcciones.csv").open("a", encoding="utf-8") as file:
        file.write(f"{line},p2,999999,5,prueba,yo,2026-01-01,x,1\n")
    return replace(casa, seeds=tmp_path / "seeds")


def test_a_killed_run_a_contradicted_decision_and_a_silent_daemon_are_told_once_each(contradicted):
    """The next run tells of the one that was killed, then of its own failure; the status, of the daemon."""
    with mail_server() as (smtp, mails), webhook() as (url, posts):
        settings = {
            "AVANCE_NOTICES_MAIL": "datos@ayto.mx",
            "AVANCE_NOTICES_SMTP": smtp,
            "AVANCE_NOTICES_WEBHOOK": url,
        }
        casa = replace(contradicted, settings=settings)
        command = [str(Path(sys.executable).parent / "avance"), "run"]
        with subprocess.Popen(command, env=casa.env, stdout=subprocess.PIPE, text=True) as process:
            assert any("loading the extract files" in line for line in process.stdout)
            process.kill()
        assert mails == []
        assert casa.avance("run").returncode == 1
        sign = {"momento": "2020-01-01T00:00:00+00:00", "encendidos": ["carga_diaria"]}
        (casa.home / "vigia.json").write_text(json.dumps(sign), encoding="utf-8")
        assert [casa.avance("status").returncode for _ in range(2)] == [1, 1]
    killed, failed, silent = (post["text"] for post in posts)
    assert "The process of this run ended" in killed
    assert "correcciones.csv, line 2: p2 is said to be printed as '999999'" in failed
    assert "carga_diaria" in silent
    assert [mail["Subject"] for mail in mails] == [post["titulo"] for post in posts]
    for path in (casa.home / "logs").iterdir():
        assert "llave-secreta" not in path.read_text(encoding="utf-8")
    assert "llave-secreta" not in (casa.home / "avisos.jsonl").read_text(encoding="utf-8")


def test_servers_that_hang_or_are_gone_fail_no_run(casa):
    """An unchanged run that finds the daemon silent ends as ever, and says what was not delivered."""
    sign = {"momento": "2020-01-01T00:00:00+00:00", "encendidos": ["carga_diaria"]}
    (casa.home / "vigia.json").write_text(json.dumps(sign), encoding="utf-8")
    with hanging() as port:
        address = {"AVANCE_NOTICES_SMTP": f"smtp://127.0.0.1:{port}", "AVANCE_NOTICES_MAIL": "a@b.mx"}
        told = replace(casa, settings={**address, "AVANCE_NOTICES_WEBHOOK": f"http://127.0.0.1:{closed_port()}/"})
        done = told.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "confirmed" in done.stdout
    assert "2 notices were not delivered" in casa.avance("status").stdout
