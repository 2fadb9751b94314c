"""Reading a carrier's manifest from JSON, a workbook or CSV. Pure; every fault is told at once."""

import re
from typing import Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.form import read_form
from tongguan.domain.cargo.rules.manifest_json import read_json
from tongguan.domain.cargo.rules.sheet import SheetError, read_sheet
from tongguan.domain.cargo.values import Manifest
from tongguan.kernel.problems import Fault, Faults, ProblemError

MOST_BYTES: Final = 20 * 1024 * 1024
_MARKS: Final = re.compile(rb"(?:\xef\xbb\xbf)*+")
"""Byte-order marks; a program that writes one does not look whether another did.

The possessive form keeps no way back for each mark, which takes 70 bytes for one.
"""


def read_manifest(raw: bytes) -> tuple[Manifest, tuple[Fault, ...]]:
    """Return the manifest that `raw` says, and warnings; what it is written in is found out.

    Args:
        raw: JSON, an .xlsx workbook, or CSV in UTF-8 or GB 18030.

    Raises:
        ProblemError: CAR-006, CAR-013 to CAR-021, CAR-060 to CAR-075: every fault, each with its
            place; of more than a thousand the first, and how many more there are.
    """
    if len(raw) > MOST_BYTES:
        facts = {"most": f"{MOST_BYTES} B", "what": f"{len(raw)} B", "place": "#"}
        raise ProblemError(problems.TOO_LARGE.at("#", **facts))
    faults = Faults()
    places: dict[str, str] = {}
    marks = _MARKS.match(raw)
    raw = raw[marks.end() :] if marks else raw
    if raw.lstrip(b" \t\r\n").startswith((b"{", b"[")):
        written, unread = read_json(raw)
        if unread is not None:
            raise ProblemError(unread)
    else:
        try:
            written, places = read_sheet(raw, faults)
        except SheetError as error:
            faults.append(error.fault)
            raise ProblemError(*_gravest_first(faults)) from error
    found = read_form(written, faults, places)
    if found is None:
        raise ProblemError(*_gravest_first(faults))
    return found, faults.told()


def _gravest_first(faults: Faults) -> list[Fault]:
    return sorted(faults.told(), key=lambda fault: fault.problem.warning)
