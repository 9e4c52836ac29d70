"""A child within its limits, and beyond each of them: always a refusal, never the end of whoever asked."""

from pathlib import Path

import pytest

from dagster_project.settings import RAIZ
from dagster_project.sources import child_run
from dagster_project.sources.child_run import Limits, messages_of
from dagster_project.sources.refused import RefusedFileError
from dagster_project.sources.wire import End

MB = 1024 * 1024
ROOM = Limits(memory=2_000 * MB, seconds=60, silence=300)
DIGITAL = (RAIZ / "tests" / "data" / "documents" / "digital.pdf").read_bytes()


def refusal(limits: Limits = ROOM, data: bytes = DIGITAL) -> RefusedFileError:
    with pytest.raises(RefusedFileError) as refused:
        list(messages_of(data, limits))
    return refused.value


def program(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program in the child's place."""
    path = folder / "child.py"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(child_run, "PROGRAM", path)


def test_says_all_and_ends() -> None:
    """The last word says that there is no more."""
    assert list(messages_of(DIGITAL, ROOM))[-1] == End()


def test_too_little_memory_is_a_refusal() -> None:
    """The library is told that there is none, or ends on it; either way the reason says so."""
    found = refusal(Limits(memory=20 * MB, seconds=60, silence=300))
    assert found.regla in ("documento_demasiado_caro", "documento_danado")
    assert "memory" in str(found) or "cannot be read" in str(found)


def test_too_much_output_is_a_refusal() -> None:
    """Words beyond any form's."""
    assert refusal(Limits(memory=2_000 * MB, seconds=60, silence=300, output=5_000)).regla == "documento_demasiado_caro"


def test_silence_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that waits for something costs no processor, and is ended all the same."""
    program("import time\ntime.sleep(600)\n", tmp_path, monkeypatch)
    assert "longer than 1 seconds" in str(refusal(Limits(memory=2_000 * MB, seconds=60, silence=1)))


def test_endless_work_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child takes its limit on by itself."""
    program(
        f"import runpy, sys\nsys.path.insert(0, {str(RAIZ)!r})\nits = runpy.run_path({str(child_run.PROGRAM)!r})\n"
        "its['bounded'](4 << 30)\nits['granted'](0)\nwhile True: pass\n",
        tmp_path,
        monkeypatch,
    )
    assert "seconds of processor" in str(refusal())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import os\nos.abort()\n", "SIGABRT"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", "SIGSEGV"),
        ("raise SystemExit(3)\n", "code 3"),
        ("print('hola')\n", "nonsense"),
        ("print('[\"count\", 1]')\n", "code 0"),
    ],
)
def test_a_crash_is_a_refusal(text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it had said by then does not count."""
    program(text, tmp_path, monkeypatch)
    found = refusal()
    assert (found.regla, words in str(found)) == ("documento_danado", True)


def test_the_child_has_nothing_of_our_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of ours, no module from where the command was typed."""
    monkeypatch.setenv("AVANCE_HOME", "secreto")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    program(
        "import json, os\nfrom pathlib import Path\n"
        "found = [name for name in os.environ if name.startswith(('AVANCE', 'PYTHON'))]\n"
        "print(json.dumps(['refused', 'x', str(found)]))\n",
        tmp_path,
        monkeypatch,
    )
    assert str(refusal()) == "[]"


def test_a_document_that_was_cut_off_is_refused() -> None:
    """pdfium would mend it, and give the pages that are left as all there are."""
    found = refusal(data=DIGITAL[: len(DIGITAL) // 2])
    assert (found.regla, "cut off" in str(found)) == ("documento_danado", True)
