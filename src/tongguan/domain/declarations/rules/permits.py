"""Which licences the tariff asks for, and which goods it forbids.

Source: the tariff's control letters; their direction: parameters, by the titles of the list of
permit documents (our reading). What is confirmed and debited is another room's business.
"""

from collections.abc import Sequence
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.lists import Lists
from tongguan.domain.declarations.values import Flow, Kind, Submission
from tongguan.domain.reference.values import TariffLine
from tongguan.kernel.problems import Fault

MOST_SIGNS: Final = 40


def check(
    submission: Submission,
    rows: Sequence[TariffLine | None],
    lists: Lists,
    faults: list[Fault],
) -> None:
    """Tell goods that are forbidden, licences that seem to be missing, and unreadable ones."""
    _form(submission, faults)
    if submission.kind is Kind.SUMMARY:
        return
    if submission.flow is Flow.IMPORT:
        asking, forbidding = lists.permits_import, lists.prohibited_import
    else:
        asking, forbidding = lists.permits_export, lists.prohibited_export
    stated = {permit.kind for permit in submission.permits}
    for index, (line, row) in enumerate(zip(submission.lines, rows, strict=True)):
        controls = row.controls if row is not None else ""
        if not controls:
            continue
        number, code = line.number or index + 1, line.commodity
        if not forbidding.isdisjoint(controls):
            at = f"#/lines/{index}/commodity"
            faults.append(problems.PROHIBITED.at(at, line=number, code=code))
        if not asking.isdisjoint(controls):
            here = stated | {permit.kind for permit in line.permits}
            missing = "".join(sorted(asking.intersection(controls) - here))
            if missing:
                at = f"#/lines/{index}/permits"
                faults.append(
                    problems.PERMIT_MISSING.at(at, line=number, code=code, letters=missing)
                )


def _form(submission: Submission, faults: list[Fault]) -> None:
    for index, permit in enumerate(submission.permits):
        if not permit.number or len(permit.number) > MOST_SIGNS:
            at = f"#/permits/{index}/number"
            faults.append(problems.PERMIT_NUMBER.at(at, kind=permit.kind or "—"))
