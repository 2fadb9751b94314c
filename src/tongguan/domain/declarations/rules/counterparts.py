"""What a declaration says, against what the house knows: the parties' register and the manifest.

Source: completion rules; 9/2015: a broker registered once is known in all districts.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from tongguan.domain.cargo.values import BillRow
from tongguan.domain.declarations import problems
from tongguan.domain.declarations.rules.fields import DECLARANT, TRADER, Field
from tongguan.domain.declarations.values import Party, Submission
from tongguan.domain.parties.values import EnterpriseKind, EnterpriseRow
from tongguan.kernel.problems import Fault

_TO_ORDER: Final = re.compile(r"\bto\s+(the\s+)?order\b|指示", re.IGNORECASE)


def check_parties(
    submission: Submission,
    *,
    trader: EnterpriseRow | None,
    declarant: EnterpriseRow | None,
    day: date,
    standing: Collection[EnterpriseRow | None],
) -> tuple[Fault, ...]:
    """Tell parties that may not declare. Whether one may for the other: see its mandate.

    Args:
        submission: normalised.
        trader: the domestic party as registered, or None.
        declarant: who declares, as registered, or None; the trader where none is named.
        day: local day of declaration.
        standing: those of both of which the sender may learn that they are suspended.

    Cost: 2 µs.
    """
    faults: list[Fault] = []
    parties = submission.parties
    _check(parties.trader, trader, TRADER, day, standing, faults)
    if parties.declarant != Party():
        _check(parties.declarant, declarant, DECLARANT, day, standing, faults)
    if trader is None or declarant is None or trader.id == declarant.id:
        return tuple(faults)
    if declarant.kind is not EnterpriseKind.BROKER:
        at = DECLARANT.pointer
        faults.append(problems.NOT_A_BROKER.at(at, declarant=declarant.name_zh))
    return tuple(faults)


def _check(
    stated: Party,
    known: EnterpriseRow | None,
    field: Field,
    day: date,
    standing: Collection[EnterpriseRow | None],
    faults: list[Fault],
) -> None:
    at = field.pointer
    if known is None:
        code = stated.scc or stated.code
        if code:
            faults.append(problems.UNREGISTERED.at(at, field=field, code=code))
        return
    if known.suspended and known in standing:
        faults.append(problems.SUSPENDED.at(at, field=field, name=known.name_zh))
    if known.registered_on > day:
        since = known.registered_on
        faults.append(problems.NOT_YET_REGISTERED.at(at, field=field, since=since, day=day))
    if (stated.scc and stated.scc != known.scc) or (
        stated.code and stated.code != known.customs_code
    ):
        faults.append(
            problems.CODES_DISAGREE.at(
                at, field=field, scc=stated.scc or "—", code=stated.code or "—"
            )
        )
    if stated.name and stated.name not in {known.name_zh, known.name_en}:
        faults.append(
            problems.NAME_DIFFERS.at(
                f"{at}/name", field=field, stated=stated.name, known=known.name_zh
            )
        )


def check_consignee(
    bill: BillRow | None, *, trader: EnterpriseRow, known: Mapping[str, EnterpriseRow]
) -> Fault | None:
    """Tell that a manifest names another trader for the goods of a bill; None where it does not.

    Goods are declared by their consignee or consignor. Source: Customs Law, article 24. Our
    reading: an enterprise is named by its credit code or customs code alone, for carriers spell
    names in many ways. A bill to order, one without a code, and one made out to a forwarder or a
    broker name nobody: see `asks_for_proof`.

    Args:
        bill: the manifest's bill, or None while no manifest names it.
        trader: who declares the goods as its own.
        known: enterprises by credit code and by customs code, those of the bill among them.
    """
    if bill is None:
        return None
    named = _named(bill, known)
    if not named or trader.id in named:
        return None
    return problems.BILL_OTHER_CONSIGNEE.at("#/bill", bill=bill.number, trader=trader.name_zh)


def is_named(
    bill: BillRow | None, *, trader: EnterpriseRow, known: Mapping[str, EnterpriseRow]
) -> bool:
    """Return whether a manifest names a trader for the goods of a bill, or none names the bill yet.

    A trader is named by its code, or by its registered name and nothing else.
    """
    if bill is None or not bill.manifested:
        return True
    name = _spelled(bill.consignee)
    by_name = bool(name) and name in {_spelled(trader.name_zh), _spelled(trader.name_en)}
    return by_name or trader.id in _named(bill, known)


def asks_for_proof(
    bill: BillRow | None, *, trader: EnterpriseRow, known: Mapping[str, EnterpriseRow]
) -> bool:
    """Return whether a trader has to show customs that a bill is his.

    He has to where the manifest makes it out to order, or to a forwarder, a broker or a carrier:
    then its number alone proves nothing. A manifest that names nobody, or by a name without a code,
    says nothing against him. Source: announcement 56/2017: a manifest names the consignee by its
    code, a bill to order the party to be notified; the reading is ours.
    """
    if bill is None or is_named(bill, trader=trader, known=known):
        return False
    to_order = _TO_ORDER.search(bill.consignee) is not None
    return to_order or any(code in known for code in bill.consignee_codes)


def _named(bill: BillRow, known: Mapping[str, EnterpriseRow]) -> set[int]:
    rows = (known.get(code) for code in bill.consignee_codes)
    return {row.id for row in rows if row is not None and row.kind is EnterpriseKind.TRADER}


def _spelled(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def check_cargo(
    submission: Submission, *, bill: BillRow | None, mass_tolerance: Decimal | None = None
) -> tuple[Fault, ...]:
    """Tell what contradicts the manifest. A bill that no manifest names yet is none: it waits.

    Where the manifest lists containers under the bill, the declaration names these and no others.

    Args:
        submission: normalised.
        bill: the manifest's bill, or None while no manifest names it.
        mass_tolerance: share by which the gross masses may differ; None: not compared.

    Cost: 3 µs.
    """
    if bill is None:
        return ()
    faults: list[Fault] = []
    number, transport = bill.number, submission.transport
    if bill.used_by is not None:
        faults.append(problems.BILL_USED.at("#/bill", bill=number))
    if not bill.manifested:
        return tuple(faults)
    if bill.flow != submission.flow.value:
        faults.append(problems.BILL_OTHER_FLOW.at("#/bill", bill=number))
    if submission.offices.goods and bill.office != submission.offices.goods:
        at, office = "#/offices/goods", submission.offices.goods
        faults.append(
            problems.BILL_OTHER_OFFICE.at(at, bill=number, office=office, known=bill.office)
        )
    if transport.mode and bill.mode != transport.mode:
        at, mode = "#/transport/mode", transport.mode
        faults.append(problems.BILL_OTHER_MODE.at(at, bill=number, mode=mode, known=bill.mode))
    elif _differ(transport.name, bill.name) or _differ(transport.voyage, bill.voyage):
        stated = f"{transport.name or '—'} {transport.voyage or ''}".strip()
        known = f"{bill.name} {bill.voyage}".strip()
        at = "#/transport/name"
        faults.append(problems.BILL_OTHER_VOYAGE.at(at, bill=number, stated=stated, known=known))
    count = submission.packages.count
    if count is not None and count != bill.packages:
        at = "#/packages/count"
        faults.append(problems.BILL_PACKAGES.at(at, bill=number, count=count, known=bill.packages))
    gross = submission.mass.gross
    if (
        mass_tolerance is not None
        and gross is not None
        and abs(gross - bill.gross) > bill.gross * mass_tolerance
    ):
        at = "#/mass/gross"
        faults.append(problems.BILL_GROSS.at(at, bill=number, gross_kg=gross, known_kg=bill.gross))
    _check_containers(submission, bill, faults)
    return tuple(faults)


def _check_containers(submission: Submission, bill: BillRow, faults: list[Fault]) -> None:
    if not bill.units:
        return
    listed = frozenset(bill.units)
    for index, box in enumerate(submission.containers):
        if box.id not in listed:
            at = f"#/containers/{index}/id"
            faults.append(problems.BILL_CONTAINER.at(at, bill=bill.number, container=box.id))
    missing = sorted(listed.difference(box.id for box in submission.containers))
    if missing:
        told = ", ".join(missing)
        at = "#/containers"
        faults.append(problems.CONTAINER_MISSING.at(at, bill=bill.number, containers=told))


_BLANK: Final = str.maketrans("", "", " .-")


def _differ(stated: str | None, known: str) -> bool:
    """Return whether two names are two, however they are spaced and spelt."""
    if not stated or not known or stated == known:
        return False
    return stated.upper().translate(_BLANK) != known.upper().translate(_BLANK)
