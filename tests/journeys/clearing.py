"""What every journey does: the goods come, what holds them is ended by whom it concerns."""

import itertools
import os
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from msgspec.structs import replace

from tests.domain.declarations.samples import sound
from tests.journeys.region import BANK, BANK_KEY
from tests.journeys.users import Product, User, eventually
from tongguan.domain.declarations.values import Container, Party, Submission
from tongguan.domain.revenue.rules.receipts import signed
from tongguan.domain.revenue.values import BankReceipt
from tongguan.kernel.identifiers import container
from tongguan.kernel.money import Money
from tongguan.kernel.time import utc_now

_serial: Final = itertools.count(os.getpid() % 9_000 * 100)


RECORD: Final = {"result": "as declared"}
"""What two inspectors write down where goods are as declared."""


def declared(of: Party | None = None, **changes: Any) -> Submission:
    """Return the sample as of today, with a bill, a container and a reference of its own."""
    place = next(_serial)
    base = sound()
    box = Container(container(f"XMPU{place:06d}"), size="11", lines=(1, 2, 3, 4, 5))
    if of is not None:
        parties = replace(base.parties, trader=of, owner=of)
        base = replace(base, parties=parties)
    changes = {"containers": (box,), **changes}
    yesterday = (utc_now() - timedelta(days=1)).date()
    return replace(
        base, reference=f"J{place}", bill=f"XMPL{place}", entry_date=yesterday, **changes
    )


def unit(one: Submission) -> str:
    """Return what the gate is asked for: the container, or the bill where there is none."""
    return str(one.containers[0].id if one.containers else one.bill)


def announce(product: Product, one: Submission, site: str) -> None:
    """Let the carrier's manifest come in."""
    bill = {
        "number": one.bill,
        "packages": one.packages.count,
        "gross": str(one.mass.gross),
        "units": [{"id": box.id} for box in one.containers],
    }
    voyage = {
        "number": f"M{one.bill}",
        "mode": one.transport.mode,
        "name": one.transport.name,
        "voyage": one.transport.voyage or "",
    }
    manifest = {**voyage, "flow": one.flow.value, "office": site[:4], "bills": [bill]}
    product.software("carrier").post("/manifests", manifest)


def arrive(product: Product, one: Submission, site: str) -> None:
    """Let the carrier report that the goods are at a site."""
    product.software("carrier").post("/arrivals", {"number": str(one.bill), "site": site})


def pay(product: Product, told: dict[str, Any]) -> None:
    """Let the bank confirm, under its signature, that what a declaration owes was paid."""
    number, amount = told["number"], str(told["charges"]["payable"])
    receipt = BankReceipt(BANK, f"TX-{number}", Money(Decimal(amount), "CNY"), utc_now())
    confirmed = signed(receipt, number, BANK_KEY)
    body = {
        "bank": BANK,
        "bank_reference": confirmed.bank_reference,
        "amount": amount,
        "paid_at": confirmed.paid_at.isoformat(),
        "signature": confirmed.signature.hex(),
    }
    product.software("bank").post(f"/declarations/{number}/payments", body)


def open_holds(product: Product, number: str, *, by: User | None = None) -> dict[str, str]:
    """Return what a declaration waits for, and at which office, as its declarant is told."""
    held = (by or product.software("broker")).get(f"/declarations/{number}/holds")
    return {hold["kind"]: hold["office"] for hold in held if hold["ended"] is None}


def end_checks(product: Product, number: str, *, by: User | None = None) -> None:
    """Let the officers whom it concerns end the checks, those that the random share drew too."""
    held = open_holds(product, number, by=by)
    if "REVIEW" in held:
        product.person("reviewer").post(f"/declarations/{number}/review/close", {})
    if "INSPECTION" in held:
        examine(product, number, held["INSPECTION"], by=by or product.person("declarant"))


def examine(product: Product, number: str, office: str, *, by: User) -> None:
    """Let two officers who are drawn examine goods, and each sign; the enterprise by its code."""
    path, names = (
        f"/declarations/{number}/inspection",
        (f"inspector-{office}", f"colleague-{office}"),
    )
    first, second = (product.person(name) for name in names)
    for name in names:
        product.person(name).post("/inspection/duty", {"officer": name, "office": office})
    first.post(f"{path}/record", RECORD, wants=409)
    first.post(f"{path}/draw", {})
    first.post(f"{path}/witness", {"witness": "Li Si"})
    first.post(f"{path}/start", {"seals_before": "S1"})
    sent = first.post(f"{path}/record", RECORD)
    if by is product.person("declarant"):
        product.software("broker").post(f"{path}/record/sign", sent, wants=403)
    first.post(f"{path}/record/sign", sent)
    assert not second.post(f"{path}/record/sign", sent)["complete"]
    assert by.get(f"{path}/record")["missing"] == ["ATTENDING"]
    code = by.post(f"{path}/record/code", {})["code"]
    assert first.post(f"{path}/record/sign", {**sent, "code": code})["complete"]


def leave(product: Product, one: Submission, site: str) -> Any:
    """See that the gate of a site opens, and let the goods out; return what the gate was told."""
    gate, at = product.software(f"gate-{site}"), f"/gate/{site}/{unit(one)}"
    eventually(lambda: bool(gate.get(at)["may_leave"]))
    answer = gate.post(f"{at}/out", {})
    assert not gate.get(at)["may_leave"]
    return answer
