"""A record is signed by each under his own sign-in, over what it says; then it stands."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.domain.holding import KEEPER, NOW, acts, named, refusal
from tests.domain.inspection.examining import PEOPLE, SOUND, Examination, admit, examination
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.inspection import problems, signing
from tongguan.domain.inspection.models import SigningCode
from tongguan.domain.inspection.queries import records_of
from tongguan.domain.inspection.values import How, Part, Seen
from tongguan.facilities.accounts.values import SYSTEM, Actor, Role
from tongguan.facilities.ledger.queries import entries
from tongguan.kernel.problems import ProblemError

AN, BO, CAI = (PEOPLE[name] for name in ("an", "bo", "cai"))


@pytest.fixture
def one(db: None) -> Examination:
    """Return an examination at 0202 that An and Bo have begun before Li Si."""
    admit()
    found = examination()
    found.begin()
    return found


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(ProblemError) as error:
        act()
    return [fault.problem.code for fault in error.value.faults]


def test_goods_as_declared_are_released_when_all_three_have_signed(one: Examination) -> None:
    one.prepare(Seen(result="as declared", seals_after="S2", packages_opened=4, quantity="42 CTN"))

    assert not one.sign(AN)
    assert not one.sign(BO)
    assert state_of(one.id) is State.ACCEPTED
    assert one.sign(one.enterprise)

    assert state_of(one.id) is State.RELEASED
    [record] = records_of(one.id)
    assert set(record.signed.officers) == {"an", "bo"}
    assert (record.signed.quantity, record.signed.packages_opened) == ("42 CTN", 4)
    assert (record.signed.witness, record.signed.seals_before) == ("Li Si", "S1")
    assert [(row.part, row.by, row.how) for row in record.signatures] == [
        (Part.OFFICER, "an", How.SIGN_IN),
        (Part.OFFICER, "bo", How.SIGN_IN),
        (Part.ATTENDING, "trader", How.SIGN_IN),
    ]
    assert acts(one.id)[-7:] == [
        "RECORD_PREPARED",
        "RECORD_SIGNED",
        "RECORD_SIGNED",
        "RECORD_SIGNED",
        "INSPECTION_RECORDED",
        "HOLD_DISCHARGED",
        "RELEASED",
    ]
    signed = [entry for entry in entries(one.id) if entry.kind == "RECORD_SIGNED"]
    assert [entry.by for entry in signed] == ["an", "bo", "trader"]
    assert {entry.facts["sha256"] for entry in signed} == {record.sha256}


def test_the_order_of_signing_does_not_matter(one: Examination) -> None:
    one.prepare()

    assert not one.sign(one.enterprise)
    assert not one.sign(BO)
    assert one.sign(AN)


def test_who_is_missing_is_shown(one: Examination) -> None:
    one.prepare()
    assert set(one.made().missing) == {
        (Part.OFFICER, "an"),
        (Part.OFFICER, "bo"),
        (Part.ATTENDING, ""),
    }

    one.sign(AN)

    assert set(one.made().missing) == {(Part.OFFICER, "bo"), (Part.ATTENDING, "")}


def test_nobody_signs_twice_or_in_two_parts(one: Examination) -> None:
    both = Actor(
        "an",
        "An",
        AN.person_id,
        AN.roles | one.enterprise.roles,
        one.enterprise.enterprise_ids,
        AN.offices,
    )
    one.prepare()
    one.sign(AN)

    assert refused(lambda: one.sign(AN)) == ["INS-026"]
    assert refused(lambda: one.sign(both)) == ["INS-026"]
    assert len(one.made().signatures) == 1


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (CAI, "INS-021"),
        (Actor("client:an", "An", roles=AN.roles, offices=AN.offices), "ACC-014"),
        (SYSTEM, "ACC-014"),
        (Actor("stranger", "", 5, frozenset({Role.TRADER})), "CLR-001"),
        (Actor("desk", "", 6, frozenset({Role.REVIEWER}), offices=AN.offices), "ACC-001"),
        (KEEPER, "INS-027"),
    ],
)
def test_nobody_else_signs(one: Examination, by: Actor, code: str) -> None:
    one.prepare()

    assert refused(lambda: one.sign(by)) == [code]
    assert one.made().signatures == ()


def test_software_of_the_enterprise_does_not_sign(one: Examination) -> None:
    one.prepare()
    firm = one.enterprise.enterprise_ids
    program = Actor("client:erp", "", roles=one.enterprise.roles, enterprise_ids=firm, own_ids=firm)

    assert refused(lambda: one.sign(program)) == ["ACC-014"]


def test_a_record_that_is_changed_is_signed_anew_by_all(one: Examination) -> None:
    before = one.prepare()
    one.sign(AN)
    one.sign(one.enterprise)

    after = one.prepare(Seen(result="two packages short", finding="MARKS"), by=BO)

    assert after != before
    assert one.made().signatures == ()
    assert refused(lambda: one.sign(BO, before)) == ["INS-017"]
    for by in (AN, BO, one.enterprise):
        one.sign(by)
    [record] = records_of(one.id)
    assert record.signed.finding == "MARKS"
    assert len(record.signatures) == 3


def test_after_all_have_signed_there_are_supplements_and_nothing_else(one: Examination) -> None:
    one.prepare()
    for by in (AN, BO, one.enterprise):
        one.sign(by)

    assert refused(lambda: one.prepare(Seen(result="otherwise"))) == ["CLR-002"]
    assert refused(lambda: signing.supplement(words="x", **one.act(CAI))) == ["INS-021"]
    assert refused(lambda: signing.supplement(words=" ", **one.act(AN))) == ["INS-036"]
    signing.supplement(words="photos 1 to 4 are of line 2", **one.act(AN))

    [record] = records_of(one.id)
    assert record.signed.result == SOUND.result
    assert [(row.words, row.by) for row in record.supplements] == [
        ("photos 1 to 4 are of line 2", "an")
    ]


def test_nothing_is_added_to_a_record_that_does_not_stand_yet(one: Examination) -> None:
    one.prepare()

    assert refused(lambda: signing.supplement(words="x", **one.act(AN))) == ["INS-035"]


def test_a_finding_goes_on_as_a_case_of_the_two_who_found_it(one: Examination) -> None:
    one.prepare(Seen(result="three packages short", finding="QUANTITY", packages_found=39))
    for by in (AN, BO, one.enterprise):
        one.sign(by)

    [case] = [row for row in holds_of(one.id) if row.ended_at is None]
    assert (case.kind, case.facts) == (HoldKind.CASE, {"finding": "three packages short"})
    assert set(case.opened_by) == {"an", "bo"}


def test_what_a_record_lacks_is_told_all_at_once(one: Examination) -> None:
    with pytest.raises(ProblemError) as error:
        one.prepare(Seen(result=" ", finding="RAIN"))

    assert refusal(error) == [
        (problems.NO_RESULT, "#/result"),
        (problems.FINDING_UNKNOWN, "#/finding"),
    ]


def test_goods_weighed_beyond_the_tolerance_are_not_as_declared(one: Examination) -> None:
    told = refused(lambda: one.prepare(Seen(result="ok", mass_found_kg=Decimal(1))))

    assert told == ["INS-032"]


def test_the_attending_person_signs_with_the_code_of_his_enterprise_once(
    one: Examination,
) -> None:
    one.prepare()
    code = one.code()

    assert not one.sign_by(f" {code.lower().replace('-', ' ')} ")

    [row] = one.made().signatures
    assert (row.part, row.by, row.name, row.how) == (Part.ATTENDING, "trader", "Li Si", How.CODE)
    assert refused(lambda: one.sign_by(code)) == ["INS-027"]
    one.sign(AN)
    assert one.sign(BO)
    assert state_of(one.id) is State.RELEASED


def test_of_a_code_only_a_hash_is_kept(one: Examination) -> None:
    one.prepare()
    code = one.code()

    kept = SigningCode.objects.get()

    bare = code.replace("-", "")
    assert len(bytes(kept.sealed)) == 32
    for stored in (bytes(kept.sealed), bytes(kept.salt), kept.sha256.encode()):
        assert bare.encode() not in stored
    assert all(
        bare not in str(entry.facts) and code not in str(entry.facts) for entry in entries(one.id)
    )


def test_a_wrong_code_costs_a_try_though_it_is_refused_and_the_last_ends_the_code(
    one: Examination,
) -> None:
    one.prepare()
    code = one.code()

    for left in (4, 3, 2, 1, 0):
        with pytest.raises(ProblemError) as error:
            one.sign_by("AAAA-AAAA")
        assert refusal(error) == [(problems.CODE_WRONG, "#/code")]
        assert error.value.faults[0].facts == {"left": left}
    assert refused(lambda: one.sign_by(code)) == ["INS-019"]
    assert acts(one.id).count("SIGNING_CODE_WRONG") == 5
    assert not one.sign_by(one.code())


def test_a_code_ends_with_its_time(one: Examination) -> None:
    one.prepare()
    code = one.code()

    late = NOW + timedelta(minutes=120)
    assert refused(lambda: one.sign_by(code, now=late)) == ["INS-019"]
    assert not one.sign_by(code, now=late - timedelta(seconds=1))


def test_a_code_signs_only_the_record_it_was_given_for(one: Examination) -> None:
    one.prepare()
    code = one.code()

    one.prepare(Seen(result="otherwise", finding="MARKS"))

    assert refused(lambda: one.sign_by(code)) == ["INS-019"]


def test_a_new_code_ends_the_one_before(one: Examination) -> None:
    one.prepare()
    first, second = one.code(), one.code()

    assert refused(lambda: one.sign_by(first)) == ["INS-018"]
    assert not one.sign_by(second)


def test_a_code_is_given_to_the_enterprise_alone_and_taken_by_the_officers_who_hold_it(
    one: Examination,
) -> None:
    stranger = Actor("stranger", "", 5, one.enterprise.roles)
    assert refused(lambda: signing.give_code(**one.act(one.enterprise))) == ["INS-016"]
    one.prepare()

    assert refused(lambda: signing.give_code(**one.act(stranger))) == ["CLR-001"]
    assert refused(lambda: signing.give_code(**one.act(AN))) == ["ACC-001"]
    code = one.code()
    assert refused(lambda: one.sign_by(code, by=CAI)) == ["INS-021"]
    assert refused(lambda: one.sign_by(code, by=one.enterprise)) == ["ACC-001"]
    assert refused(lambda: one.sign_by(code, by=named(AN, "client:an"))) == ["INS-021"]
    one.sign(one.enterprise)
    assert refused(lambda: signing.give_code(**one.act(one.enterprise))) == ["INS-027"]


def test_software_of_the_enterprise_is_given_no_code(one: Examination) -> None:
    one.prepare()
    firm = one.enterprise.enterprise_ids
    program = Actor("client:erp", "", roles=one.enterprise.roles, enterprise_ids=firm, own_ids=firm)

    assert refused(lambda: signing.give_code(**one.act(program))) == ["ACC-014"]
    assert not SigningCode.objects.exists()
