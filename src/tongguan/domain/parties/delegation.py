"""Whether a mandate covers a declaration. Pure. Source: Customs Law, art. 11."""

from datetime import date

from tongguan.domain.parties import problems
from tongguan.domain.parties.values import MandateRow
from tongguan.kernel.problems import Fault


def check_mandate(mandate: MandateRow | None, flow: str, *, day: date) -> tuple[Fault, ...]:
    """Return why a broker may not declare for a trader on a day, or nothing where he may.

    Args:
        mandate: the latest mandate between the two, or None.
        flow: import or export.
        day: local day of declaration.
    """
    at = "#/parties/declarant"
    if mandate is None:
        return (problems.NO_MANDATE.at(at),)
    if mandate.revoked_on is not None and mandate.revoked_on <= day:
        return (problems.MANDATE_REVOKED.at(at, revoked_on=mandate.revoked_on),)
    if not mandate.valid_from <= day < mandate.valid_until:
        facts = {"valid_from": mandate.valid_from, "valid_until": mandate.valid_until}
        return (problems.MANDATE_EXPIRED.at(at, **facts),)
    if mandate.flow not in {"", flow}:
        return (problems.OTHER_SCOPE.at(at, flow=mandate.flow),)
    return ()
