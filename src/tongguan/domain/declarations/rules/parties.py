"""Who stands behind a declaration: codes of the right form. Source: GB 32100-2015; 60/2018."""

from functools import lru_cache
from typing import Final

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import HEADER
from tongguan.domain.declarations.rules.identifiers import tell
from tongguan.domain.declarations.values import Kind, Party, Submission
from tongguan.kernel.identifiers import COMPANY_CODE, CREDIT_CODE, credit_code_sound
from tongguan.kernel.problems import Fault

KEPT_CODES: Final = 8192
CODE_PLACES: Final = (9, 10)
NO_CODE: Final = "NO"
"""Written by a unit that has no customs code."""

_sound: Final = lru_cache(KEPT_CODES)(credit_code_sound)


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell every party that cannot be identified by the codes given.

    Of a code with a sign that cannot stand in it, the sign is told.
    """
    parties = submission.parties
    _check("trader", parties.trader, faults)
    _check("declarant", parties.declarant, faults)
    if submission.kind is not Kind.SUMMARY or parties.owner != Party():
        _check("owner", parties.owner, faults)


def _check(role: str, party: Party, faults: list[Fault]) -> None:
    scc, code = party.scc, party.code
    if scc:
        if not _sound(scc):
            field = HEADER[f"parties.{role}.scc"]
            if CREDIT_CODE.wrong(scc):
                tell(faults, CREDIT_CODE, field, scc)
            else:
                faults.append(problems.CREDIT_CODE.at(field.pointer, field=field, code=scc))
    elif not code:
        field = HEADER[f"parties.{role}.scc"]
        faults.append(problems.MISSING.at(field.pointer, field=field))
    if code and not (code.isascii() and code.isalnum() and len(code) in CODE_PLACES):
        if role == "owner" and code == NO_CODE:
            return
        field = HEADER[f"parties.{role}.code"]
        if COMPANY_CODE.wrong(code):
            tell(faults, COMPANY_CODE, field, code)
        else:
            faults.append(problems.CUSTOMS_CODE.at(field.pointer, field=field, code=code))
