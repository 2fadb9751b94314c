"""What cannot be lodged because of what it would owe: too much for any column, or not known."""

from tongguan.domain.declarations.rules.numbers import BOUND
from tongguan.domain.declarations.values import Kind
from tongguan.domain.revenue.values import Assessment
from tongguan.kernel.problems import Fault
from tongguan.processes.lodgement import problems
from tongguan.processes.lodgement.values import Sound


def not_to_be_assessed(sound: Sound) -> tuple[Fault, ...]:
    """Return what stands against the assessment of a sound submission: nothing, as a rule.

    A summary whose taxes cannot be estimated is refused: nothing would secure them. Source:
    announcement on the two-step declaration of 2019: taxable goods are released on a guarantee. Our
    reading: of what the whole would owe, at the figures declared.
    """
    too_high = _too_high(sound.assessment)
    if too_high is not None:
        return (too_high,)
    if sound.submission.kind is not Kind.SUMMARY:
        return ()
    return tuple(
        problems.NOT_ESTIMATED.at(f"#/lines/{number - 1}/commodity", line=number)
        for number in sound.assessment.undetermined_lines
    )


def _too_high(assessment: Assessment) -> Fault | None:
    """Return the fault where duties by quantity come to more than any declaration can owe."""
    if assessment.payable < BOUND and all(one.amount < BOUND for one in assessment.charges):
        return None
    highest = max(assessment.charges, key=lambda charge: charge.amount)
    at = f"#/lines/{max(highest.line, 1) - 1}"
    amount = max(highest.amount, assessment.payable)
    facts = {"amount": f"{amount:f}", "most": f"{BOUND:f}"}
    return problems.TAXES_TOO_HIGH.at(at, line=highest.line, **facts)
