"""A selection in three depths: for the auditor, for the officer, for the trader.

The auditor is told everything, the officer what to look for, the trader the ground only. A reviewer
never reads the conditions of a profile, its share or its number; whoever inspects a declaration
drawn at random cannot tell from the words whether a share or exploration drew it.
"""

from collections.abc import Sequence
from typing import Final

from tongguan.domain.risk.criteria import ReasonClass, Treatment
from tongguan.domain.risk.values import Contribution, Reason, Selection, Source, Told
from tongguan.kernel.text import _

MOVED: Final = 4
"""An officer is told so many aspects that raised a score: what to look for."""
# What each depth says, by source. Profiles speak for themselves, by their instruction.
_DRAWN: Final = _("Drawn at random.")
_LIKELY: Final = _("The model counts this among the likeliest to need a look.")
_HIT: Final = _("A profile was met.")
_OWED: Final = _("An earlier declaration of these goods was revoked before this check.")
_AUDIT: Final = {
    str(Source.PROFILE): _("Profile {criterion}, version {version}: {words}"),
    str(Source.RANDOM): _("Drawn at a share of {figure} by share {criterion}, version {version}."),
    str(Source.MODEL): _("Score {figure} under policy {criterion}, version {version}."),
    str(Source.EXPLORATION): _(
        "Drawn for exploration at a share of {figure} by policy {criterion}, version {version}."
    ),
    str(Source.CARRIED): _("Carried over from {figure}, revoked before this check: {words}"),
}
_OF_THE_REGION: Final = _("Drawn at a share of {figure}, a parameter of the region.")
_SPARED: Final = _(
    "Profile {criterion}, version {version}, was met; at a share of {figure} the draw spared it."
)
_OFFICER: Final = {
    str(Source.PROFILE): _HIT,
    str(Source.RANDOM): _DRAWN,
    str(Source.MODEL): _LIKELY,
    str(Source.EXPLORATION): _DRAWN,
    str(Source.CARRIED): _OWED,
}

_INSTRUCTING: Final = frozenset({str(Source.PROFILE), str(Source.CARRIED)})


def for_officer(
    selection: Selection, contributions: Sequence[Contribution] = (), *, goods: bool | None = None
) -> tuple[Told, ...]:
    """Return in plain words why a declaration was selected and what to look for.

    Args:
        selection: as recorded.
        contributions: what moved the score, if it was worked out.
        goods: only the reasons for inspecting goods (True) or checking papers (False).
    """
    raising = tuple(one for one in contributions if one.amount > 0)[:MOVED]
    return tuple(
        _for_officer(reason, raising if reason.source == str(Source.MODEL) else ())
        for reason in selection.reasons
        if reason.acted and (goods is None or Treatment(reason.treatment).goods is goods)
    )


def _for_officer(reason: Reason, raising: tuple[Contribution, ...]) -> Told:
    return Told(
        ReasonClass(reason.ground),
        _OFFICER[reason.source],
        {},
        reason.words if reason.source in _INSTRUCTING else "",
        reason.lines or tuple(dict.fromkeys(one.line for one in raising if one.line)),
        Treatment(reason.treatment),
        raising,
    )


def for_auditor(
    selection: Selection, contributions: Sequence[Contribution] = ()
) -> tuple[Told, ...]:
    """Return every reason, also those that a draw spared, with criterion, version and figure."""
    return tuple(_audited(reason, contributions) for reason in selection.reasons)


def _audited(reason: Reason, contributions: Sequence[Contribution]) -> Told:
    facts = {
        "criterion": reason.criterion,
        "version": reason.version,
        "words": reason.words,
        "figure": reason.figure,
    }
    return Told(
        ReasonClass(reason.ground),
        _audit(reason),
        facts,
        reason.words,
        reason.lines,
        Treatment(reason.treatment),
        tuple(contributions) if reason.source == str(Source.MODEL) else (),
    )


def _audit(reason: Reason) -> str:
    if not reason.acted:
        return _SPARED
    if reason.source == str(Source.RANDOM) and not reason.criterion:
        return _OF_THE_REGION
    return _AUDIT[reason.source]
