"""Hostile input through the real command: one load over all of it, then ``avance read`` on each.

What must hold: every file is loaded or refused with a reason, the good one beside them comes out
as without them, nothing raises, nothing of a file's text or name is run or taken for markup by
whoever looks at the result. Not here: the files themselves (``hostile_files``).
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from checks.faults.hostile_files import ANY, CASES, DUPLICATE, IGNORED, LOADED, Case, form
from checks.faults.table import Result
from dagster_project.command.read import read
from dagster_project.settings import RAIZ
from dagster_project.tmm_f004.text.legible import legible

TABLE = "hostile input"
MAX_RSS_MB = 3000
"""What a load or a reading may take at its peak: 64 MiB of text, its lines, and the tools around it."""

CSV_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")


@dataclass
class _Done:
    """What a command did: exit code, what it said, seconds, peak memory in MB."""

    code: int
    said: str
    seconds: float
    peak_mb: int


@dataclass
class _Seen:
    """What a load left behind: refusals and outcomes by path."""

    refusals: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    outcomes: dict[str, tuple[str, str]] = field(default_factory=dict)


def cases(full: bool) -> Iterator[Result]:
    """Every hostile file; without ``full`` the slow ones and the ten thousand are left out."""
    work = Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        yield from _one_load(work, [c for c in CASES if full or not c.slow], full)
        if full:
            yield _many_files(work / "many", 10_000)
            yield _growing(work / "growing")
            yield _flooded(work / "flooded")
    finally:
        subprocess.run(["rm", "-rf", str(work)], check=False)  # deeper than Python's own would go


def _one_load(work: Path, tried: list[Case], full: bool) -> Iterator[Result]:
    home, extracts = work / "home", work / "extracts"
    (extracts / "2022").mkdir(parents=True)
    good = sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0]
    shutil.copy2(good, extracts / "2022")
    (work / "secreto.txt").write_text("secreto")
    for case in tried:
        case.make(extracts)
    run = _avance(work, "run")
    clean = run.code == 0 and "Traceback" not in run.said and run.peak_mb <= MAX_RSS_MB
    said = f"exit {run.code}, peak {run.peak_mb} MB" if clean else run.said[-300:]
    expected = f"published, at most {MAX_RSS_MB} MB"
    yield Result(TABLE, f"a load of {len(tried)} hostile files", expected, said, clean, run.seconds)
    if run.code != 0:
        return
    seen = _look(home)
    for case in tried:
        yield _judge(case, seen, extracts, work, full)
    for name, wanted, fault in (
        ("the good file beside them", "loaded whole", _good_fault(home, good)),
        ("line numbers", "each row's line is the file's", _lines_fault(home, extracts / "textos.txt")),
        ("formulas in the CSV files", "none would run, numbers untouched", _csv_fault(home)),
        ("the terminal", "no control character of a name or text", _terminal_fault(run.said)),
        ("names and texts as commands", "nothing was run", _run_fault(work)),
    ):
        yield Result(TABLE, name, wanted, fault or "as expected", fault is None, 0.0)


def _judge(case: Case, seen: _Seen, extracts: Path, work: Path, full: bool) -> Result:
    began = time.perf_counter()
    found = seen.refusals.get(case.ruta, [])
    result, reason = seen.outcomes.get(case.ruta, ("nothing", ""))
    words = [reason, *(r[1] for r in found)]
    if case.outcome in (LOADED, IGNORED):
        ok = result == case.outcome
    elif case.outcome == DUPLICATE:
        ok = result in (LOADED, DUPLICATE)
    else:
        ok = (case.outcome == ANY and bool(result)) or case.outcome in {rule for rule, _, _ in found}
    ok = ok and any(case.words in text for text in words)
    observed = "; ".join([result, *(f"{rule}: {why[:60]}" for rule, why, _ in found[:1])])
    if case.read is not None:
        target = extracts / os.fsdecode(_bytes_of(case.ruta))
        done = _avance(work, "read", "--", str(target)) if full else _read_here(target)
        tidy = done.code == case.read and "Traceback" not in done.said and done.peak_mb <= MAX_RSS_MB
        ok = ok and tidy
        observed += f"; read: exit {done.code}" + ("" if tidy else f", {done.peak_mb} MB, {done.said[-120:]}")
    expected = case.outcome + ("" if case.read is None else f"; read: exit {case.read}")
    return Result(TABLE, case.name, expected, observed, ok, time.perf_counter() - began)


def _bytes_of(ruta: str) -> bytes:
    """The bytes of a name from its path as shown."""
    return re.sub(
        rb"\\\\|\\x([0-9a-f]{2})",
        lambda m: bytes.fromhex(m[1].decode()) if m[1] else b"\\",
        ruta.encode(),
    )


def _look(home: Path) -> _Seen:
    seen = _Seen()
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        for ruta, *refusal in con.execute("select ruta, regla, razon, linea from raw.rechazos order by all").fetchall():
            seen.refusals.setdefault(ruta, []).append(tuple(refusal))
    note = home / "confirmed.json"
    if note.exists():  # not of a run whose inputs changed while it read them
        for extract in json.loads(note.read_text(encoding="utf-8"))["facts"]["extracts"]:
            seen.outcomes[extract["ruta"]] = (extract["resultado"], extract["razon"] or "")
    return seen


def _good_fault(home: Path, good: Path) -> str | None:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        lines = con.execute(
            "select string_agg(texto || fin, '' order by linea) from raw.lineas join raw.extractos using (extracto_id) "
            "where ruta like '2022/%'"
        ).fetchone()
        rows = con.execute("select count(*) from marts.fct_avance_corte where ejercicio = 2022").fetchone()
    if lines is None or lines[0].encode() != good.read_bytes():
        return "its lines are not its bytes"
    return None if rows and rows[0] > 100 else f"{rows} facts of its year"


def _lines_fault(home: Path, file: Path) -> str | None:
    """Where a row's line, counted as any editor that goes by LF does, is not the row."""
    lines = file.read_bytes().decode().split("\n")
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        rows = con.execute(
            "select linea, descripcion from raw.renglones join raw.extractos using (extracto_id) where ruta = ?",
            [file.name],
        ).fetchall()
    wrong = [n for n, text in rows if text.split()[:1] and text.split()[0] not in legible(lines[n - 1])]
    return f"lines {wrong[:5]}" if wrong else None if len(rows) > 20 else f"{len(rows)} rows only"


