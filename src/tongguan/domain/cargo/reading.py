"""Reading a carrier's manifest from JSON, a workbook or CSV. Pure; every fault is told at once."""

from typing import Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.form import read_form
from tongguan.domain.cargo.rules.manifest_json import read_json
from tongguan.domain.cargo.rules.sheet import SheetError, read_sheet
from tongguan.domain.cargo.values import Manifest
from tongguan.kernel.problems import Fault, ProblemError

MOST_BYTES: Final = 20 * 1024 * 1024


def read_manifest(raw: bytes) -> tuple[Manifest, tuple[Fault, ...]]:
    """Return the manifest that `raw` says, and warnings; what it is written in is found out.

    Args:
        raw: JSON, an .xlsx workbook, or CSV in UTF-8 or GB 18030.

    Raises:
        ProblemError: CAR-006, CAR-013 to CAR-021: every fault, each with its place.
    """
    if len(raw) > MOST_BYTES:
        raise ProblemError(problems.TOO_LARGE.at("#", most=f"{MOST_BYTES} B", what=f"{len(raw)} B"))
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        written, unread = read_json(raw.removeprefix(b"\xef\xbb\xbf"))
        if unread is not None:
            raise ProblemError(unread)
        found, faults = read_form(written)
    else:
        try:
            written, places, gathered = read_sheet(raw)
        except SheetError as error:
            raise ProblemError(error.fault) from error
        found, told = read_form(written, places)
        faults = (*gathered, *told)
    refused = tuple(fault for fault in faults if not fault.problem.warning)
    if found is None or refused:
        raise ProblemError(*refused, *(fault for fault in faults if fault.problem.warning))
    return found, faults
