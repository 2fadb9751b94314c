"""Lines that say the same twice. Source: ours; see also the check of bills."""

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.values import Line, Submission
from tongguan.kernel.problems import Fault


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell lines that agree in everything but their number."""
    lines = submission.lines
    if len({(line.commodity, line.total, line.name, line.elements) for line in lines}) == len(
        lines
    ):
        return
    first: dict[tuple[object, ...], int] = {}
    for index, line in enumerate(lines):
        number = line.number or index + 1
        earlier = first.setdefault(_content(line), number)
        if earlier != number:
            at = f"#/lines/{index}"
            faults.append(problems.LINES_ALIKE.at(at, line=number, earlier=earlier))


def _content(line: Line) -> tuple[object, ...]:
    return (
        line.commodity,
        line.name,
        line.elements,
        line.quantity,
        line.first,
        line.second,
        line.total,
        line.currency,
        line.origin,
        line.record_item,
        line.region,
    )
