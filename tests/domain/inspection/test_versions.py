"""Every version of a record stays readable, and only what was said of the last one counts."""

from functools import partial
from typing import Any

import pytest

from tests.domain.holding import KEEPER, acts
from tests.domain.inspection.examining import PEOPLE, SOUND, Examination, admit, examination
from tests.domain.inspection.test_signing import refused
from tongguan.domain.clearance.lifecycle import HoldKind, State
from tongguan.domain.clearance.queries import holds_of, state_of
from tongguan.domain.inspection import attendance
from tongguan.domain.inspection.queries import record_versions, records_of
from tongguan.domain.inspection.values import Part, Seen

AN, BO = PEOPLE["an"], PEOPLE["bo"]
SHORT = Seen(result="three packages short", finding="QUANTITY", packages_found=39)


@pytest.fixture
def one(db: None) -> Examination:
    """Return an examination at 0202 that An and Bo have begun before Li Si."""
    admit()
    found = examination()
    found.begin()
    return found


def refuse(one: Examination, words: str = "that is not so") -> None:
    attendance.note_refusal(words=words, **one.act(AN))


def test_who_refuses_one_version_is_asked_to_sign_the_next(one: Examination) -> None:
    one.prepare(SHORT)
    refuse(one)
    assert (Part.KEEPER, "") in one.made().missing

    one.prepare(Seen(result="all is there"), by=BO)

    assert one.made().signed.refused == ""
    assert (Part.ATTENDING, "") in one.made().missing
    assert not one.sign_by(one.code())
    one.sign(AN)
    assert one.sign(BO)
    [record] = records_of(one.id)
    assert record.signed.refused == ""


def test_the_same_content_again_leaves_refusal_signatures_and_code_in_force(
    one: Examination,
) -> None:
    one.prepare()
    one.sign(AN)
    code = one.code()

    one.prepare(by=BO)

    assert [row.by for row in one.made().signatures] == ["an"]
    assert not one.sign_by(code)
    assert len(record_versions(one.id)) == 1


def test_who_has_signed_a_version_is_not_noted_as_refusing_it(one: Examination) -> None:
    one.prepare()
    one.sign(one.enterprise)

    assert refused(lambda: refuse(one)) == ["INS-027"]
    assert "SIGNATURE_REFUSED" not in acts(one.id)


def test_an_earlier_content_that_comes_back_is_signed_anew(one: Examination) -> None:
    first = one.prepare()
    for by in (AN, one.enterprise):
        one.sign(by)
    one.prepare(Seen(result="otherwise"))

    again = one.prepare()

    assert again != first
    assert one.made().signatures == ()
    assert len(one.made().missing) == 3


def test_a_signed_finding_is_changed_on_a_ground_alone(one: Examination) -> None:
    one.prepare(SHORT)
    one.sign(AN)

    for seen in (SOUND, otherwise(packages_found=41), otherwise(finding="MARKS")):
        assert refused(partial(one.prepare, seen, by=BO)) == ["INS-037"]
        assert refused(partial(one.prepare, seen, by=BO, why=" ")) == ["INS-037"]
    one.prepare(otherwise(result="three cartons short of 42"), by=BO)
    assert refused(lambda: one.prepare(by=BO)) == ["INS-037"]

    one.prepare(by=BO, why="the three cartons stood behind the door")

    assert one.made().signed.finding == ""
    assert record_versions(one.id)[-1].why == "the three cartons stood behind the door"


def otherwise(**changes: Any) -> Seen:
    told = {name: getattr(SHORT, name) for name in SHORT.__struct_fields__}
    return Seen(**(told | changes))


def test_a_finding_that_nobody_signed_is_corrected_without_a_ground(one: Examination) -> None:
    one.prepare(SHORT)
    one.prepare()
    one.sign(AN)

    one.prepare(SHORT, by=BO)

    assert one.made().signed.finding == "QUANTITY"


def test_every_version_stays_readable_with_who_wrote_and_signed_it(one: Examination) -> None:
    one.prepare(SHORT)
    one.sign(AN)
    one.prepare(by=BO, why="counted again")
    for by in (AN, BO, one.enterprise):
        one.sign(by)

    first, second = record_versions(one.id)

    assert (first.version, first.signed.finding, first.signed.packages_found) == (1, "QUANTITY", 39)
    assert (first.by, [row.by for row in first.signatures]) == ("an", ["an"])
    assert (second.version, second.signed.finding, second.why) == (2, "", "counted again")
    assert (second.by, [row.by for row in second.signatures]) == ("bo", ["an", "bo", "trader"])
    assert state_of(one.id) is State.RELEASED
    assert records_of(one.id)[0].sha256 == second.sha256


def test_nobody_who_wrote_or_signed_a_version_of_a_finding_decides_on_it(
    one: Examination,
) -> None:
    one.prepare(SHORT)
    one.sign(AN)
    one.mark("cai")
    one.replace("an")
    for by in (BO, PEOPLE["cai"], one.enterprise):
        one.sign(by)

    [case] = [row for row in holds_of(one.id) if row.kind is HoldKind.CASE]
    assert set(case.opened_by) == {"an", "bo", "cai"}


def test_a_replacement_of_officers_makes_the_record_be_signed_anew(one: Examination) -> None:
    one.prepare()
    one.sign(one.enterprise)
    refused_before = one.made().sha256
    one.mark("cai")
    one.replace("an")

    assert one.made().sha256 != refused_before
    assert one.made().signatures == ()


def test_the_keeper_signs_a_refused_version_and_not_the_next(one: Examination) -> None:
    one.prepare(SHORT)
    refuse(one)
    one.sign(KEEPER)

    one.prepare(otherwise(result="three short, line 1"))

    assert refused(lambda: one.sign(KEEPER)) == ["INS-027"]
