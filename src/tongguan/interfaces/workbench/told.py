"""The acts of a ledger in words, with all that they say: for officers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext

from tongguan.domain.clearance.lifecycle import HoldKind, Turn, Why
from tongguan.domain.inspection.values import AbsenceGround, Finding, How, Part, ReplacementGround
from tongguan.domain.review.values import Consequence, Ground, ReviewFinding
from tongguan.facilities.accounts.rules.capacity import REGION
from tongguan.facilities.ledger.sealed import FACT as ROWS
from tongguan.facilities.ledger.values import EntryRow
from tongguan.interfaces.pages.wording import number, stamp
from tongguan.interfaces.workbench.reader import in_a_sentence, office, people, site, today
from tongguan.kernel.text import Term, _

# fmt: off
ACTS: Final[Mapping[str, str]] = {
    "ACCEPTED": _("Accepted"),
    "RELEASED": _("Released"),
    "DEPARTED": _("All goods have left"),
    "CLOSED": _("Closed"),
    "CANCELLED": _("Cancelled"),
    "REFUSED": _("Refused"),
    "HOLD_OPENED": _("A hold was opened"),
    "HOLD_DISCHARGED": _("A hold was ended"),
    "REVIEW_CLOSED": _("The documentary check was closed"),
    "QUERY_ANSWERED": _("The declarant answered"),
    "QUERY_WITHDRAWN": _("The query was withdrawn"),
    "SUMMONED": _("The declarant was summoned"),
    "SUMMONS_WITHDRAWN": _("The summons was withdrawn"),
    "VISIT_RECORDED": _("The visit was recorded"),
    "CASE_DECIDED": _("The case was decided"),
    "HOLD_HANDED_OVER": _("It became another's turn"),
    "INSPECTION_APPOINTED": _("The examination was appointed"),
    "EARLY_AGREED": _("The enterprise agreed to an earlier beginning"),
    "OFFICERS_DRAWN": _("Two officers were drawn"),
    "REPLACEMENT_ASKED": _("Other officers were asked for"),
    "OFFICERS_REPLACED": _("Other officers took over"),
    "ABSENCE_DECLARED": _("The enterprise said that nobody comes"),
    "WITNESS_ARRIVED": _("The attending person came"),
    "WITNESS_ABSENT": _("Nobody attends, by a rule"),
    "KEEPER_ATTENDS": _("The keeper of the goods attends as witness"),
    "INSPECTION_STARTED": _("The examination began"),
    "RECORD_PREPARED": _("The examination record was written"),
    "RECORD_SIGNED": _("The examination record was signed in part"),
    "SIGNATURE_REFUSED": _("The attending person refused to sign"),
    "SIGNING_CODE_GIVEN": _("A one-time code was given to the enterprise"),
    "SIGNING_CODE_WRONG": _("A wrong one-time code was entered"),
    "RECORD_SUPPLEMENTED": _("The examination record was supplemented"),
    "INSPECTION_RECORDED": _("The examination record was signed by all"),
    "INSTRUCTION_GIVEN": _("A coordination centre stopped it"),
    "LIFTING_ASKED": _("One officer asked that it may go on"),
    "INSTRUCTION_LIFTED": _("The coordination centre lets it go on"),
    "REVOCATION_DECIDED": _("The declaration was revoked"),
    "REFUSAL_DECIDED": _("The declaration was refused"),
    "LICENCE_NAMED": _("A missing licence was named"),
    "LICENCE_CONFIRMED": _("An agency confirmed a licence"),
    "LICENCE_DECLINED": _("An agency declined a licence"),
    "LICENCE_CREDITED": _("A licence was credited again"),
    "ASSESSED_ANEW": _("What is owed was computed anew"),
    "RECOVERY_BARRED": _("More is owed, but the time to recover it is over"),
    "SECOND_STEP_DUE": _("The deadline of the second step was set by the transport's day"),
    "CERTIFICATE_DEBITED": _("A certificate was debited"),
    "CERTIFICATE_CREDITED": _("A certificate was credited again"),
    "AGENCY_NO_LONGER_ASKED": _("An agency is no longer asked for a licence"),
    "BILL_FREED": _("Its bill may be declared anew"),
    "GUARANTEE_CREDITED": _("A guarantee was credited again"),
    "REFUND_ORDERED": _("A refund was ordered"),
    "PAYMENT_RECORDED": _("A payment was confirmed"),
    "PAYMENT_SECURED": _("The payment was secured"),
    "GOODS_ELSEWHERE": _("The goods lie at another office than declared"),
    "MANIFEST_DIFFERS": _("The manifest came later and differs from the declaration"),
    "TRANSIT_DEPARTED": _("The goods left under seal"),
    "TRANSIT_ARRIVED": _("The goods arrived under seal"),
    "TRANSIT_ARRIVAL_DOUBTED": _("An arrival was reported sooner than the way allows"),
    "TRANSIT_ENQUIRED": _("Customs asks after the overdue movement"),
    "TRANSIT_GUARANTOR_CALLED": _("The guarantor of the overdue movement was called"),
    "RELEASE_ORDER_SENT": _("A release order was sent"),
    "RELEASE_ORDER_WITHHELD": _(
        "No release order: manifests list the unit under another bill, or its goods in containers"
    ),
    "RELEASE_ORDER_ACKNOWLEDGED": _("A release order was acknowledged"),
    "RECALL_ASKED": _("A recall was asked for"),
    "RECALL_DROPPED": _("A recall was dropped"),
    "RECALL_LIFTED": _("A recall was lifted"),
    "RELEASE_ORDER_RECALLED": _("A release order was recalled"),
    "GATE_OUT": _("A unit left through the gate"),
    "ROWS_ADOPTED": _("What no act had described was entered in the ledger"),
}
FACTS: Final[Mapping[str, str]] = {
    "adoption": _("adoption"),
    "answer": _("answer"),
    "absence": _("ground of absence"),
    "asked_by": _("asked for by"),
    "bank": _("bank"),
    "bank_reference": _("bank reference"),
    "bill": _("bill"),
    "capacity": _("acting as"),
    "certificate": _("certificate"),
    "chosen": _("how they were chosen"),
    "consequence": _("what follows"),
    "declarant": _("declarant"),
    "drawn": _("drawn"),
    "due": _("until"),
    "finding": _("finding"),
    "ground": _("ground"),
    "guarantee": _("guarantee"),
    "how": _("signed by"),
    "left": _("tries left"),
    "notice": _("notice"),
    "part": _("part"),
    "present": _("present"),
    "seed_day": _("seed of"),
    "signer": _("account"),
    "turn": _("whose turn"),
    "hold": _("hold"),
    "intact": _("seals whole"),
    "line": _("line"),
    "number": _("customs number"),
    "office": _("office"),
    "officers": _("officers"),
    "in_place_of": _("in place of"),
    "candidates": _("officers present at the draw"),
    "place": _("place"),
    "quantity": _("quantity"),
    "reason": _("reason"),
    "seals": _("seals"),
    "sha256": _("hash (SHA-256)"),
    "site": _("site"),
    "surcharge": _("surcharge"),
    "total": _("total"),
    "unit": _("unit"),
    "vehicle": _("vehicle"),
    "waited": _("time that customs' deadline was moved by"),
    "when": _("when"),
    "why": _("why"),
    "witness": _("attended"),
    "words": _("words"),
}
# fmt: on
CHOSEN: Final = {
    "drawn": _("drawn at random"),
    "replaced": _("in place of those drawn"),
    "named": _("named by hand, as an exception from the draw"),
    "undrawn": _("not drawn"),
}


PERSONS: Final = ("officers", "drawn", "asked_by", "present", "signer", "in_place_of")
"""Facts that name people by their accounts."""


@dataclass(frozen=True, slots=True)
class Told:
    """One act: what was done, by whom, and every fact the ledger keeps of it."""

    number: int
    at: datetime
    words: str
    by: str
    facts: tuple[tuple[str, str], ...]
    seal: str


def acts(found: Iterable[EntryRow]) -> list[Told]:
    """Return the acts of a chain in words, in the order given; one statement for the names."""
    rows = list(found)
    named = (row.facts.get(fact, "") for row in rows for fact in PERSONS)
    called = people([*(row.by for row in rows), *(name for one in named for name in one.split())])
    return [
        Told(
            row.number,
            row.at,
            _words(row.kind),
            called.get(row.by, row.by),
            tuple(_fact(name, value, called) for name, value in row.facts.items() if name != ROWS),
            row.seal,
        )
        for row in rows
    ]


def _words(kind: str) -> str:
    return gettext(ACTS[kind]) if kind in ACTS else kind


def _fact(name: str, value: str, called: Mapping[str, str]) -> tuple[str, str]:
    words = gettext(FACTS[name]) if name in FACTS else name
    if name in PERSONS:
        return words, ", ".join(called.get(one, one) for one in value.split())
    return words, _value(name, value)


def _value(name: str, value: str) -> str:
    read = READ.get(name)
    return value if read is None else read(value)


def _hold(value: str) -> str:
    return capfirst(gettext(HoldKind(value).label)) if value in HoldKind.__members__ else value


def _why(value: str) -> str:
    if value not in Why.__members__:
        return value
    return gettext(Why(value).label).partition("{")[0].strip(" :：")


def _office(value: str) -> str:
    return in_a_sentence(office(value, today()))


def _site(value: str) -> str:
    return in_a_sentence(site(value))


def _intact(value: str) -> str:
    return gettext("yes") if value == "yes" else gettext("no")


def _moment(value: str) -> str:
    try:
        return stamp(datetime.fromisoformat(value))
    except ValueError:
        return value


def _money(value: str) -> str:
    try:
        return f"{Decimal(value):,}"
    except InvalidOperation:
        return value


def _capacity(value: str) -> str:
    """Return an officer's standing: his offices, or the whole region."""
    return value.replace(REGION, gettext("the whole region"))


