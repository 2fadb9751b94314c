"""Nobody foresees selection: a check knows nothing of it, and customs names what is drawn."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from hashlib import sha256
from math import sqrt
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext
from msgspec import json, structs
from scipy.stats import rankdata

import tongguan
from tests.counting import STAMP
from tests.domain.declarations.samples import BROKER, DAY, TRADER, sound
from tests.domain.parties.factories import mandated
from tests.domain.risk.cases import in_force
from tests.domain.risk.examples import profile, share, when
from tongguan.domain.declarations.values import Submission
from tongguan.domain.risk.active import KEPT, forget
from tongguan.domain.risk.models import Selected
from tongguan.domain.risk.seeds import commit_seed
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.interfaces.intake import check_document
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming

NOW: Final = datetime(2026, 11, 20, 3, tzinfo=UTC)
SEED: Final = bytes(range(32))
MANY: Final = 2_000
SURE: Final = 4.0
"""So many standard errors an area may lie above one half: one chance in thirty thousand."""
SHARES: Final = (
    share("documents", "0.3", id=0, credit="general", mode="regional"),
    share("sample", "0.3", id=0, credit="general", mode="regional"),
)
PRODUCT: Final = str(Path(tongguan.__file__).parent)
RISK: Final = f"{PRODUCT}/domain/risk"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registered(db: None) -> Iterator[None]:
    """Register the samples' trader and broker; no criteria of another test are kept."""
    forget()
    mandated(TRADER, BROKER)
    yield
    forget()


def goods(count: int, name: str = "R") -> list[Submission]:
    """Return declarations of other prices, models and references, each of a bill of its own."""
    found = []
    for place in range(count):
        base = sound(reference=f"{name}{place:05}", bill=f"B{name}{place:05}", containers=())
        lines = [
            structs.replace(
                line,
                elements=f"{line.elements} {place}",
                price=(line.price or 0) * (1 + (place + at) % 7),
                total=(line.total or 0) * (1 + (place + at) % 7),
            )
            for at, line in enumerate(base.lines)
        ]
        found.append(structs.replace(base, lines=tuple(lines)))
    return found


def checked(sent: Sequence[Submission]) -> list[Any]:
    """Return all that a check answers about each, as the API gives it."""
    data = b"\n".join(json.encode(one) for one in sent)
    received = check_document(data, by=SYSTEM, now=NOW, translate=gettext)
    return [json.decode(json.encode(one)) for one in received.told]


def lodged(sent: Sequence[Submission]) -> list[Answer]:
    batch = [Incoming(one, None, sha256().digest(), "json") for one in sent]
    answers = lodge(batch, by=SYSTEM, now=NOW)
    assert {str(one.outcome) for one in answers} == {"accepted"}, answers[0].faults
    return answers


def selected(answers: Sequence[Answer]) -> list[bool]:
    found = Selected.objects.in_bulk([one.declaration_id for one in answers])
    rows = [found[one.declaration_id] for one in answers]
    return [row.documents or row.goods for row in rows]


def drawing() -> None:
    """Let shares and a profile draw about six in ten, with a seed that no run changes."""
    commit_seed(DAY, now=NOW, make=lambda: SEED)
    half = profile(when("line.commodity", "prefix", "8"), share=Decimal("0.2"), treatment="scan")
    in_force(*SHARES, structs.replace(half, id=0), now=NOW)


def area(figures: Sequence[float], hit: Sequence[bool]) -> float:
    """Return how well a figure tells those that are hit: 1 always, one half not at all."""
    places = rankdata(figures)
    hits = sum(hit)
    ranks = sum(place for place, one in zip(places, hit, strict=True) if one)
    return float((ranks - hits * (hits + 1) / 2) / (hits * (len(hit) - hits)))


