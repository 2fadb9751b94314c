"""The second region at work: its districts are those of its own rows, whatever its codes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import override_settings

from tests.domain.declarations.samples import BROKER, TRADER
from tests.domain.parties.factories import mandated
from tests.domain.risk.cases import in_force
from tests.domain.risk.examples import profile, when
from tests.facilities.accounts.factories import ADMINISTRATOR, PASSWORD
from tests.regions.test_tinypack import PACK, coconuts
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.domain.declarations.queries import get
from tongguan.domain.declarations.values import Offices, Place
from tongguan.domain.inspection.queries import posted_at
from tongguan.domain.parties.queries import actor_of
from tongguan.domain.reference import queries as reference
from tongguan.domain.revenue.models import Assessment
from tongguan.domain.risk.active import forget
from tongguan.domain.risk.facts import Facts
from tongguan.domain.risk.models import Selected
from tongguan.facilities.accounts import commands as accounts
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.kernel.identifiers import DeclarationId
from tongguan.processes.lodgement.lodge import lodge
from tongguan.processes.lodgement.values import Answer, Incoming

SITES = {"7001": "NH", "7002": "SH"}
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _islands(db: None) -> Iterator[None]:
    """Work by the law of the Twin Islands, as an installation with their pack does."""
    kept = reference._KEPT
    forget()
    with override_settings(REGION_DIR=PACK):
        kept.pack = kept.whole = None
        yield
    kept.pack = kept.whole = None
    forget()


@pytest.fixture(autouse=True)
def _parties(_islands: None) -> None:
    mandated(TRADER, BROKER)


def declare(reference: str, *offices: str) -> Answer:
    sent = coconuts(
        reference=reference,
        bill=f"B{reference}",
        offices=Offices(*offices),
        place=Place(id=SITES[offices[1]], port="N10001"),
    )
    [answer] = lodge([Incoming(sent, None, bytes(32), "json")], by=SYSTEM, now=NOW)
    assert answer.declaration_id is not None, answer.faults
    return answer


def id_of(answer: Answer) -> DeclarationId:
    return DeclarationId(UUID(str(answer.declaration_id)))


def officer(name: str, role: Role, district: str = "") -> Actor:
    person = accounts.admit_person(
        username=name,
        password=PASSWORD,
        name_zh=name,
        name_en=name,
        postings=[NewPosting(role, district=district)],
        by=ADMINISTRATOR,
        now=NOW,
    )
    found = actor_of(person, now=NOW)
    assert found is not None
    return found


def test_an_officer_of_a_district_sees_what_touches_its_offices_and_nothing_else() -> None:
    north, south = (
        officer(name, Role.REVIEWER, district=code) for name, code in (("nora", "N"), ("sam", "S"))
    )
    across = declare("R1", "7001", "7002", "7001", "7002")
    within = declare("R2", "7001", "7001", "7001", "7001")

    assert sorted(north.offices) == ["7001", "7003"]
    assert sorted(south.offices) == ["7002", "8800"]
    assert get(id_of(across), viewer=north) is not None
    assert get(id_of(across), viewer=south) is not None
    assert get(id_of(within), viewer=north) is not None
    assert get(id_of(within), viewer=south) is None


def test_inspectors_of_an_office_are_found_through_its_district() -> None:
    officer("sam", Role.INSPECTOR, district="S")
    officer("nora", Role.INSPECTOR, district="N")
    officer("ann", Role.INSPECTOR)

    assert posted_at("7002", now=NOW) == ("ann", "sam")
    assert posted_at("7001", now=NOW) == ("ann", "nora")


def test_risk_and_revenue_know_the_districts_of_the_region() -> None:
    answer = declare("R1", "7001", "7002", "7001", "7002")
    inside = declare("R2", "7002", "7002", "7002", "7002")

    facts = Facts.read(Selected.objects.get(pk=id_of(answer)).facts)
    alone = Facts.read(Selected.objects.get(pk=id_of(inside)).facts)
    assert (facts.districts, facts.pair) == (("N", "S"), "N>S")
    assert (alone.districts, alone.pair) == (("S",), "S>S")
    assert Assessment.objects.get(declaration=id_of(answer)).district == "N"


def test_a_profile_of_a_district_selects_what_touches_it() -> None:
    of_south = profile(when("line.commodity", "prefix", "0801"), id=0, district="S")
    in_force(of_south, now=NOW)

    across = declare("R1", "7001", "7002", "7001", "7002")
    within = declare("R2", "7001", "7001", "7001", "7001")

    kinds = [{hold.kind for hold in answer.holds} for answer in (across, within)]
    assert kinds[0] - kinds[1] <= {HoldKind.REVIEW, HoldKind.INSPECTION}
    assert kinds[0] - kinds[1]
