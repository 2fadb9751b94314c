"""What a line of goods claims: the regime, its own or that of the whole, and its preference."""

from msgspec.structs import replace

from tongguan.domain.declarations.rules.normalisation import code, number
from tongguan.domain.declarations.values import Line, Preference, Regime, Submission


def regime_of(submission: Submission, line: Line) -> Regime:
    """Return supervision mode, nature of levy and record number of a line, in plain form."""
    own, whole = line.regime, submission.regime
    if own is None:
        return whole
    return Regime(
        supervision=code(own.supervision) or whole.supervision,
        levy=code(own.levy) or whole.levy,
        record=number(own.record) or whole.record,
    )


def record_place(line: Line, index: int) -> str:
    """Return where the record number of a line stands, as a JSON pointer."""
    own = line.regime is not None and bool(number(line.regime.record))
    return f"#/lines/{index}/regime/record" if own else "#/regime/record"


def claimed_preference(line: Line) -> Preference | None:
    """Return the preference that a line claims, its codes in plain form; None: it claims none."""
    claimed = line.preference
    if claimed is None:
        return None
    return replace(
        claimed,
        agreement=code(claimed.agreement),
        certificate=number(claimed.certificate),
        origin=code(claimed.origin),
    )
