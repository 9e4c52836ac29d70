"""Telling: once an event, by every channel, in bounded seconds, whatever the servers do, and without a secret."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from dagster_project.notices import deliver as deliver_module
from dagster_project.notices.deliver import deliver
from dagster_project.notices.ledger import KEPT, LOCK, MOST, NAME, claim, undelivered
from dagster_project.notices.run_facts import RunFacts
from dagster_project.notices.sayings import Notice
from dagster_project.notices.tell import tell, tell_run
from dagster_project.settings import NoticeSettings, get_settings, notice_settings
from tests.support.listeners import closed_port, hanging, mail_server, webhook

NOTICE = Notice("carga_fallida", ("falla:1",), "Avance: la carga falló", ("año é.txt\r\nBcc: x@y.mx", "línea 2"))


@pytest.fixture
def settings(tmp_path):
    return get_settings({"AVANCE_HOME": str(tmp_path)})


@pytest.fixture
def listening(monkeypatch):
    """A mail server and a webhook that the environment names; what each has taken."""
    with mail_server() as (smtp, mails), webhook() as (url, posts):
        monkeypatch.setenv("AVANCE_NOTICES_MAIL", "datos@ayto.mx, jefa@ayto.mx")
        monkeypatch.setenv("AVANCE_NOTICES_SMTP", smtp)
        monkeypatch.setenv("AVANCE_NOTICES_WEBHOOK", url)
        yield mails, posts


def test_mail_and_webhook_get_one_message_each(settings, listening):
    """In Spanish with its accents, to everybody; a line stays a line, whatever a file is called."""
    mails, posts = listening
    assert tell(settings, NOTICE)
    (mail,), (post,) = mails, posts
    assert mail["Subject"] == "Avance: la carga falló"
    assert mail["To"] == "datos@ayto.mx, jefa@ayto.mx"
    assert mail["Bcc"] is None
    assert mail.get_content().splitlines() == ["año é.txt  Bcc: x@y.mx", "línea 2"]
    assert (post["evento"], post["titulo"]) == ("carga_fallida", "Avance: la carga falló")
    assert post["text"].endswith("línea 2")


def test_who_knows_of_it_second_tells_nothing(settings, listening):
    """The command and a sensor may both know how a run ended."""
    mails, posts = listening
    facts = RunFacts("r1", False, failed_steps={"raw_ejercicios": "correcciones.csv, line 2: no"})
    assert [tell_run(settings, facts), tell_run(settings, facts)] == [True, False]
    assert (len(mails), len(posts)) == (1, 1)


def test_of_several_processes_one_tells_it(tmp_path):
    """A claim is one process's, however many ask at once."""
    code = (
        "import sys; from pathlib import Path; from dagster_project.notices.ledger import claim; "
        "from dagster_project.notices.sayings import Notice; "
        "print(sum(claim(Path(sys.argv[1]), Notice('e', (f'k{n}',), 't', ())) for n in range(50)))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    asked = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert sum(int(process.communicate()[0]) for process in asked) == 50


def test_nothing_is_set_and_the_log_has_it(settings, monkeypatch):
    """Without mail and webhook the file in the home is all there is."""
    for name in ("MAIL", "WEBHOOK"):
        monkeypatch.delenv(f"AVANCE_NOTICES_{name}", raising=False)
    assert tell(settings, NOTICE)
    told = json.loads((settings.home / NAME).read_text(encoding="utf-8").splitlines()[0])
    assert told["titulo"] == "Avance: la carga falló"
    assert undelivered(settings.home) == []
    assert (settings.home / NAME).stat().st_mode & 0o077 == 0


def test_a_server_that_is_not_there_is_noted(settings, monkeypatch):
    """The reason stands in the log, by channel; nothing is raised."""
    monkeypatch.setenv("AVANCE_NOTICES_MAIL", "a@b.mx")
    monkeypatch.setenv("AVANCE_NOTICES_SMTP", f"smtp://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("AVANCE_NOTICES_WEBHOOK", f"http://127.0.0.1:{closed_port()}/llave-secreta")
    assert tell(settings, NOTICE)
    mail, post = undelivered(settings.home)
    assert "correo: ConnectionRefusedError" in mail
    assert "webhook: URLError" in post


def test_a_server_that_hangs_costs_bounded_seconds(monkeypatch):
    """Both channels wait at the same time."""
    monkeypatch.setattr(deliver_module, "SECONDS", 1.0)
    with hanging() as port:
        slow = NoticeSettings(("a@b.mx",), "a@b.mx", f"smtp://127.0.0.1:{port}", "", f"http://127.0.0.1:{port}/x")
        began = time.monotonic()
        outcomes = deliver(NOTICE, slow)
    assert time.monotonic() - began < 2.5
    assert all(outcomes.values())


@pytest.mark.parametrize("status", [302, 403, 500])
def test_a_webhook_that_refuses_is_noted_by_number(status):
    """It is not followed elsewhere, and its words are not repeated."""
    with webhook(status) as (url, posts):
        outcomes = deliver(NOTICE, NoticeSettings(webhook=url))
    assert outcomes == {"webhook": f"HTTP {status}"}
    assert len(posts) == 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("AVANCE_NOTICES_SMTP", "smtp://u:llave-secreta@127.0.0.1"),
        ("AVANCE_NOTICES_SMTP", "smtp://u:llave-secreta"),
        ("AVANCE_NOTICES_SMTP", "llave-secreta"),
        ("AVANCE_NOTICES_SMTP_PASSWORD", "llave-secreta"),
        ("AVANCE_NOTICES_WEBHOOK", "file:///etc/llave-secreta"),
        ("AVANCE_NOTICES_WEBHOOK", "http://127.0.0.1:1/llave-secreta un blanco"),
        ("AVANCE_NOTICES_WEBHOOK", "http://[llave-secreta"),
    ],
)
def test_no_secret_is_noted_or_printed(settings, monkeypatch, caplog, variable, value):
    """Whatever is wrong with a setting, its value stays where it was set."""
    with mail_server() as (smtp, mails):
        monkeypatch.setenv("AVANCE_NOTICES_MAIL", "a@b.mx")
        monkeypatch.setenv("AVANCE_NOTICES_SMTP", smtp)
        monkeypatch.setenv(variable, value)
        tell(settings, NOTICE)
    noted = (settings.home / NAME).read_text(encoding="utf-8") + caplog.text + repr(notice_settings())
    assert "llave-secreta" not in noted.replace(f"smtp='{value}'", "")
    assert undelivered(settings.home)
    assert len(mails) == (variable == "AVANCE_NOTICES_WEBHOOK")


