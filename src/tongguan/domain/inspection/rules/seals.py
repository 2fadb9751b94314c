"""The seals that were found before opening against those that the manifest lists."""

from collections.abc import Collection, Iterator

from tongguan.domain.inspection import problems
from tongguan.domain.inspection.values import Finding
from tongguan.kernel.problems import Fault
from tongguan.kernel.seals import seal_numbers


def faults(finding: str, before: str, listed: Collection[str], *, moved: bool) -> Iterator[Fault]:
    """Yield that goods under other seals than listed are not “as declared”.

    Args:
        finding: code of `Finding`.
        before: what was found before opening.
        listed: the seals of the manifest.
        moved: whether the goods came by a movement under seals of its own; those are compared
            where the movement ends.

    Source: Order 138, art. 7: seals are checked before containers are opened.
    """
    if moved or not listed or finding != str(Finding.NONE):
        return
    if seal_numbers(before) != seal_numbers(*listed):
        facts = {"listed": ", ".join(listed), "found": before or "—"}
        yield problems.SEALS_DIFFER.at("#/finding", **facts)
