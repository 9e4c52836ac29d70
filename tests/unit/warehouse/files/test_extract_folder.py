"""Whatever lies in the folder: listed, refused or passed over with a reason, and never opened by accident."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.extract_file import read_bytes
from dagster_project.warehouse.files.extract_folder import MAX_DEPTH, find_extract_files, folder_state


def test_lists_extracts_and_says_what_it_passed_over(tmp_path: Path) -> None:
    """Sorted by path; other suffixes, hidden things and linked folders are named, not read."""
    folder, outside = tmp_path / "in", tmp_path / "out"
    for place in (folder / "2023", folder / ".git", folder / "dir.txt", outside):
        place.mkdir(parents=True)
    for name in (
        "b.txt",
        "2023/a.TXT",
        "scan.PDF",
        "hoja.ods",
        "~$libro.xlsx",
        "nota.xyz",
        ".hidden.txt",
        ".git/x.txt",
        "dir.txt/c.txt",
    ):
        (folder / name).write_text("x")
    (folder / "inside.txt").symlink_to(folder / "b.txt")
    (folder / "linked").symlink_to(outside)

    files, ignored = find_extract_files(folder)

    assert [f.ruta for f in files] == ["2023/a.TXT", "b.txt", "dir.txt/c.txt", "inside.txt", "scan.PDF"]
    assert [f.rechazo for f in files] == [None] * 5
    assert {i.ruta: i.razon for i in ignored} == {
        ".git": "hidden or linked folder",
        ".hidden.txt": "hidden file",
        "dir.txt": "a folder, named like a file; what it holds was listed",
        "linked": "hidden or linked folder",
        "hoja.ods": "a .ods file is not read; save it as .xlsx",
        "~$libro.xlsx": "a note of Excel's that a workbook is open; save it and close it",
        "nota.xyz": "none of .txt .pdf .xlsx .xlsm .xls .png .jpg .jpeg .tif .tiff",
    }


def test_what_is_named_like_an_extract_and_is_none_is_refused(tmp_path: Path) -> None:
    """Links out, links to nothing or to themselves, pipes and sockets: refused by name, not opened."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up.txt").symlink_to("../secret.txt")
    (folder / "nothing.txt").symlink_to("nowhere.txt")
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "long.txt").symlink_to("a" * 300)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(folder / "socket.txt"))
        files, ignored = find_extract_files(folder)
    assert not ignored
    reasons = {f.ruta: (f.rechazo.regla, f.rechazo.razon[:12]) if f.rechazo else None for f in files}
    leaves, irregular = ("no_es_archivo", "is a link th"), ("no_es_archivo", "is no regula")
    assert reasons == {
        "long.txt": None,  # opening it says what is wrong
        "nothing.txt": irregular,
        "out.txt": leaves,
        "pipe.txt": irregular,
        "round.txt": irregular,
        "socket.txt": irregular,
        "up.txt": leaves,
    }
    with pytest.raises(RefusedFileError, match="File name too long"):
        read_bytes(next(f.path for f in files if f.ruta == "long.txt"), follow=False)


def test_a_folder_that_becomes_a_link_while_it_is_listed_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies behind it is refused as what a link leads to."""
    folder, outside = tmp_path / "in", tmp_path / "out"
    (folder / "a").mkdir(parents=True)
    outside.mkdir()
    (outside / "x.txt").write_text("secret")
    scan = os.scandir

    def swapped(place: str):  # type: ignore[no-untyped-def]  # what os.scandir returns
        if place.endswith("/a"):
            (folder / "a").rmdir()
            (folder / "a").symlink_to(outside)
        return scan(place)

    monkeypatch.setattr(os, "scandir", swapped)
    files, _ = find_extract_files(folder)
    assert [(f.ruta, f.rechazo.regla if f.rechazo else None) for f in files] == [("a/x.txt", "no_es_archivo")]


def test_a_tree_deeper_than_pythons_stack_is_listed(tmp_path: Path) -> None:
    """Folders beyond any use are named and not looked into."""
    place = tmp_path
    descriptor = os.open(place, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=descriptor)
        inner = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    (tmp_path / "d" / "a.txt").write_text("x")
    files, ignored = find_extract_files(tmp_path)
    subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # which pytest's own clearing cannot
    assert [f.ruta for f in files] == ["d/a.txt"]
    assert [i.razon for i in ignored] == [f"folder more than {MAX_DEPTH} folders deep"]


def test_no_two_names_become_one_path(tmp_path: Path) -> None:
    """A byte that is no UTF-8 is shown escaped, and the escape spelled out is another name."""
    for name in (b"\xff.txt", rb"\xff.txt", b"\\\\xff.txt"):
        (tmp_path / os.fsdecode(name)).write_text("x")
    files, _ = find_extract_files(tmp_path)
    assert len({f.ruta for f in files}) == 3
    assert all(f.ruta.encode("utf-8") for f in files)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """A mistyped folder must not look like a folder without extracts."""
    with pytest.raises(FileNotFoundError, match="nada"):
        find_extract_files(tmp_path / "nada")


def test_the_state_follows_names_and_contents_and_reads_nothing_too_large(tmp_path: Path) -> None:
    """Same files, same state; a sparse terabyte costs nothing."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "nota.pdf").write_text("x")
    first = folder_state(tmp_path)
    assert folder_state(tmp_path) == first
    assert [name for name, _ in folder_state(tmp_path)] == ["a.txt", "nota.pdf"]
    (tmp_path / "a.txt").write_text("y")
    assert folder_state(tmp_path) != first
    with (tmp_path / "enorme.txt").open("wb") as file:
        file.truncate(2**40)
    assert [name for name, _ in folder_state(tmp_path)] == ["a.txt", "enorme.txt", "nota.pdf"]
    assert folder_state(tmp_path / "nada") == []
