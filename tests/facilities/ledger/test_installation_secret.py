"""The database tells a node whose secret is another one, without telling anything of the secret."""

import json
from datetime import UTC, datetime

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import override_settings

from tests.facilities.accounts.factories import PersonFactory
from tongguan.facilities.accounts.credentials import note_factor
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.second_factors import reseal_factors
from tongguan.facilities.accounts.values import Actor, Role
from tongguan.facilities.ledger.installation_secret import (
    ensure_secret,
    require_own_secret,
    secret_faults,
)
from tongguan.facilities.ledger.models import SecretFingerprint
from tongguan.facilities.ledger.queries import entries
from tongguan.facilities.ledger.values import HOUSE
from tongguan.kernel.problems import ProblemError
from tongguan.processes.reconciliation import reconcile
from tongguan.processes.signing_keys import replace_secret

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ADMINISTRATOR = Actor("li.guan", "li.guan", 1, frozenset({Role.ADMINISTRATOR}))
OLD, NEW, THIRD = (f"{word} secret of fifty characters or more, as demanded" for word in "abc")


def node(secret: str, before: str = "") -> override_settings:
    return override_settings(SECRET_KEY=secret, SECRET_KEY_FALLBACKS=[before] if before else [])


def served(secret: str, before: str = "") -> bool:
    with node(secret, before):
        told = [fault.problem.code for fault in secret_faults()]
        if told:
            with pytest.raises(ProblemError, match=r"^LED-015$"):
                ensure_secret(now=NOW)
        else:
            ensure_secret(now=NOW)
    assert told in ([], ["LED-015"])
    return not told


def owner(secret: str) -> bool:
    with node(secret):
        try:
            require_own_secret()
        except ProblemError:
            return False
        return True


def test_the_first_node_decides_and_one_with_another_secret_is_refused() -> None:
    assert owner(NEW)  # none is in use yet
    assert served(OLD)
    assert served(OLD)
    assert not served(NEW)
    assert not served(NEW, before=THIRD)
    assert owner(OLD)
    assert not owner(NEW)


def test_a_change_goes_from_node_to_node_and_the_former_secret_does_not_come_back() -> None:
    assert served(OLD)
    assert served(OLD, before=NEW)  # every node learns the new one first
    assert owner(OLD)

    assert served(NEW, before=OLD)  # the first node that has it
    assert served(OLD, before=NEW)  # another one is started again meanwhile
    assert owner(NEW)
    assert not served(OLD)
    assert served(NEW)
    assert served(THIRD, before=NEW)
    assert not served(NEW)


def test_the_fingerprint_of_one_secret_is_another_one_in_each_installation() -> None:
    found = []
    for _installation in range(2):
        SecretFingerprint.objects.all().delete()
        assert served(OLD)
        [row] = SecretFingerprint.objects.all()
        found.append((bytes(row.salt), row.fingerprint))

    assert len(set(found)) == 2
    assert len({salt for salt, _fingerprint in found}) == 2
    assert all(len(salt) == 16 and len(bytes.fromhex(made)) == 32 for salt, made in found)


def resealed() -> tuple[int, int]:
    return reseal_factors(by=ADMINISTRATOR, now=NOW)


def unsealed() -> set[str]:
    """Return the second factors that are not as the acts in the ledger say, by row."""
    return {one.key for one in reconcile().listed if one.table == "mfa_authenticator"}


def with_factors() -> tuple[Person, str]:
    person = PersonFactory.create(username="wang.fang")
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    for factor in Authenticator.objects.filter(user=person):
        note_factor(factor, added=True, by=ADMINISTRATOR, now=NOW)
    return person, secret


def opened(person: Person) -> tuple[str, list[str]]:
    factors = {one.type: one for one in Authenticator.objects.filter(user=person)}
    codes = RecoveryCodes(factors[Authenticator.Type.RECOVERY_CODES]).get_unused_codes()
    return get_adapter().decrypt(factors[Authenticator.Type.TOTP].data["secret"]), codes


def test_second_factors_are_opened_by_the_former_secret_until_they_are_sealed_anew() -> None:
    with node(OLD):
        person, secret = with_factors()
        before = opened(person)
    assert before[0] == secret

    with node(NEW, before=OLD):
        assert opened(person) == before
        assert resealed() == (2, 0)
    assert unsealed() == set()
    with node(NEW):
        assert opened(person) == before
    with node(OLD):  # no code fits what this node reads, and none can be computed
        lost = opened(person)
        assert lost[0] not in {secret, opened(person)[0]}
        assert not set(lost[1]) & set(before[1])
    with node(THIRD):
        assert resealed() == (0, 2)
    with node(NEW):
        assert opened(person) == before


def test_a_lost_secret_is_replaced_by_an_administrator_and_takes_its_second_factors_along() -> None:
    assert served(OLD)
    with node(OLD):
        with_factors()
        with pytest.raises(ProblemError, match="LED-016"):
            replace_secret(reason="none is lost", by=ADMINISTRATOR, now=NOW)
    with node(NEW):
        with pytest.raises(ProblemError, match="LED-014"):
            replace_secret(reason=" ", by=ADMINISTRATOR, now=NOW)
        with pytest.raises(ProblemError, match="ACC-001"):
            replace_secret(reason="lost", by=Actor("x", "x", 2), now=NOW)
        assert Authenticator.objects.count() == 2

        assert replace_secret(reason="the vault burnt", by=ADMINISTRATOR, now=NOW) == 2

    assert not Authenticator.objects.exists()
    assert unsealed() == set()
    assert served(NEW)
    assert not served(OLD)
    last = entries(HOUSE)[-1]
    assert (last.kind, last.facts["reason"]) == ("SECRET_REPLACED", "the vault burnt")
    assert NEW not in json.dumps(last.facts)
