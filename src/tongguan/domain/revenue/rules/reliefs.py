"""What is levied of a line's taxes where a relief is claimed: what a certificate grants, else all.

Source: Customs Law, arts 56-58; Order 245; list of levy modes. Our reading: modes 2 and 8 leave
half of duty and VAT, 3 and 9 nothing, 4 and 5 the share that the certificate states. Consumption
tax is levied in full whatever the certificate says, except by modes that leave nothing: there the
certificate may free it too. Trade remedies are levied in full.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from tongguan.domain.declarations.regimes import claimed_preference, record_place, regime_of
from tongguan.domain.declarations.values import Flow, Kind, Line, Preference, Submission
from tongguan.domain.permits import coverage as rules
from tongguan.domain.permits.problems import CERTIFICATE_NOT_NAMED
from tongguan.domain.permits.values import (
    CertificateKey,
    CertificateKind,
    CertificateRow,
    Freed,
    Held,
)
from tongguan.domain.reference.values import Snapshot
from tongguan.domain.revenue.notes import Note
from tongguan.domain.revenue.rules import law as laws
from tongguan.domain.revenue.rules.law import Law
from tongguan.domain.revenue.values import ZERO, Assessment, CertificateUsed, Tax
from tongguan.kernel.problems import Fault

ONE: Final = Decimal(1)
HALF: Final = Decimal("0.5")
_TAXES: Final = {
    Freed.DUTY.value: (Tax.DUTY.value, Tax.EXPORT_DUTY.value),
    Freed.VAT.value: (Tax.VAT.value,),
    Freed.CONSUMPTION.value: (Tax.CONSUMPTION.value,),
}
_BY_MODE: Final = frozenset({Tax.DUTY.value, Tax.EXPORT_DUTY.value, Tax.VAT.value})


class Relief(NamedTuple):
    """What is levied of the taxes of one line: `share` of those in `taxes`, all of the others."""

    share: Decimal
    taxes: frozenset[str]
    notes: tuple[str, ...]


UNPROVEN: Final = Relief(ONE, _BY_MODE, (Note.RELIEF_UNPROVEN.value,))


def named(submission: Submission, reference: Snapshot, day: date) -> Iterator[CertificateKey]:
    """Yield the certificates that a declaration counts on; none where it claims nothing."""
    full = laws.of(reference, day).levy_full
    if submission.kind is Kind.SUMMARY:
        return
    for line in submission.lines:
        if line.levy_mode is not None and line.levy_mode not in full:
            record = regime_of(submission, line).record
            if record:
                yield rules.relief_key(record)
        claimed = claimed_preference(line)
        if claimed is not None and claimed.certificate:
            yield rules.origin_key(claimed.certificate)


def reliefs_of(
    submission: Submission,
    values: Sequence[Decimal],
    *,
    law: Law,
    held: Held | None,
    faults: list[Fault],
) -> tuple[list[Relief | None], tuple[CertificateUsed, ...]]:
    """Return the relief of each line, and what is drawn on certificates for it.

    What is claimed and not granted is told to `faults`, and levied in full. A summary claims
    nothing: the whole is secured until the second step.

    Args:
        submission: normalised and sound.
        values: customs value of each line, CNY.
        law: of the day.
        held: certificates of the trader; None: none are known.
        faults: warnings are added.

    Cost: 0.3 µs a line where nothing is claimed.
    """
    found: list[Relief | None] = [None] * len(values)
    if submission.kind is Kind.SUMMARY:
        return found, ()
    uses: list[CertificateUsed] = []
    left: dict[int, Decimal] = {}
    for index, (line, value) in enumerate(zip(submission.lines, values, strict=True)):
        mode = line.levy_mode
        if mode is None or mode in law.levy_full:
            continue
        granted = _granted(submission, line, index, value, law=law, held=held, left=left)
        if isinstance(granted, Fault):
            faults.append(granted)
            found[index] = UNPROVEN
            continue
        certificate, share, used = granted
        left[certificate.id] = left.get(certificate.id, certificate.left) - used
        number = line.number or index + 1
        taxes = _lowered(certificate, mode, law)
        uses.append(
            CertificateUsed(
                number,
                certificate.id,
                certificate.number,
                used,
                certificate.unit,
                share,
                tuple(sorted(taxes)),
            )
        )
        found[index] = Relief(share, taxes, (_note(share),))
    return found, tuple(uses)


def granted_before(
    submission: Submission, earlier: Assessment, *, law: Law
) -> tuple[tuple[list[Relief | None], tuple[CertificateUsed, ...]], frozenset[int]]:
    """Return reliefs, uses and proven preferences as they were granted at acceptance.

    What was drawn stays drawn, whatever became of the certificate since.
    """
    found: list[Relief | None] = []
    at: set[int] = set()
    relief = CertificateKind.RELIEF.value
    uses = {use.line: use for use in earlier.used if use.kind == relief}
    proven = {one.line for one in earlier.charges if Note.NO_AGREEMENT_RATE.value in one.notes}
    proven |= {use.line for use in earlier.used if use.kind != relief}
    claims = submission.kind is not Kind.SUMMARY
    for index, line in enumerate(submission.lines):
        number = line.number or index + 1
        use = uses.get(number)
        if number in proven:
            at.add(index)
        if use is not None:
            found.append(Relief(use.share, frozenset(use.taxes), (_note(use.share),)))
        elif claims and line.levy_mode is not None and line.levy_mode not in law.levy_full:
            found.append(UNPROVEN)
        else:
            found.append(None)
    return (found, earlier.used), frozenset(at)


def check_preferences(
    submission: Submission, values: Sequence[Decimal], held: Held | None, faults: list[Fault]
) -> tuple[frozenset[int], tuple[CertificateUsed, ...]]:
    """Return the lines, counted from 0, whose preference is proven, and what that draws.

    A certificate of origin proves as much as it is left with. Certificates that are named and prove
    nothing are told to `faults`. Source: REV-10 (ours): a preference needs its certificate, else
    the most-favoured-nation rate, which can be secured.
    """
    if submission.flow is not Flow.IMPORT or submission.kind is Kind.SUMMARY:
        return frozenset(), ()
    uses: dict[int, CertificateUsed] = {}
    left: dict[int, Decimal] = {}
    for index, (line, value) in enumerate(zip(submission.lines, values, strict=True)):
        claimed = claimed_preference(line)
        if claimed is None or not claimed.certificate:
            continue
        found = _proven_origin(line, index, claimed, value, held=held, left=left)
        if isinstance(found, Fault):
            faults.append(found)
            continue
        uses[index] = found
        id_ = found.certificate_id
        left[id_] -= found.quantity
    return frozenset(uses), tuple(uses.values())


def _granted(
    submission: Submission,
    line: Line,
    index: int,
    value: Decimal,
    *,
    law: Law,
    held: Held | None,
    left: dict[int, Decimal],
) -> tuple[CertificateRow, Decimal, Decimal] | Fault:
    """Return certificate, share levied and quantity used; or why nothing is granted."""
    number, mode = line.number or index + 1, line.levy_mode or ""
    at_mode, at_record = f"#/lines/{index}/levy_mode", record_place(line, index)
    regime = regime_of(submission, line)
    if not regime.record:
        return CERTIFICATE_NOT_NAMED.at(at_record, line=number, mode=mode)
    found = rules.in_use(rules.relief_key(regime.record), held, line=number, place=at_record)
    if isinstance(found, Fault):
        return found
    share = law.levy_shares.get(mode)
    if share is None and mode in law.levy_stated:
        share = found.share
    allowed = found.levy_modes if share is not None else ()
    fault = (
        rules.other(found, (found.basis,), regime.levy, line=number, place="#/regime/levy")
        or rules.other(found, allowed, mode, line=number, place=at_mode)
        or rules.other_goods(found, line, line=number, place=f"#/lines/{index}/commodity")
    )
    if fault is not None or share is None:
        return fault or CERTIFICATE_NOT_NAMED.at(at_mode, line=number, mode=mode)
    rest = left.get(found.id, found.left)
    used = rules.used(found, line, value=value, left=rest, line=number, place=at_record)
    return used if isinstance(used, Fault) else (found, share, used)


def _proven_origin(
    line: Line,
    index: int,
    claimed: Preference,
    value: Decimal,
    *,
    held: Held | None,
    left: dict[int, Decimal],
) -> CertificateUsed | Fault:
    """Return what a line draws on its certificate of origin, or why that proves nothing."""
    number, at = line.number or index + 1, f"#/lines/{index}/preference"
    key = rules.origin_key(claimed.certificate or "")
    found = rules.in_use(key, held, line=number, place=f"{at}/certificate")
    if isinstance(found, Fault):
        return found
    origin = claimed.origin or line.origin
    fault = (
        rules.other(found, (found.basis,), claimed.agreement, line=number, place=f"{at}/agreement")
        or rules.other(found, (found.origin,), origin, line=number, place=f"{at}/origin")
        or rules.other_goods(found, line, line=number, place=f"#/lines/{index}/commodity")
    )
    if fault is not None:
        return fault
    rest = left.setdefault(found.id, found.left)
    place = f"{at}/certificate"
    used = rules.used(found, line, value=value, left=rest, line=number, place=place)
    if isinstance(used, Fault):
        return used
    kind = CertificateKind.ORIGIN.value
    return CertificateUsed(number, found.id, found.number, used, found.unit, ONE, (), kind)


def _lowered(certificate: CertificateRow, mode: str, law: Law) -> frozenset[str]:
    """Return the taxes that a certificate lowers on a line of a levy mode.

    Source: list of levy modes: only a mode that leaves nothing by law frees of consumption tax.
    """
    taxes = frozenset(tax for freed in certificate.frees for tax in _TAXES[freed])
    return taxes if law.levy_shares.get(mode) == ZERO else taxes & _BY_MODE


def _note(share: Decimal) -> str:
    if not share:
        return str(Note.EXEMPT)
    return str(Note.HALF if share == HALF else Note.IN_PART)