def test_half_a_line_of_a_killed_process_hides_nothing(settings):
    """What is told after it is read, and what was told before it counts."""
    claim(settings.home, NOTICE)
    with (settings.home / NAME).open("a", encoding="utf-8") as file:
        file.write('{"claves": ["fal')
    assert not claim(settings.home, NOTICE)
    assert claim(settings.home, Notice("e", ("otra",), "t", ()))
    assert not claim(settings.home, Notice("e", ("otra",), "t", ()))


def test_the_log_stays_small(settings):
    """Of very many the last ones are kept."""
    line = json.dumps({"claves": ["x"]}) + "\n"
    (settings.home / NAME).write_text(line * (MOST + 1), encoding="utf-8")
    assert claim(settings.home, NOTICE)
    assert len((settings.home / NAME).read_text(encoding="utf-8").splitlines()) == KEPT + 1


def test_a_home_that_cannot_be_written_to_tells_all_the_same(tmp_path, listening):
    """A full or missing home is what somebody must hear of."""
    mails, _ = listening
    gone = get_settings({"AVANCE_HOME": str(tmp_path / "gone")})
    assert tell(gone, NOTICE)
    assert len(mails) == 1
    assert not (tmp_path / "gone" / LOCK).exists()


def test_no_text_and_no_line_of_others_ends_a_load(settings, listening):
    """A name that is no UTF-8, and a line in the home that no notice of ours left."""
    (settings.home / NAME).write_text('{"claves": null}\n[1]\n', encoding="utf-8")
    odd = Notice("carga_fallida", ("falla:2",), "Avance: falló", ("archivo \udcff.txt",))
    assert tell(settings, odd)
    assert not tell(settings, odd)
    mails, posts = listening
    assert (len(mails), len(posts)) == (1, 1)


def test_a_machine_without_room_for_a_thread_ends_no_load(settings, listening, monkeypatch):
    """One of the failures that are to be told."""
    monkeypatch.setattr("threading.Thread.start", lambda _: (_ for _ in ()).throw(RuntimeError("can't start")))
    assert tell(settings, Notice("carga_fallida", ("falla:3",), "Avance: falló", ("x",)))


@pytest.mark.parametrize("others", ["", ", datos@ayto.mx"], ids=["all of them", "one of two"])
def test_who_is_not_taken_by_the_mail_server_is_named(others):
    """The others get it all the same, and it counts as not delivered: somebody was to know and does not."""
    with mail_server() as (smtp, mails):
        found = deliver(
            NOTICE, notice_settings({"AVANCE_NOTICES_MAIL": f"nadie@x.mx{others}", "AVANCE_NOTICES_SMTP": smtp})
        )
    assert found == {"correo": "el servidor no aceptó a nadie@x.mx (550)"}
    assert len(mails) == bool(others)
