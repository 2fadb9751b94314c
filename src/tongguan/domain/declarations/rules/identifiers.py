"""What cannot be an identifier: letters of other scripts, control signs, words for "unknown".

Codes of tables and credit codes are told by their own checks. Source: ours, as manifests are read.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import (
    CERTIFICATE_NUMBER,
    CONTAINER_ID,
    CONTAINER_SEAL,
    HEADER,
    LINE,
    PERMIT_NUMBER,
    SITE_ASKED,
    Field,
)
from tongguan.domain.declarations.rules.normalisation import HEADER_KINDS, LINE_KINDS
from tongguan.domain.declarations.values import Line, Permit, Submission
from tongguan.kernel.identifiers import BILL, CONTAINER, LICENCE, SEAL, VESSEL, Kind
from tongguan.kernel.problems import Fault
from tongguan.kernel.spelling import described, unreadable

_PATHS: Final = (
    "reference",
    "of",
    "bill",
    "guarantee",
    "transport.voyage",
    "place.id",
    "place.inspection",
    "regime.record",
    "parties.overseas.code",
)
_LINE_PATHS: Final = ("quarantine", "record_item")
_FIELDS: Final = {**HEADER, SITE_ASKED.path: SITE_ASKED}
_header: Final = attrgetter(*_PATHS)
_line: Final = attrgetter(*_LINE_PATHS)


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell every identifier that holds a sign which cannot stand in it.

    Args:
        submission: normalised.
        faults: where to add them.

    Cost: 2 µs for five sound lines.
    """
    name = HEADER["transport.name"]
    _tell(faults, VESSEL, name, name.pointer, submission.transport.name)
    stated = _header(submission)
    if not _surely_fine(stated):
        for path, text in zip(_PATHS, stated, strict=True):
            field = _FIELDS[path]
            _tell(faults, HEADER_KINDS[path], field, field.pointer, text)
    for index, container in enumerate(submission.containers):
        at = f"#/containers/{index}"
        _tell(faults, CONTAINER, CONTAINER_ID, f"{at}/id", container.id)
        for place, seal in enumerate(container.seals):
            _tell(faults, SEAL, CONTAINER_SEAL, f"{at}/seals/{place}", seal)
    _permits(submission.permits, "#", faults)
    for index, line in enumerate(submission.lines):
        _on_line(line, index, faults)


def _on_line(line: Line, index: int, faults: list[Fault]) -> None:
    stated = _line(line)
    if not _surely_fine(stated):
        for path, text in zip(_LINE_PATHS, stated, strict=True):
            field = LINE[path]
            _tell(faults, LINE_KINDS[path], field, field.on(index), text)
    if line.permits:
        _permits(line.permits, f"#/lines/{index}", faults)
    if line.preference is not None:
        at = f"#/lines/{index}/preference/certificate"
        _tell(faults, LICENCE, CERTIFICATE_NUMBER, at, line.preference.certificate)
    if line.regime is not None:
        field, at = HEADER["regime.record"], f"#/lines/{index}/regime/record"
        _tell(faults, LICENCE, field, at, line.regime.record)


def _permits(permits: Iterable[Permit], at: str, faults: list[Fault]) -> None:
    for index, permit in enumerate(permits):
        _tell(faults, LICENCE, PERMIT_NUMBER, f"{at}/permits/{index}/number", permit.number)


def _surely_fine(stated: tuple[str | None, ...]) -> bool:
    joined = "".join(filter(None, stated))
    fine = joined.isascii() and joined.isalnum() and BILL.stand_ins.isdisjoint(stated)
    return fine or not joined


def _tell(faults: list[Fault], kind: Kind, field: Field, at: str, text: str | None) -> None:
    sign = kind.wrong(text) if text else ""
    if not sign:
        return
    if unreadable(sign):
        faults.append(problems.UNREADABLE_CHARACTERS.at(at, field=field))
    else:
        faults.append(problems.NOT_AN_IDENTIFIER.at(at, field=field, sign=described(sign)))
