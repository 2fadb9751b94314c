"""What lodging looks up set by set, and who may see whom."""

from datetime import date, timedelta

import pytest

from tests.domain.parties.factories import (
    DAY,
    CreditRecordFactory,
    EnterpriseFactory,
    MandateFactory,
)
from tongguan.domain.parties import queries, scopes
from tongguan.domain.parties.models import Enterprise
from tongguan.domain.parties.values import CreditClass, EnterpriseKind
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role

pytestmark = pytest.mark.django_db


def test_enterprises_are_found_by_either_code() -> None:
    trader = CreditRecordFactory.create(credit="advanced").enterprise
    broker = EnterpriseFactory.create(broker=True, customs_code=None)

    found = queries.known(
        {trader.scc, trader.customs_code or "", broker.scc, "unknown"}, DAY
    ).answer()

    assert found.keys() == {trader.scc, trader.customs_code, broker.scc}
    assert found[trader.scc] is found[trader.customs_code or ""]
    row = found[trader.scc]
    assert (row.kind, row.credit, row.home_office) == (
        EnterpriseKind.TRADER,
        CreditClass.ADVANCED,
        "0128",
    )
    assert found[broker.scc].customs_code == ""


def test_a_set_of_any_size_is_looked_up_at_once() -> None:
    mandates = MandateFactory.create_batch(5)
    pairs = {(one.principal_id, one.broker_id) for one in mandates}
    codes = {one.principal.scc for one in mandates}

    assert len(queries.known(codes, DAY).answer()) == 10
    assert queries.mandates(pairs, DAY).answer().keys() == pairs
    assert (queries.known(set(), DAY).answer(), queries.mandates(set(), DAY).answer()) == ({}, {})


def test_an_enterprise_is_known_as_it_was_on_a_day() -> None:
    first = CreditRecordFactory.create(credit="B", valid_until=date(2014, 12, 1))
    CreditRecordFactory.create(
        enterprise=first.enterprise, credit="general", valid_from=date(2014, 12, 1)
    )
    scc = first.enterprise.scc

    assert queries.known([scc], date(2014, 11, 30)).answer()[scc].credit is CreditClass.B
    assert queries.known([scc], date(2014, 12, 1)).answer()[scc].credit is CreditClass.GENERAL


