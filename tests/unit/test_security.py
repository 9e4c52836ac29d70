"""Closed by default: no code from data, servers on loopback, nothing secret in the repository."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster_project import cli
from dagster_project.settings import RAIZ

SOURCES = sorted((RAIZ / "dagster_project").rglob("*.py"))
CODE_FROM_DATA = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
LOADERS = {"pickle", "cPickle", "dill", "marshal", "shelve", "joblib", "cloudpickle", "jsonpickle"}
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|(?i:(?:password|passwd|contraseña|secret|api_key)\s*[:=]\s*['\"][^'\"${}\s]{6,}['\"])"
)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(RAIZ)))
def test_nothing_makes_code_of_data(path: Path) -> None:
    """No eval, no unpickling, no shell, no format string that is not written in the code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert not imported & LOADERS
    for call in _calls(tree):
        if isinstance(call.func, ast.Name):
            assert call.func.id not in CODE_FROM_DATA, f"line {call.lineno}"
        if isinstance(call.func, ast.Attribute):
            assert (call.func.attr, ast.unparse(call.func.value)) not in {("system", "os"), ("popen", "os")}
            if call.func.attr in ("format", "format_map"):
                assert isinstance(call.func.value, ast.Constant), f"line {call.lineno}: a format string from data"
            if call.func.attr in ("load", "unsafe_load") and ast.unparse(call.func.value) == "yaml":
                pytest.fail(f"line {call.lineno}: yaml.{call.func.attr}; safe_load reads data")
        shell = [k for k in call.keywords if k.arg == "shell"]
        assert all(isinstance(k.value, ast.Constant) and k.value.value is False for k in shell)


def test_the_servers_listen_on_loopback() -> None:
    """Unless somebody says otherwise, nobody else reaches the UI, which asks no one who they are."""
    assert inspect.signature(cli.ui).parameters["host"].default == "127.0.0.1"
    source = (RAIZ / "dagster_project" / "command" / "ui.py").read_text(encoding="utf-8")
    assert '"--host", address.host' in source
    for path in SOURCES:
        assert "0.0.0.0" not in path.read_text(encoding="utf-8"), path


def test_no_secret_is_in_the_repository() -> None:
    """Passwords come from the environment."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=RAIZ, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    files = [RAIZ / n for n in names if n] or [*SOURCES, *(RAIZ / "docs").glob("*.md")]
    for path in files:
        if path.is_file() and path.suffix in {".py", ".md", ".yml", ".yaml", ".toml", ".sql", ".sh", ""}:
            found = SECRET.search(path.read_text(encoding="utf-8", errors="replace"))
            assert not found or path == Path(__file__), f"{path}: {found and found[0]}"
