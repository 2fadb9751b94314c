"""What has to be there, by flow and kind.

Source: completion rules, GACC announcements 20 of 2016 and 60/2018; the columns of the single
window's field list. What a summary needs: announcement on the two-step declaration of 2019.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER, LINE, Field
from tongguan.domain.declarations.values import Flow, Kind, Submission
from tongguan.kernel.problems import Fault

_ALWAYS: Final = (
    "reference",
    "offices.declaration",
    "offices.goods",
    "parties.trader.name",
    "parties.declarant.name",
    "transport.mode",
    "regime.supervision",
    "packages.count",
    "packages.kind",
    "mass.gross",
)
_FULL: Final = (
    *_ALWAYS,
    "parties.owner.name",
    "parties.overseas.name",
    "countries.trading",
    "ports.call",
    "place.port",
    "terms",
    "mass.net",
)
_CONFIRMED: Final = tuple(
    HEADER[f"confirmations.{question}"]
    for question in ("relationship", "price_effect", "royalties")
)
_confirmed: Final = attrgetter("relationship", "price_effect", "royalties")
_ON_IMPORT: Final = ("countries.dispatch", "ports.departure")
_ON_EXPORT: Final = ("countries.destination",)
_LINE_ALWAYS: Final = (
    "commodity",
    "name",
    "quantity.value",
    "quantity.unit",
    "total",
    "currency",
    "origin",
)
_LINE_FULL: Final = (
    *_LINE_ALWAYS,
    "elements",
    "first.value",
    "first.unit",
    "destination",
    "region",
    "levy_mode",
)


class Required:
    """A table of required fields, read from a declaration or a line in one step."""

    __slots__ = ("_fields", "_get")

    def __init__(self, fields: Sequence[Field]) -> None:
        """Take at least two fields."""
        self._fields: Final = fields
        self._get: Final = attrgetter(*(field.path for field in fields))

    def missing(self, of: object) -> list[Field]:
        """Return the fields that are absent or blank."""
        values = self._get(of)
        if all(values):
            return []
        return [
            field
            for field, value in zip(self._fields, values, strict=True)
            if value is None or value == ""
        ]


def _header(*paths: str) -> Required:
    return Required([HEADER[path] for path in paths])


_IMPORTED: Final = _header(*_FULL, *_ON_IMPORT)
_EXPORTED: Final = _header(*_FULL, *_ON_EXPORT)
_SUMMARY: Final = _header(*_ALWAYS)
_LINE: Final = Required([LINE[path] for path in _LINE_FULL])
_SUMMARY_LINE: Final = Required([LINE[path] for path in _LINE_ALWAYS])


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell every required field that is missing."""
    summary = submission.kind is Kind.SUMMARY
    if summary:
        header, line_rule = _SUMMARY, _SUMMARY_LINE
    else:
        header = _IMPORTED if submission.flow is Flow.IMPORT else _EXPORTED
        line_rule = _LINE
    faults.extend(
        problems.MISSING.at(field.pointer, field=field) for field in header.missing(submission)
    )
    confirmed = submission.confirmations
    if submission.flow is Flow.IMPORT and not summary and None in _confirmed(confirmed):
        for field, answer in zip(_CONFIRMED, _confirmed(confirmed), strict=True):
            if answer is None:
                faults.append(problems.MISSING.at(field.pointer, field=field))
    place = submission.place
    if submission.flow is Flow.IMPORT and not summary and not (place.id or place.name):
        field = HEADER["place.name"]
        faults.append(problems.MISSING.at(field.pointer, field=field))
    for index, line in enumerate(submission.lines):
        faults.extend(
            problems.MISSING_ON_LINE.at(field.on(index), field=field, line=line.number or index + 1)
            for field in line_rule.missing(line)
        )
    if not submission.lines:
        faults.append(problems.NO_LINES.at("#/lines"))