def _chosen(value: str) -> str:
    return gettext(CHOSEN[value]) if value in CHOSEN else value


def _finding(value: str) -> str:
    for terms in (Finding, ReviewFinding):
        for one in terms:
            if str(one) == value:
                return gettext(one.label)
    return value


def _of(*lists: type[Term]) -> Callable[[str], str]:
    """Return how a fact is read that is a code of one of these lists."""

    def read(value: str) -> str:
        found = (one for terms in lists for one in terms if str(one) == value)
        return next((gettext(one.label) for one in found), value)

    return read


def _notice(value: str) -> str:
    return gettext(NOTICES[value]) if value in NOTICES else value


NOTICES: Final = {"in time": _("in time"), "short": _("at short notice")}
READ: Final[Mapping[str, Callable[[str], str]]] = {
    "hold": _hold,
    "why": _why,
    "finding": _finding,
    "office": _office,
    "site": _site,
    "number": number,
    "intact": _intact,
    "chosen": _chosen,
    "when": _moment,
    "due": _moment,
    "total": _money,
    "surcharge": _money,
    "capacity": _capacity,
    "consequence": _of(Consequence),
    "part": _of(Part),
    "how": _of(How),
    "turn": _of(Turn),
    "absence": _of(AbsenceGround),
    "ground": _of(Ground, ReplacementGround, AbsenceGround),
    "notice": _notice,
}
"""How a fact is read, where its value is a code."""
