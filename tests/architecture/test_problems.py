"""Refusals: each has one code, and says what it says in both languages."""

import ast
from collections import Counter
from importlib import import_module
from string import Formatter

from django.utils import translation
from django.utils.translation import gettext

from tongguan.kernel.problems import Problem

from .source import PACKAGE, files, module, tree


def catalogue() -> dict[str, list[Problem]]:
    """Return the problems of each module that has any."""
    found = {
        path: import_module(module(path))
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.stem == "problems" or path.parent.name == "problems"
    }
    return {
        loaded.__name__: [one for one in vars(loaded).values() if isinstance(one, Problem)]
        for loaded in found.values()
    }


def every_problem() -> list[Problem]:
    by_identity = {id(one): one for group in catalogue().values() for one in group}
    return list(by_identity.values())


def test_every_problem_is_stated_in_a_file_of_problems() -> None:
    elsewhere = [
        str(path.relative_to(PACKAGE))
        for path in files("src")
        if "problems" not in (path.stem, path.parent.name)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem"
    ]

    assert elsewhere == []


def test_no_code_is_used_twice() -> None:
    codes = Counter(problem.code for problem in every_problem())

    assert [code for code, times in codes.items() if times > 1] == []


def test_every_problem_is_told_in_both_languages() -> None:
    with translation.override("zh-hans"):
        untold = [
            f"{problem.code}: {words}"
            for problem in every_problem()
            for words in (problem.title, problem.detail, problem.remedy)
            if gettext(words) == words and _own_words(words)
        ]

    assert untold == []


def test_a_translation_has_the_facts_of_the_original() -> None:
    with translation.override("zh-hans"):
        differing = [
            f"{problem.code}: {words}"
            for problem in every_problem()
            for words in (problem.title, problem.detail, problem.remedy)
            if _facts(words) != _facts(gettext(words))
        ]

    assert differing == []


def _own_words(words: str) -> str:
    """Return what a sentence says beside its facts."""
    return "".join(text for text, *_fact in Formatter().parse(words)).strip()


def _facts(words: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(words) if name}
