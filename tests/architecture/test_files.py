"""What every file of the project keeps to."""

import ast

from .source import HOUSE, files, short, tree

MOST_LINES = 400


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {short(path): path.read_text("utf-8").count("\n") for path in files(*HOUSE)}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        f"{short(path)}:{node.lineno}"
        for path in files(*HOUSE)
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert found == []


def test_every_file_says_in_its_first_sentence_what_it_holds() -> None:
    silent = [
        short(path)
        for path in files("src", "tools")
        if path.read_text("utf-8").strip() and not ast.get_docstring(tree(path))
    ]

    assert silent == []


def test_no_signal_is_listened_to() -> None:
    found = [
        f"{short(path)}:{node.lineno}"
        for path in files("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith(("django.db.models.signals", "django.dispatch"))
    ]

    assert found == []