def _csv_fault(home: Path) -> str | None:
    published = home / "published"
    version = json.loads((published / "current.json").read_text(encoding="utf-8"))["version"]
    csv.field_size_limit(2**30)
    numbers = neutralised = 0
    for path in sorted((published / version).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column, cell in row.items():
                    if re.fullmatch(r"-?\d+(\.\d+)?", cell):
                        numbers += 1
                    elif CSV_FORMULA.match(cell):
                        return f"{path.name}, {column}: {cell[:40]!r}"
                    neutralised += cell.startswith("'")
    return None if numbers and neutralised else f"{numbers} numbers, {neutralised} neutralised"


def _terminal_fault(said: str) -> str | None:
    bad = sorted(set(re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)))
    return f"{bad}" if bad else None


def _run_fault(work: Path) -> str | None:
    found = [p.name for p in work.rglob("pwned*")]
    return f"{found} were made" if found else None


def _many_files(work: Path, count: int) -> Result:
    """So many small files in one folder, one of them good."""
    folder = work / "extracts"
    (folder / "2022").mkdir(parents=True)
    shutil.copy2(sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0], folder / "2022")
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(f"carta {number}\n")
    done = _avance(work, "run")
    refused = len(_look(work / "home").refusals) if done.code == 0 else 0
    ok = done.code == 0 and refused >= count and done.peak_mb <= MAX_RSS_MB
    said = f"exit {done.code}, {refused} refused, peak {done.peak_mb} MB" + ("" if ok else done.said[-200:])
    return Result(TABLE, f"{count:,} small files", f"published, {count} refused by name", said, ok, done.seconds)


def _growing(work: Path) -> Result:
    """A file that another process writes to all the while."""
    folder = work / "extracts"
    (folder / "2022").mkdir(parents=True)
    shutil.copy2(sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0], folder / "2022")
    script = (
        "import sys, time\nwith open(sys.argv[1], 'ab', buffering=0) as f:\n"
        "    while True:\n        f.write(b'una linea mas\\n' * 200)\n"
    )
    target = folder / "creciendo.txt"
    target.write_bytes(b"principio\n" * 2_000_000)
    with subprocess.Popen([sys.executable, "-c", script, str(target)]) as writer:
        try:
            done = _avance(work, "run")
        finally:
            writer.kill()
    rules = [rule for rule, _, _ in _look(work / "home").refusals.get("creciendo.txt", [])] if done.code == 0 else []
    ok = done.code == 0 and bool({"cambia", "demasiado_grande"} & set(rules))
    said = f"exit {done.code}, {', '.join(rules)}" + ("" if ok else done.said[-200:])
    return Result(TABLE, "a file that grows while it is read", "refused, the rest published", said, ok, done.seconds)


def _flooded(work: Path) -> Result:
    """An inbox of 574 sparse files of 64 MiB, and a small one of use."""
    inbox, folder = work / "home" / "inbox", work / "extracts"
    inbox.mkdir(parents=True)
    (work / "home").chmod(0o700)
    (folder / "2022").mkdir(parents=True)
    shutil.copy2(sorted((RAIZ / "seeds" / "extracts").rglob("*.txt"))[0], folder / "2022")
    for number in range(574):
        with (inbox / f"{number:03}.txt").open("wb") as file:
            file.truncate(64 * 2**20)
    (inbox / "util.txt").write_text(form(2014))
    done = _avance(work, "run")
    seen = _look(work / "home") if done.code == 0 else _Seen()
    rules = [rule for found in seen.refusals.values() for rule, _, _ in found]
    loaded = seen.outcomes.get("inbox://util.txt", ("nothing", ""))[0]
    ok = done.code == 0 and loaded == LOADED and rules.count("carpeta_llena") >= 540 and done.peak_mb <= MAX_RSS_MB
    said = f"exit {done.code}, util.txt {loaded}, {rules.count('carpeta_llena')} refused unread, peak {done.peak_mb} MB"
    expected = "the small one loaded, what is over the folder's budget refused by name"
    return Result(TABLE, "574 sparse files of 64 MiB in the inbox", expected, said, ok, done.seconds)


def _avance(work: Path, *args: str) -> _Done:
    """Run the installed command as a user would."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AVANCE_", "DAGSTER_", "DBT_"))}
    env |= {"AVANCE_HOME": str(work / "home"), "AVANCE_EXTRACTS": str(work / "extracts"), "COLUMNS": "200"}
    command = [str(Path(sys.executable).parent / "avance"), *args]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=work)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read(5_000_000).decode("utf-8", "replace")
    return _Done(process.returncode, said, time.perf_counter() - began, _megabytes(usage))


def _read_here(path: Path) -> _Done:
    """``avance read`` in this process, as table and as JSON: what starting it would show, in a tenth of the time."""
    began = time.perf_counter()
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        codes = {read(path, as_json=as_json) for as_json in (True, False)}
    code = codes.pop() if len(codes) == 1 else -1
    return _Done(code, said.getvalue(), time.perf_counter() - began, 0)


def _megabytes(usage: resource.struct_rusage) -> int:
    return usage.ru_maxrss // 1024
