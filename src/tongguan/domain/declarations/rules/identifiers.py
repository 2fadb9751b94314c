"""What cannot be an identifier: letters of other scripts, control signs, words for "unknown".

That a code is on no list is told by the checks of these; which sign keeps it off, here: nobody sees
that an A is a Cyrillic one. Source: ours, as manifests are read.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import (
    CERTIFICATE_NUMBER,
    CONTAINER_ID,
    CONTAINER_SEAL,
    CONTAINER_SIZE,
    DOCUMENT_KIND,
    HEADER,
    INLAND,
    LINE,
    PERMIT_CURRENCY,
    PERMIT_KIND,
    PERMIT_NUMBER,
    PERMIT_UNIT,
    PREFERENCE,
    SITE_ASKED,
    Field,
)
from tongguan.domain.declarations.rules.normalisation import HEADER_KINDS, LINE_KINDS
from tongguan.domain.declarations.values import Charges, Flow, Line, Permit, Submission
from tongguan.kernel import identifiers as kinds
from tongguan.kernel.identifiers import (
    BILL,
    CODE,
    CONTAINER,
    CURRENCY,
    LICENCE,
    MEASURE,
    SEAL,
    VESSEL,
    VOYAGE,
    Kind,
)
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
_OF_LISTS: Final = tuple(
    path
    for path in HEADER_KINDS
    if path not in (*_PATHS, "transport.name") and not path.startswith("parties.")
)
_LINE_OF_LISTS: Final = tuple(path for path in LINE_KINDS if path not in _LINE_PATHS)
"""Codes of tables, whose own checks tell what is on no list."""
_ON_INLAND: Final = (("mode", CODE, INLAND), ("name", VESSEL, INLAND), ("voyage", VOYAGE, INLAND))
_ON_PERMIT: Final = (
    ("kind", kinds.PERMIT_KIND, PERMIT_KIND),
    ("number", LICENCE, PERMIT_NUMBER),
    ("currency", CURRENCY, PERMIT_CURRENCY),
)
_ON_QUANTITY: Final = (("unit", MEASURE, PERMIT_UNIT),)
_ON_PREFERENCE: Final = (
    ("agreement", CODE, PREFERENCE),
    ("certificate", LICENCE, CERTIFICATE_NUMBER),
    ("quota", CODE, PREFERENCE),
    ("origin", CODE, PREFERENCE),
    ("regime", CODE, PREFERENCE),
)
_ON_REGIME: Final = (
    ("supervision", CODE, HEADER["regime.supervision"]),
    ("levy", CODE, HEADER["regime.levy"]),
    ("record", LICENCE, HEADER["regime.record"]),
)
_ON_CONTAINER: Final = (("size", CODE, CONTAINER_SIZE),)
_ON_DOCUMENT: Final = (("kind", CODE, DOCUMENT_KIND),)
_ON_CHARGE: Final = {
    name: (("mark", CODE, field), ("currency", CURRENCY, field))
    for name, field in ((name, HEADER[f"charges.{name}"]) for name in Charges.__struct_fields__)
}
_NO_CHARGES: Final = Submission(flow=Flow.IMPORT).charges
Names = tuple[tuple[str, Kind, Field], ...]
"""What names something in a part that stands seldom, its kind, and what people call it."""
_FIELDS: Final = {**HEADER, SITE_ASKED.path: SITE_ASKED}
_header: Final = attrgetter(*_PATHS)
_header_codes: Final = attrgetter(*_OF_LISTS)
_line: Final = attrgetter(*_LINE_PATHS)
_line_codes: Final = attrgetter(*_LINE_OF_LISTS)


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell every identifier that holds a sign which cannot stand in it.

    Args:
        submission: normalised.
        faults: where to add them.

    Cost: 5 µs for five sound lines.
    """
    name = HEADER["transport.name"]
    _tell(faults, VESSEL, name, name.pointer, submission.transport.name)
    stated = _header(submission)
    if not _surely_fine(stated):
        for path, text in zip(_PATHS, stated, strict=True):
            field = _FIELDS[path]
            _tell(faults, HEADER_KINDS[path], field, field.pointer, text)
    _part(faults, _ON_INLAND, submission.transport.inland, "#/transport/inland")
    if submission.charges is not _NO_CHARGES:
        _charges(submission.charges, "#", faults)
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
    at = f"#/lines/{index}"
    if line.permits:
        _permits(line.permits, at, faults)
    _part(faults, _ON_PREFERENCE, line.preference, f"{at}/preference")
    _part(faults, _ON_REGIME, line.regime, f"{at}/regime")
    if line.charges is not None:
        _charges(line.charges, at, faults)


def check_codes(submission: Submission, faults: list[Fault]) -> None:
    """Tell in codes of tables the sign that keeps them off their list.

    To be called where anything is at fault: the checks of the tables have told that then.
    """
    found: list[Fault] = []
    for path, text in zip(_OF_LISTS, _header_codes(submission), strict=True):
        _tell(found, HEADER_KINDS[path], HEADER[path], HEADER[path].pointer, text)
    for index, container in enumerate(submission.containers):
        _part(found, _ON_CONTAINER, container, f"#/containers/{index}")
    for index, document in enumerate(submission.documents):
        _part(found, _ON_DOCUMENT, document, f"#/documents/{index}")
    for index, line in enumerate(submission.lines):
        for path, text in zip(_LINE_OF_LISTS, _line_codes(line), strict=True):
            _tell(found, LINE_KINDS[path], LINE[path], LINE[path].on(index), text)
        for place, document in enumerate(line.documents):
            _part(found, _ON_DOCUMENT, document, f"#/lines/{index}/documents/{place}")
    faults.extend(_untold(found, faults))


def tell(faults: list[Fault], kind: Kind, field: Field, text: str) -> None:
    """Tell which sign cannot stand in an identifier of the head, unless it is told already."""
    found: list[Fault] = []
    _tell(found, kind, field, field.pointer, text)
    faults.extend(_untold(found, faults))


def _untold(found: list[Fault], faults: list[Fault]) -> list[Fault]:
    """Leave out what `texts.check` told of the same places."""
    unreadable = problems.UNREADABLE_CHARACTERS
    told = {fault.pointer for fault in faults if fault.problem is unreadable} if found else ()
    return [one for one in found if one.problem is not unreadable or one.pointer not in told]


def _permits(permits: Iterable[Permit], at: str, faults: list[Fault]) -> None:
    for index, permit in enumerate(permits):
        place = f"{at}/permits/{index}"
        _part(faults, _ON_PERMIT, permit, place)
        _part(faults, _ON_QUANTITY, permit.quantity, f"{place}/quantity")


def _charges(charges: Charges, at: str, faults: list[Fault]) -> None:
    for name, names in _ON_CHARGE.items():
        _part(faults, names, getattr(charges, name), f"{at}/charges/{name}")


def _part(faults: list[Fault], names: Names, part: object, at: str) -> None:
    """Tell what names something in a part, where the part is there: its signs, and its length."""
    if part is None:
        return
    for name, kind, field in names:
        text: str | None = getattr(part, name)
        if not text or (text.isascii() and text.isalnum() and len(text) <= kind.most):
            continue
        _tell(faults, kind, field, f"{at}/{name}", text)
        if len(text) > kind.most:
            facts = {"length": len(text), "most": kind.most}
            faults.append(problems.TOO_LONG.at(f"{at}/{name}", field=field, **facts))


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
