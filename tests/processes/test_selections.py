"""A declaration is selected as it is lodged, and becomes history for those that follow."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from msgspec import structs

from tests.domain.declarations.samples import BROKER, DAY, TRADER, sound
from tests.domain.parties.factories import mandated
from tests.domain.risk.cases import in_force
from tests.domain.risk.examples import CHU, WEI, profile, share, when
from tests.domain.risk.learning.invented import trained
from tongguan.domain.risk import approvals, queries
from tongguan.domain.risk.active import forget, renew, selector
from tongguan.domain.risk.criteria import Kind, ModelCard, Policy
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.models import DailySeed, ModelWatch, Reached, Selected, SetCommitment
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes import jobs
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
BEARINGS = structs.replace(
    profile(when("line.commodity", "prefix", "8482"), when("first_partner", "is", "yes")),
    id=0,
    treatment="scan",
    instruction="Count the bearings.",
)


@pytest.fixture
def registered(db: None) -> None:
    forget()
    mandated(TRADER, BROKER)


def declare(reference: str) -> Answer:
    sent = sound(reference=reference, bill=f"B{reference}")
    [answer] = lodge([Incoming(sent, None, sha256().digest(), "json")], by=SYSTEM, now=NOW)
    assert answer.declaration_id is not None, answer.faults
    return answer


@pytest.mark.usefixtures("registered")
def test_what_a_profile_asks_for_holds_the_declaration_and_comes_out_the_same_again() -> None:
    in_force(BEARINGS, share("documents", "1", id=0, credit="general", mode="regional"), now=NOW)

    answer = declare("R1")

    kinds = {str(hold.kind) for hold in answer.holds}
    assert kinds >= {"INSPECTION", "REVIEW"}
    found = queries.recomputed(DeclarationId(answer.declaration_id))  # type: ignore[arg-type]
    assert found is not None
    assert found.same
    assert found.recorded.treatment == "scan"
    assert set(Reached.objects.values_list("source", flat=True)) >= {"profile", "random"}


@pytest.mark.usefixtures("registered")
def test_who_was_new_is_known_once_the_worker_has_followed() -> None:
    in_force(BEARINGS, now=NOW)
    declare("R1")

    assert jobs.follow(now=NOW) > 0
    renew(DAY)
    answer = declare("R2")

    history = selector(DAY).history
    assert history.traders[TRADER.scc or ""].last_7 == 1
    facts = Selected.objects.get(pk=answer.declaration_id)
    assert '"first_partner"' not in facts.facts  # kept as an array, without names
    assert not Reached.objects.filter(declaration=answer.declaration_id, source="profile").exists()


def test_the_clock_keeps_the_promises(db: None) -> None:
    [(seconds, keep)] = [beat for beat in jobs.BEATS if beat[1].__name__ == "keep_promises"]

    keep(NOW)
    keep(NOW + timedelta(days=2))

    assert seconds <= 60
    assert DailySeed.objects.get(day=DAY).revealed_at == NOW + timedelta(days=2)
    assert SetCommitment.objects.filter(day=DAY).count() == 1
    assert DailySeed.objects.count() == 4


@pytest.mark.usefixtures("registered")
def test_a_batch_is_scored_by_the_model_in_use_explained_and_scored_the_same_again() -> None:
    card = ModelCard(name="first", sha256="", data_sha256="d", learned_until=DAY)
    model = trained()
    kept = approvals.keep_model(content=model.dump(), card=card, by=CHU, now=NOW)
    approvals.approve(kind=Kind.MODEL, ids=[kept.id], by=WEI, now=NOW)
    in_force(Policy(name="all", inspect_from=Decimal(0)), now=NOW)
    sent = [sound(reference=f"R{place}", bill=f"B{place}") for place in range(3)]
    sent[1] = structs.replace(sent[1], reference=None)

    answers = lodge(
        [Incoming(one, None, sha256().digest(), "json") for one in sent], by=SYSTEM, now=NOW
    )
    jobs.follow(now=NOW)

    assert [str(answer.outcome) for answer in answers] == ["accepted", "rejected", "accepted"]
    for answer in (answers[0], answers[2]):
        id_ = DeclarationId(answer.declaration_id)  # type: ignore[arg-type]
        found = queries.recomputed(id_)
        assert found is not None
        assert found.same
        facts = Facts.read(Selected.objects.get(pk=id_).facts)
        assert found.recorded.score == model.score([facts])[0]
        assert found.recorded.model_version == kept.sha256
        assert {str(hold.kind) for hold in answer.holds} >= {"INSPECTION"}
        assert any(told.contributions for told in queries.told_to_officer(id_))


def test_the_clock_watches_the_model(db: None) -> None:
    [(seconds, look)] = [beat for beat in jobs.BEATS if beat[1].__name__ == "watch_model"]

    look(NOW)

    assert seconds <= 3_600
    assert not ModelWatch.objects.exists()
