"""What cannot be read is named by file, line and reason; what was loaded before stays."""

from __future__ import annotations

import fcntl
import re

# Sorts after the whole extract: a later name must not let a cut copy replace a complete report.
CUT = "z-cortado.txt"
BAD = {
    "vacio.txt": b"",
    "binario.txt": b"TMM-F004\n\x00\x01\x02\x03",
    "carta.txt": "Estimado señor:\nle escribo por lo del agua.\nAtentamente,\nun vecino\n".encode(),
}


def _cut_in_the_middle(casa) -> bytes:
    """The real extract up to the middle of its first table, action row cut in two."""
    (extract,) = (casa.extracts / "2022").glob("*.txt")
    lines = extract.read_bytes().splitlines(keepends=True)
    row = next(i for i, line in enumerate(lines) if line.count(b"\t") > 10)
    return b"".join(lines[:row]) + lines[row][: len(lines[row]) // 2]


def test_bad_files_beside_good_ones(casa):
    """Each bad file is named with its reason, the good one stays loaded, and the version is published."""
    rows = casa.query("select count(*) from marts.fct_avance_corte where ejercicio = 2022")
    for name, data in BAD.items():
        (casa.extracts / name).write_bytes(data)
    (casa.extracts / CUT).write_bytes(_cut_in_the_middle(casa))
    told = casa.told()
    done = casa.avance("run")
    assert done.returncode == 0, done.stdout + done.stderr
    (event,) = casa.told()[len(told) :]
    assert event in ("version_publicada", "archivos_rechazados")
    assert "No se pudo leer carta.txt" in (casa.home / "avisos.jsonl").read_text(encoding="utf-8")
    assert re.search(r"vacio\.txt: .*empty", done.stdout)
    assert re.search(r"binario\.txt, line 2: .*binary", done.stdout)
    assert re.search(r"carta\.txt.*: .*form", done.stdout)
    assert re.search(r"z-cortado\.txt, line \d+: ", done.stdout)
    refused = {ruta for (ruta,) in casa.warehouse("select distinct ruta from raw.rechazos")}
    assert refused >= {*BAD, CUT}
    assert casa.query("select count(*) from marts.fct_avance_corte where ejercicio = 2022") == rows


def test_nothing_but_bad_files(empty):
    """With no form at all there is nothing to publish: exit 1, every file named."""
    for name, data in BAD.items():
        (empty.extracts / name).write_bytes(data)
    done = empty.avance("run")
    assert done.returncode == 1
    assert "Not published" in done.stdout
    for name in BAD:
        assert name in done.stdout
    assert "holds a form" in done.stdout
    assert not (empty.home / "published" / "current.json").exists()


def test_no_folder_of_extracts(casa):
    """A folder that is not there is said at once, and nothing is touched."""
    done = casa.avance("run", "--extracts", str(casa.extracts / "nowhere"))
    assert done.returncode == 2
    assert "nowhere" in done.stdout
    assert "--extracts" in done.stdout


def test_another_run_at_work(casa):
    """A second run on the same home is turned away at once, saying why."""
    with (casa.home / "writer.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = casa.avance("run", "--force")
    assert done.returncode == 2
    assert "another run writes to" in done.stdout
