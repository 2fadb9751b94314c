"""Containers: their numbers, and the lines they hold. Source: ISO 6346; completion rules."""

from functools import lru_cache
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Submission
from tongguan.kernel.identifiers import container_sound
from tongguan.kernel.problems import Fault

KEPT_NUMBERS: Final = 4096
MOST_SIGNS: Final = 32
_sound: Final = lru_cache(KEPT_NUMBERS)(container_sound)


def check(submission: Submission, lists: Lists, faults: list[Fault]) -> None:
    """Tell numbers that cannot be, containers named twice, and lines that are not there."""
    containers = submission.containers
    if not containers:
        return
    numbers = {line.number or at for at, line in enumerate(submission.lines, 1)}
    seen: set[str] = set()
    for index, container in enumerate(containers):
        at, id_ = f"#/containers/{index}", container.id
        if not _sound(id_):
            refused = lists.refuses_unsound_containers or not 0 < len(id_) <= MOST_SIGNS
            problem = problems.CONTAINER_NUMBER if refused else problems.CONTAINER_CHECK
            faults.append(problem.at(f"{at}/id", container=id_))
        if id_ in seen:
            faults.append(problems.CONTAINER_TWICE.at(f"{at}/id", container=id_))
        seen.add(id_)
        if not numbers.issuperset(container.lines):
            missing = sorted(set(container.lines) - numbers)
            told = ", ".join(map(str, missing))
            faults.append(problems.CONTAINER_LINES.at(f"{at}/lines", container=id_, lines=told))
