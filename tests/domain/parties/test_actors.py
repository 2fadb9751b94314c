"""Who somebody is: postings, the region's offices, and a broker's principals, at one moment."""

from datetime import timedelta

import pytest

from tests.domain.parties.factories import DAY, NOW, EnterpriseFactory, MandateFactory
from tests.facilities.accounts.factories import ADMINISTRATOR, PostingFactory
from tongguan.domain.parties import queries
from tongguan.domain.reference.queries import snapshot
from tongguan.facilities.accounts import commands
from tongguan.facilities.accounts.values import Actor, NewPosting, Role

pytestmark = pytest.mark.django_db


def actor(role: str, **place: object) -> Actor:
    posting = PostingFactory.create(role=role, **{"office": "", **place})
    found = queries.actor_of(posting.person_id or 0, now=NOW)
    assert found is not None
    return found


def test_a_broker_sees_his_principals_affairs_but_declares_as_himself() -> None:
    mandate = MandateFactory.create()
    MandateFactory.create(broker=mandate.broker, revoked=True)

    found = actor("BROKER", enterprise_id=mandate.broker_id)

    assert found.own_ids == {mandate.broker_id}
    assert found.enterprise_ids == {mandate.broker_id, mandate.principal_id}
    assert found.channel == "portal"


def test_a_trader_sees_his_own_affairs_only() -> None:
    mandate = MandateFactory.create()

    found = actor("TRADER", enterprise_id=mandate.principal_id)

    assert found.enterprise_ids == found.own_ids == {mandate.principal_id}


def test_a_district_is_all_of_its_offices_and_the_region_all_of_them() -> None:
    region = snapshot().region
    offices = {office.code: office.district for office in region.offices(NOW.date())}

    assert actor("REVIEWER", district="02").offices == {
        code for code, district in offices.items() if district == "02"
    }
    assert actor("COORDINATOR").offices == set(offices)
    assert actor("INSPECTOR", office="0101").offices == {"0101"}


def test_a_role_counts_where_a_posting_gives_it_and_nowhere_else() -> None:
    posting = PostingFactory.create(role="REVIEWER", office="")
    PostingFactory.create(person=posting.person, role="INSPECTOR", office="0101")
    PostingFactory.create(person=posting.person, role="GATE", office="", site="0202-01")

    found = queries.actor_of(posting.person_id or 0, now=NOW)

    assert found is not None
    assert found.at("0101", Role.INSPECTOR)
    assert found.at("0202", Role.REVIEWER)
    assert found.at("0202", Role.INSPECTOR, Role.REVIEWER)
    assert found.at("0202")
    assert not found.at("0202", Role.INSPECTOR)
    assert found.at("0202-01", Role.GATE)
    assert not found.at("0202-01", Role.SITE_OPERATOR)


@pytest.mark.parametrize("role", ["ADMINISTRATOR", "ROBOT"])
def test_who_keeps_the_house_sees_no_office(role: str) -> None:
    assert actor(role).offices == frozenset()


def test_a_dismissed_person_is_nobody() -> None:
    posting = PostingFactory.create(person__is_active=False)

    assert queries.actor_of(posting.person_id or 0, now=NOW) is None


def test_software_acts_for_its_enterprise() -> None:
    trader = EnterpriseFactory.create()
    client_id, _ = commands.register_client(
        name="erp",
        label="ERP",
        postings=[NewPosting(Role.TRADER, employer=queries.employer(trader.pk, DAY))],
        by=ADMINISTRATOR,
        now=NOW,
    )

    found = queries.actor_of_client(client_id, now=NOW)

    assert found is not None
    assert (found.name, found.channel) == ("client:erp", "api")
    assert found.own_ids == {trader.pk}
    assert queries.actor_of_client("unknown", now=NOW) is None
    assert queries.actor_of_token("unknown", now=NOW) is None


def test_a_posting_that_ended_acts_no_longer() -> None:
    posting = PostingFactory.create(valid_until=NOW)

    found = queries.actor_of(posting.person_id or 0, now=NOW + timedelta(seconds=1))

    assert found is not None
    assert (found.roles, found.offices) == (frozenset(), frozenset())