def test_the_mandate_in_force_is_found_before_older_ones() -> None:
    old = MandateFactory.create(valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    sides = {"principal": old.principal, "broker": old.broker}
    imports = MandateFactory.create(**sides, flow="import")
    exports = MandateFactory.create(**sides, flow="export", valid_until=date(2028, 1, 1))
    pair = (old.principal_id, old.broker_id)

    now, then = (
        queries.mandates({pair}, DAY).answer()[pair],
        queries.mandates({pair}, date(2020, 6, 1)).answer()[pair],
    )

    assert (now.id, [one.id for one in now.further]) == (exports.pk, [imports.pk])
    assert (then.id, then.further) == (old.pk, ())


def test_of_mandates_that_ended_the_last_is_told() -> None:
    expired = MandateFactory.create(valid_until=date(2026, 2, 1))
    sides = {"principal": expired.principal, "broker": expired.broker}
    revoked = MandateFactory.create(**sides, revoked=True)
    pair = (expired.principal_id, expired.broker_id)

    row = queries.mandates({pair}, DAY).answer()[pair]

    assert (row.id, row.revoked_on) == (revoked.pk, DAY)


def test_a_broker_with_anothers_mandate_is_told_apart_from_one_with_none() -> None:
    trader = EnterpriseFactory.create()
    others = MandateFactory.create()
    ended = MandateFactory.create(valid_until=date(2026, 2, 1))
    idle = EnterpriseFactory.create(broker=True)
    pairs = [(trader.pk, broker) for broker in (others.broker_id, ended.broker_id, idle.pk)]

    found = queries.mandates(pairs, DAY).answer()

    assert found.keys() == {pairs[0]}
    assert found[pairs[0]].other_principal


def test_principals_are_those_whose_mandate_runs() -> None:
    mandate = MandateFactory.create()
    MandateFactory.create(broker=mandate.broker, revoked=True)
    MandateFactory.create(broker=mandate.broker, valid_until=DAY)

    found = scopes.in_force([mandate.broker_id], DAY)

    assert found == ((mandate.pk, mandate.principal_id, False),)


def test_an_enterprise_is_found_by_its_credit_code() -> None:
    enterprise = EnterpriseFactory.create()

    assert queries.find(enterprise.scc) == enterprise.pk
    assert queries.find("unknown") is None


@pytest.fixture
def everyone() -> dict[str, Enterprise]:
    """Return a trader of 0128 with its broker of 0202, and a stranger of 0401."""
    mandate = MandateFactory.create(principal__name_zh="甲", broker__name_zh="乙")
    stranger = EnterpriseFactory.create(home_office="0401", name_zh="丙")
    MandateFactory.create(principal=stranger, broker__home_office="0402", broker__name_zh="丁")
    return {"trader": mandate.principal, "broker": mandate.broker, "stranger": stranger}


def looking(everyone: dict[str, Enterprise], who: str) -> Actor:
    trader, broker = everyone["trader"].pk, everyone["broker"].pk
    return {
        "trader": Actor("t", "", own_ids=frozenset({trader}), enterprise_ids=frozenset({trader})),
        "broker": Actor(
            "b", "", own_ids=frozenset({broker}), enterprise_ids=frozenset({broker, trader})
        ),
        "officer at 0128": Actor("o", "", offices=frozenset({"0128"})),
        "officer at 0401": Actor("p", "", offices=frozenset({"0401"})),
        "gate": Actor("g", "", sites=frozenset({"0202-01"})),
    }[who]


@pytest.mark.parametrize(
    ("who", "enterprises", "mandates", "classes"),
    [
        ("trader", {"trader"}, 1, {"trader"}),
        ("broker", {"trader", "broker"}, 1, set()),
        ("officer at 0128", {"trader"}, 1, {"trader"}),
        ("officer at 0401", {"stranger"}, 1, {"stranger"}),
        ("gate", set(), 0, set()),
    ],
)
def test_everybody_sees_what_is_his(
    everyone: dict[str, Enterprise],
    who: str,
    enterprises: set[str],
    mandates: int,
    classes: set[str],
) -> None:
    for name in ("trader", "stranger"):
        CreditRecordFactory.create(enterprise=everyone[name])
    viewer = looking(everyone, who)
    ids = {everyone[name].pk for name in enterprises}

    assert {row.id for row in queries.page(viewer=viewer, day=DAY)} == ids
    assert {
        one.pk
        for one in everyone.values()
        if queries.get(one.pk, viewer=viewer, day=DAY) is not None
    } == ids
    assert len(queries.mandates_of(viewer=viewer)) == mandates
    assert {
        name for name, one in everyone.items() if queries.classes_of(one.pk, viewer=viewer)
    } == classes


def test_lists_go_page_by_page() -> None:
    mandates = [MandateFactory.create(valid_until=DAY + timedelta(days=n)) for n in (1, 1, 2)]
    viewer = Actor("o", "", offices=frozenset({"0128"}))

    first = queries.mandates_of(viewer=viewer, limit=2)
    last = first[-1]
    second = queries.mandates_of(viewer=viewer, after=(last.valid_until, last.id))
    named = queries.page(viewer=viewer, day=DAY, limit=2)
    more = queries.page(viewer=viewer, day=DAY, after=(named[-1].name_zh, named[-1].id))

    assert [row.id for row in (*first, *second)] == [one.pk for one in (mandates[2], *mandates[:2])]
    assert first[0].principal == mandates[2].principal.name_zh
    assert len({row.id for row in (*named, *more)}) == 3


def test_the_house_itself_sees_every_enterprise(everyone: dict[str, Enterprise]) -> None:
    names = [row.name_zh for row in queries.page(viewer=SYSTEM, day=DAY)]

    assert sorted(names) == sorted(["甲", "乙", "丙", "丁"])
    assert queries.get(everyone["stranger"].pk, viewer=SYSTEM, day=DAY) is not None


def test_enterprises_are_searched_by_code_and_name() -> None:
    wanted = EnterpriseFactory.create(name_zh="北京示例精密机械", name_en="Precision Works")
    EnterpriseFactory.create()
    viewer = Actor("o", "", offices=frozenset({"0128"}))

    for search in (wanted.scc[:17], wanted.customs_code, "精密", "precision"):
        assert [row.id for row in queries.page(viewer=viewer, day=DAY, search=search or "-")] == [
            wanted.pk
        ]


def test_brokers_are_found_by_everybody_unless_suspended() -> None:
    broker = EnterpriseFactory.create(broker=True)
    EnterpriseFactory.create(broker=True, suspended_from=DAY)
    EnterpriseFactory.create()

    [found] = queries.brokers("", day=DAY)

    assert (found.id, found.home_office) == (broker.pk, "0202")
    assert len(queries.brokers("", day=DAY - timedelta(days=1))) == 2


def test_enterprises_by_id_come_by_name() -> None:
    second = EnterpriseFactory.create(name_zh="乙")
    first = EnterpriseFactory.create(name_zh="丁")

    rows = queries.enterprises({second.pk, first.pk}, DAY)

    assert [row.name_zh for row in rows] == sorted(["乙", "丁"])
    assert Role.TRADER.label == rows[0].kind.label
