"""Events sorted into batches that one function deals with, without changing a subject's order."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from tongguan.facilities.announcements.values import Announced


def in_batches(
    events: Sequence[Announced], kinds: Sequence[str]
) -> Iterator[tuple[str, list[Announced]]]:
    """Yield the events of these kinds in batches of one kind, as few as keep each subject's order.

    Args:
        events: in their order.
        kinds: those that anything follows from; others are left out.
    """
    last: dict[UUID, tuple[int, str]] = {}
    batches: dict[tuple[int, str], list[Announced]] = {}
    for event in events:
        if event.kind not in kinds:
            continue
        turn, kind = last.get(event.subject, (0, event.kind))
        place = (turn if kind == event.kind else turn + 1, event.kind)
        last[event.subject] = place
        batches.setdefault(place, []).append(event)
    for turn, kind in sorted(batches, key=lambda place: (place[0], kinds.index(place[1]))):
        yield kind, batches[turn, kind]
