"""What every room keeps to, beyond the import contracts that `lint-imports` checks."""

import tomllib
from pathlib import Path

from django.apps import apps

from tongguan.settings.apps import OURS

from .source import PACKAGE, PROJECT, files, imported, module, rooms, short

DECIDES = "tongguan.processes.lodgement"
"""Deciding on a submission is nothing but rules of all rooms, one after another."""


def test_the_tables_of_every_room_are_protected_by_a_contract() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]

    protected = {
        name: contract["allowed_importers"]
        for contract in contracts
        if contract["type"] == "protected"
        for name in contract["protected_modules"]
    }

    assert protected == {
        f"{module(room / '__init__.py')}.models": [module(room / "__init__.py")] for room in rooms()
    }


def test_the_rules_of_a_room_are_its_own_and_those_of_the_decision() -> None:
    found = [
        f"{short(path)} imports {name}"
        for path in files("src")
        for name in imported(path)
        for room, _dot, rest in [name.partition(".rules")]
        if rest.startswith(".") or name.endswith(".rules")
        if room.startswith("tongguan.domain.")
        if not module(path).startswith((f"{room}.", DECIDES))
    ]

    assert sorted(found) == []


def test_every_room_is_loaded() -> None:
    present = {module(path / "__init__.py") for path in _apps()}

    assert present == set(OURS)
    assert present <= {config.name for config in apps.get_app_configs()}


def test_a_room_is_labelled_by_its_name() -> None:
    labels = {name: apps.get_app_config(name.rpartition(".")[2]).name for name in OURS}

    assert labels == {name: name for name in OURS}


def _apps() -> list[Path]:
    return sorted(
        path.parent for path in PACKAGE.rglob("apps.py") if path.parent.name != "settings"
    )
