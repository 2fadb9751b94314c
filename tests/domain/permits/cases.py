"""An agency, its licences, and declarations whose third line uses 85.5 kg of one."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.domain.declarations.samples import with_line
from tests.interfaces.scene import Scene, declared, lodged, play
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.clearance.queries import open_hold
from tongguan.domain.declarations.values import Permit
from tongguan.domain.parties import commands as parties
from tongguan.domain.parties.values import CreditClass, EnterpriseKind
from tongguan.domain.permits import commands
from tongguan.domain.permits.values import NewLicence
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.kernel.identifiers import DeclarationId, HoldId, credit_code
from tongguan.kernel.time import utc_now

USED = Decimal("85.5")


@dataclass(frozen=True)
class Play:
    scene: Scene
    ministry: Actor
    rival: Actor

    def grant(self, granted: str = "100", **changes: Any) -> None:
        """Let the ministry register a licence of the trader's."""
        today = utc_now().date()
        content: dict[str, Any] = {
            "kind": "1",
            "number": "L-1",
            "holder_id": self.scene.firms["trader"],
            "granted": Decimal(granted),
            "unit": "035",
            "valid_from": today - timedelta(days=9),
            "valid_until": today + timedelta(days=9),
        }
        licence = NewLicence(**{**content, **changes})
        commands.grant(licence=licence, by=self.ministry, now=utc_now())

    def confirm(self, hold: HoldId) -> None:
        commands.confirm(hold_id=hold, by=self.ministry, now=utc_now())


def begin() -> Play:
    """Register the ministry that confirms licences of kind 1, and another agency."""
    return Play(
        play(), _agency("MOFCOM", "91110101FAKE00081"), _agency("NMPA", "91110101FAKE00082")
    )


def asking(reference: str = "R-1", kind: str = "1") -> tuple[DeclarationId, HoldId | None]:
    """Lodge a declaration that names a licence; return the hold that waits for its agency."""
    permits = (Permit(kind=kind, number="L-1"),)
    id_ = lodged(with_line(declared(reference), 2, permits=permits))
    return id_, open_hold(id_, HoldKind.PERMIT)


def _agency(code: str, scc: str) -> Actor:
    id_ = parties.register(
        scc=credit_code(scc),
        customs_code="",
        name_zh=code,
        name_en=code,
        kind=EnterpriseKind.AGENCY,
        home_office="0117",
        credit=CreditClass.GENERAL,
        by=SYSTEM,
        now=utc_now(),
    )
    commands.register_agency(code=code, enterprise_id=id_, by=SYSTEM, now=utc_now())
    ids = frozenset({id_})
    return Actor(code, code, roles=frozenset({Role.AGENCY}), enterprise_ids=ids, own_ids=ids)
