"""The arrows between the rooms of the package: what each may import. Not here: what a room holds (its ``__init__``)."""

import ast

from dagster_project.settings import RAIZ

PACKAGE = "dagster_project."
WAREHOUSE = "warehouse.rows warehouse.results warehouse.reader warehouse.db warehouse.state warehouse.spread"
BELOW_DEFS = "notices sources quality warehouse proposals reference tmm_f004 settings"
MAY_IMPORT = {
    "tmm_f004.text": "tmm_f004.model",
    "tmm_f004.page": "tmm_f004.catalogs tmm_f004.model tmm_f004.text",
    "tmm_f004.grid": "sources.document tmm_f004.model tmm_f004.text tmm_f004.page",
    "tmm_f004.settle": "tmm_f004.catalogs tmm_f004.model tmm_f004.text tmm_f004.page tmm_f004.settle",
    "tmm_f004.settle.quarter_by_cells": "tmm_f004.settle tmm_f004.model tmm_f004.text tmm_f004.page tmm_f004.search",
    "tmm_f004.search": "tmm_f004.model tmm_f004.text",
    "tmm_f004.read": "tmm_f004.catalogs tmm_f004.model tmm_f004.text tmm_f004.search tmm_f004.read",
    "tmm_f004.read.table_cells": "tmm_f004.read tmm_f004.model tmm_f004.text tmm_f004.page tmm_f004.search",
    "tmm_f004.reconcile": "tmm_f004.decisions tmm_f004.model tmm_f004.text tmm_f004.search tmm_f004.read",
    "tmm_f004.model": "",
    "tmm_f004.decisions": "tmm_f004.model",
    "tmm_f004.catalogs": "tmm_f004.text",
    "tmm_f004": "tmm_f004",
    "sources": "",
    "reference": "tmm_f004",
    "warehouse.db": "settings",
    "warehouse.state": "warehouse.db reference sources tmm_f004",
    "warehouse.spread": "warehouse.db warehouse.state tmm_f004",
    "warehouse.publish": "warehouse.db warehouse.state warehouse.publish site workbooks",
    "warehouse.publish.crops": "warehouse.publish warehouse.files sources site",
    "warehouse.postgres": "warehouse.db warehouse.publish settings",
    "warehouse.spark": "warehouse.db warehouse.publish warehouse.spread settings",
    "warehouse.backup": "warehouse.db warehouse.publish warehouse.state settings",
    "site": "site",
    "workbooks": "site workbooks",
    "warehouse.files": f"{WAREHOUSE} reference settings sources tmm_f004",
    "warehouse.years": f"{WAREHOUSE} warehouse.files reference tmm_f004",
    "warehouse": "warehouse.rows warehouse.db tmm_f004",
    "proposals": "reference tmm_f004",
    "desk": "site proposals reference sources warehouse settings",
    "quality": "warehouse reference tmm_f004",
    "notices": "warehouse settings",
    "defs": f"dagster_internals {BELOW_DEFS}",
    "definitions": f"defs {BELOW_DEFS}",
    "command": f"definitions dagster_internals defs desk {BELOW_DEFS}",
    "cli": "command settings",
    "dagster_internals": "",
    "settings": "",
    "__init__": "",
}


def is_in(module: str, rooms: str) -> bool:
    return any(f"{module}.".startswith(f"{room}.") for room in rooms.split())


def room_of(module: str) -> str:
    return max((room for room in MAY_IMPORT if is_in(module, room)), key=len)


def imports(tree: ast.Module, known: set[str]) -> set[str]:
    """The modules of the package that one imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name.removeprefix(PACKAGE) in known else str(node.module) for name in whole}
    return {name.removeprefix(PACKAGE) for name in found if name.startswith(PACKAGE)}


def test_no_room_imports_what_it_may_not() -> None:
    root = RAIZ / PACKAGE.removesuffix(".")
    paths = {".".join(p.relative_to(root).with_suffix("").parts): p for p in root.rglob("*.py")}
    trees = {name.removesuffix(".__init__"): ast.parse(path.read_text("utf-8")) for name, path in paths.items()}
    against = {
        (name, other)
        for name, tree in trees.items()
        for other in imports(tree, set(trees))
        if room_of(other) != room_of(name) and not is_in(other, MAY_IMPORT[room_of(name)])
    }
    assert against == set()