def figures(sent: Submission, told: Any) -> dict[str, float]:
    """Return what a declarant may try to foresee selection by."""
    holds = told["holds"]
    return {
        "length": len(json.encode(told)),
        "holds": len(holds),
        "reviews": sum(hold["kind"] == "REVIEW" for hold in holds),
        "inspections": sum(hold["kind"] == "INSPECTION" for hold in holds),
        "transits": sum(hold["kind"] == "TRANSIT" for hold in holds),
        "due": sum(len(hold["due"]) for hold in holds),
        "problems": len(told["problems"]),
        "payable": float(told["charges"]["payable"]),
        "answer": int.from_bytes(sha256(json.encode(told)).digest()[:6], "big"),
        "reference": int.from_bytes(sha256((sent.reference or "").encode()).digest()[:6], "big"),
        "place": float((sent.reference or "0")[1:]),
    }


def test_nothing_a_declarant_can_ask_before_acceptance_foretells_selection() -> None:
    drawing()
    sent = goods(MANY)
    told = checked(sent)

    hit = selected(lodged(sent))

    few = min(sum(hit), MANY - sum(hit))
    assert few > MANY / 4
    rows = [figures(one, answer) for one, answer in zip(sent, told, strict=True)]
    error = sqrt((MANY + 1) / (12 * few * (MANY - few)))
    found = {name: area([row[name] for row in rows], hit) for name in rows[0]}
    assert {name: one for name, one in found.items() if abs(one - 0.5) > SURE * error} == {}


def test_a_check_answers_the_same_whether_everything_or_nothing_is_selected() -> None:
    in_force(*(structs.replace(one, share=Decimal(0)) for one in SHARES), now=NOW)
    sent = goods(200)
    nothing = checked(sent)
    everything = profile(when("line.commodity", "prefix", "8"), treatment="scan")
    in_force(
        structs.replace(everything, id=0),
        structs.replace(everything, id=0, treatment="documents"),
        now=NOW,
    )

    assert checked(sent) == nothing
    assert all(selected(lodged(sent)))


def test_a_check_runs_nothing_of_selection() -> None:
    drawing()
    sent = goods(20)
    forget()

    ran, asked = work(lambda: checked(sent))

    assert {name for name in ran if name.startswith(RISK)} == set()
    assert [sql for sql in asked if "risk_" in sql] == []
    assert (KEPT.loaded, KEPT.selectors) == (None, {})
    ran, asked = work(lambda: lodged(sent))
    assert any(name.endswith("rules/selection.py") for name in ran if name.startswith(RISK))
    assert any("risk_" in sql for sql in asked)


def test_a_check_does_the_same_work_for_what_is_selected_and_for_what_is_not() -> None:
    drawing()
    sent = goods(60)
    checked(sent)

    done = [work(partial(checked, [one])) for one in sent]

    hit = selected(lodged(sent))
    of_hit = {
        (tuple(sorted(ran.items())), len(asked))
        for (ran, asked), one in zip(done, hit, strict=True)
        if one
    }
    of_others = {
        (tuple(sorted(ran.items())), len(asked))
        for (ran, asked), one in zip(done, hit, strict=True)
        if not one
    }
    assert of_hit == of_others


def test_what_is_refused_when_it_is_lodged_was_not_selected_on() -> None:
    drawing()
    forget()
    sent = structs.replace(sound(), packages=structs.replace(sound().packages, count=-1))

    ran, _asked = work(
        lambda: lodge([Incoming(sent, None, sha256().digest(), "json")], by=SYSTEM, now=NOW)
    )

    assert {name for name in ran if name.startswith(f"{RISK}/rules")} == set()
    assert KEPT.loaded is None


def test_every_draw_is_made_with_the_number_that_customs_assigned() -> None:
    drawing()

    answers = lodged(goods(30))

    rows = Selected.objects.in_bulk([one.declaration_id for one in answers])
    keys = [rows[one.declaration_id].selection["key"] for one in answers]
    assert keys == [one.number for one in answers]


def work(ask: Callable[[], object]) -> tuple[Counter[str], list[str]]:
    """Return how often functions of each of our files were called, and the statements asked."""
    ran: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(PRODUCT):
            ran[name] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        with CaptureQueriesContext(connection) as asked:
            ask()
    finally:
        sys.setprofile(before)
    return ran, [one["sql"] for one in asked if not one["sql"].startswith(STAMP)]
