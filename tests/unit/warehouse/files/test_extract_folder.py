"""Whatever lies in the folder: listed, refused or passed over with a reason, and never opened by accident."""

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dagster_project.sources.refused import RefusedFileError
from dagster_project.warehouse.files.extract_file import read_opened
from dagster_project.warehouse.files.extract_folder import MAX_DEPTH, find_extract_files


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
        "forma.csv",
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

    assert [f.ruta for f in files] == ["2023/a.TXT", "b.txt", "dir.txt/c.txt", "forma.csv", "inside.txt", "scan.PDF"]
    assert [f.rechazo for f in files] == [None] * 6
    assert {i.ruta: i.razon for i in ignored} == {
        ".git": "hidden or linked folder",
        ".hidden.txt": "hidden file",
        "dir.txt": "a folder, named like a file; what it holds was listed",
        "linked": "hidden or linked folder",
        "hoja.ods": "a .ods file is not read; save it as .xlsx",
        "~$libro.xlsx": "a note of Excel's that a workbook is open; save it and close it",
        "nota.xyz": "none of .txt .pdf .xlsx .xlsm .xls .csv .png .jpg .jpeg .tif .tiff",
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
        read_opened(next(f.open for f in files if f.ruta == "long.txt"))


def _link(place: Path, outside: Path) -> None:
    place.symlink_to(outside, target_is_directory=outside.is_dir())


def _pipe(place: Path, outside: Path) -> None:
    os.mkfifo(place)


@pytest.mark.parametrize("put", [_link, _pipe], ids=["link", "pipe"])
@pytest.mark.parametrize("name", ["a", "a/b", "a/b/x.txt"])
def test_what_takes_a_place_after_the_listing_is_not_followed_and_does_not_hang(
    tmp_path: Path, put: Callable[[Path, Path], None], name: str
) -> None:
    """Of a folder above the file as of the file itself: the listing looked at something else."""
    folder, outside = tmp_path / "in", tmp_path / "out"
    for root in (folder / "a", outside):
        (root / "b").mkdir(parents=True)
        (root / "x.txt").write_text("secret")
        (root / "b" / "x.txt").write_text("secret")
    listed = next(f for f in find_extract_files(folder)[0] if f.ruta == "a/b/x.txt")
    assert read_opened(listed.open) == b"secret"
    (folder / name).rename(tmp_path / "aside")
    put(folder / name, tmp_path / "aside")
    with pytest.raises(RefusedFileError, match=r"cannot be read|not a regular file"):
        read_opened(listed.open)


@pytest.mark.parametrize("put", [_link, _pipe], ids=["link", "pipe"])
def test_what_takes_a_folders_place_while_it_is_listed_is_named_and_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path, Path], None]
) -> None:
    """Between its name and its opening, which follows nothing and waits for nobody."""
    folder, outside = tmp_path / "in", tmp_path / "out"
    (folder / "a").mkdir(parents=True)
    outside.mkdir()
    (outside / "x.txt").write_text("secret")
    opened = os.open

    def swapped(path: str, flags: int, *, dir_fd: int | None = None) -> int:
        if path == "a":
            (folder / "a").rmdir()
            put(folder / "a", outside)
        return opened(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", swapped)
    files, ignored = find_extract_files(folder)
    assert files == []
    assert [(i.ruta, i.razon) for i in ignored] == [("a", "folder that cannot be read: Not a directory")]


def test_no_path_is_looked_up_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is listed or opened is named in the descriptor of the folder above, which is no link; the root but once.

    A path of two names could lead through a folder that is another one by now.
    """
    folder = tmp_path / "in"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "x.txt").write_text("x")
    (folder / "inside.txt").symlink_to(folder / "a" / "b" / "x.txt")
    opened, seen = os.open, []

    def noted(path: str, flags: int, *, dir_fd: int | None = None) -> int:
        seen.append((str(path), bool(flags & os.O_NOFOLLOW), dir_fd is not None))
        return opened(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", noted)
    files, _ = find_extract_files(folder)
    assert [read_opened(file.open) for file in files] == [b"x", b"x"]
    names = ["a", "b"] + ["a", "b", "x.txt"] * 2
    assert [path for path, _, below in seen if below] == names
    assert [path for path, _, below in seen if not below] == [str(folder)] * 3  # the listing, then each file
    assert all(no_link for _, no_link, _ in seen)


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
