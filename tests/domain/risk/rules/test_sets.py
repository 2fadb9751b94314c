"""Hashes of criteria and of sets: of the content, whatever the order."""

from hashlib import sha256

from msgspec import json, structs

from tests.domain.risk.examples import profile, share, when
from tongguan.domain.risk.criteria import Profile
from tongguan.domain.risk.rules.sets import canonical, set_commitment, set_line, set_version

ONE = profile(when("line.origin", "is", "FRA"))
OTHER = share("sample", "0.03", credit="general")


def test_a_criterion_is_hashed_as_json_by_name_and_reads_back() -> None:
    text = canonical(ONE)

    assert text.startswith('{"conditions":[["line.origin","is",["FRA"]]],"district":""')
    assert json.decode(text, type=Profile) == ONE
    assert set_line(ONE) == f"profile 1 1 {sha256(text.encode()).hexdigest()}"


def test_a_set_has_the_same_hash_in_any_order_and_another_with_any_other_wording() -> None:
    lines = [set_line(ONE), set_line(OTHER)]

    assert set_version(lines) == set_version(reversed(lines))
    assert set_version(lines) != set_version([set_line(structs.replace(ONE, version=2)), lines[1]])
    assert set_version(lines) == sha256("\n".join(sorted(lines)).encode()).hexdigest()


def test_the_commitment_to_a_set_cannot_be_guessed_without_its_salt() -> None:
    version = set_version([set_line(ONE)])

    assert set_commitment(b"1", version) != set_commitment(b"2", version)
    assert set_commitment(b"1", version) == sha256(b"1" + version.encode()).hexdigest()
