"""The seals that were found before opening against those that the manifest lists."""

import re
from collections.abc import Collection, Iterator

from tongguan.domain.inspection import problems
from tongguan.domain.inspection.values import Finding
from tongguan.kernel.problems import Fault


def numbers(text: str) -> frozenset[str]:
    """Return the seal numbers in what an officer wrote, whatever stands between them."""
    return frozenset(re.findall(r"[A-Z0-9-]+", text.upper()))


def faults(finding: str, before: str, listed: Collection[str], *, moved: bool) -> Iterator[Fault]:
    """Yield that goods under other seals than listed are no goods “as declared”.

    Args:
        finding: code of `Finding`.
        before: what was found before opening.
        listed: the seals of the manifest.
        moved: whether the goods came by a movement under seals of its own.

    Source: Order 138, art. 7: seals are checked before containers are opened.
    """
    if moved or not listed or finding != str(Finding.NONE):
        return
    if numbers(before) != {seal.upper() for seal in listed}:
        told = {"listed": ", ".join(listed), "found": before or "—"}
        yield problems.SEALS_DIFFER.at("#/finding", **told)
