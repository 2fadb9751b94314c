"""The product's source files, as text and as trees."""

import ast
from functools import cache
from pathlib import Path

import tongguan

PACKAGE = Path(tongguan.__file__).parent
PROJECT = PACKAGE.parents[1]
HOUSE = ("src", "tests", "tools", "bench")


def files(*folders: str) -> list[Path]:
    """Return all Python files below folders of the project, migrations left out."""
    found = (path for folder in folders for path in (PROJECT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def module(path: Path) -> str:
    """Return a file of the product as Python names it."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """Return what a file imports, as Python names it: modules, and names taken from them."""
    package = module(path) if path.name == "__init__.py" else module(path).rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def rooms() -> list[Path]:
    """Return the packages that have tables."""
    return sorted(path.parent for path in PACKAGE.glob("*/*/models.py"))


def short(path: Path) -> str:
    return str(path.relative_to(PROJECT))
