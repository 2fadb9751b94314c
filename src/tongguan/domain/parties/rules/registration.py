"""Whether an enterprise can be registered as asked. Every fault is told."""

import re
from collections.abc import Iterator
from typing import Final

from tongguan.domain.parties import problems
from tongguan.domain.parties.values import NewEnterprise
from tongguan.kernel.identifiers import credit_code_sound
from tongguan.kernel.problems import Fault

_CUSTOMS_CODE: Final = re.compile(r"[0-9A-Z]{10}")
_OFFICE: Final = re.compile(r"[0-9]{4}")


def check_registration(new: NewEnterprise, *, pointer: str = "#") -> Iterator[Fault]:
    """Yield what is wrong with an enterprise's codes, office or name.

    Args:
        new: the enterprise.
        pointer: where it stands in what was sent.
    """
    if not credit_code_sound(new.scc):
        yield problems.CREDIT_CODE.at(f"{pointer}/scc", scc=new.scc)
    if new.customs_code and not _CUSTOMS_CODE.fullmatch(new.customs_code):
        at = f"{pointer}/customs_code"
        yield problems.CUSTOMS_CODE.at(at, customs_code=new.customs_code)
    if not _OFFICE.fullmatch(new.home_office):
        yield problems.HOME_OFFICE.at(f"{pointer}/home_office", office=new.home_office)
    if not new.name_zh.strip():
        yield problems.NAME_MISSING.at(f"{pointer}/name_zh", scc=new.scc)
