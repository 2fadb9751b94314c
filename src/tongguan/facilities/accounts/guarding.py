"""How many wrong passwords are heard, for whom and from where.

Nobody can shut another out: wrong tries are counted for an account *and* the address they come
from. Many addresses that try one account together reach a slower limit of the account; then only
those are heard who come from where the person signed in before, or who have a second factor, which
a guessed password does not replace. A browser that somebody signed in with counts by itself, so
that not even wrong tries from the same address (of the same office) shut its owner out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Final, Self

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from tongguan.facilities.accounts import tries
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.tries import Limit

AT_ADDRESS: Final = Limit(most=10, seconds=60)
"""Wrong tries from one address, whatever accounts they name."""
AT_ACCOUNT: Final = Limit(most=5, seconds=300)
"""Wrong tries at one account from one address."""
OF_BROWSER: Final = Limit(most=10, seconds=900)
"""Wrong tries at one account with a browser in which its owner signed in before."""
OF_ACCOUNT: Final = Limit(most=30, seconds=3600)
"""Wrong tries at one account from everywhere, from where its owner never signed in."""
KNOWN_FOR: Final = timedelta(days=60)
BROWSER_COOKIE: Final = "tongguan_browser"
_MOST_PEOPLE: Final = 8
"""So many people are known in one browser; who signed in first is forgotten first."""
_SIGNER: Final = "tongguan browser"


@dataclass(frozen=True, slots=True)
class Try:
    """A try to sign in.

    Attributes:
        account: what the keys of counts at this account begin with.
        person_id: whose account it is, or None where there is none.
        address: where it comes from.
        username: the name of that account, or nothing.
        browser: the browser, where the person signed in with it before.
    """

    account: str
    person_id: int | None
    username: str
    address: str
    browser: str

    @classmethod
    def of(cls, request: HttpRequest, credentials: Mapping[str, Any]) -> Self:
        """Return the try that a request makes."""
        name = typed(credentials)
        person = named(name)
        browser, people = _browser(request)
        known = person is not None and person.pk in people
        return cls(
            account=tries.of_account(person.pk) if person else f"sign-in:u{tries.subject(name)}:",
            person_id=person.pk if person else None,
            username=person.username if person else "",
            address=address_of(request),
            browser=browser if known else "",
        )

    def count(self, now: datetime) -> int:
        """Count it; return for how many seconds no password is looked at, 0 if it is heard now."""
        # What the limit of one account refuses does not use up that of all at the address.
        for key, limit in self._near().items():
            if wait := tries.count([(key, limit)], now=now):
                return wait
        if self.browser:
            return 0
        wait = tries.count([(self.account, OF_ACCOUNT)], now=now)
        return 0 if not wait or self._is_trusted(now) else wait

    def take_back(self) -> None:
        """Take it back, for the password was right."""
        tries.take_back([*self._near(), *([] if self.browser else [self.account])])

    def _near(self) -> dict[str, Limit]:
        if self.browser:
            return {f"{self.account}browser:{self.browser}": OF_BROWSER}
        return {
            f"{self.account}at:{self.address}": AT_ACCOUNT,
            f"sign-in::{self.address}": AT_ADDRESS,
        }

    def _is_trusted(self, now: datetime) -> bool:
        known = tries.is_remembered(f"known:{self.person_id}:{self.address}", now=now)
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return (
            known or Authenticator.objects.filter(user_id=self.person_id, type__in=kinds).exists()
        )


def typed(credentials: Mapping[str, Any]) -> str:
    """Return what somebody typed as the name of an account, or as an address."""
    return str(credentials.get("username") or credentials.get("email") or "").strip().lower()


def named(name: str) -> Person | None:
    """Return the person of an account name or an address. One statement."""
    if "\0" in name:
        return None
    whose = Q(username=name) | Q(email=name) if name else Q(pk=None)
    return Person.objects.filter(whose).first()


def address_of(request: HttpRequest) -> str:
    """Return what the address of a request is counted as."""
    return tries.network(get_adapter().get_client_ip(request))


def browser_of(request: HttpRequest, person_id: int) -> str:
    """Return the browser of a request where the person signed in with it before, else nothing."""
    browser, people = _browser(request)
    return browser if person_id in people else ""


def remember(request: HttpRequest, answer: HttpResponse, person_id: int, *, now: datetime) -> None:
    """Keep that a person signed in with this browser and from this address."""
    tries.remember(f"known:{person_id}:{address_of(request)}", until=now + KNOWN_FOR)
    browser, people = _browser(request)
    people = [*(one for one in people if one != person_id), person_id][-_MOST_PEOPLE:]
    said = f"{browser or token_urlsafe(12)} {' '.join(map(str, people))}"
    answer.set_cookie(
        BROWSER_COOKIE,
        TimestampSigner(salt=_SIGNER).sign(said),
        max_age=KNOWN_FOR,
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forgive(request: HttpRequest, person_id: int, *, now: datetime) -> None:
    """Forget the wrong tries at an account whose owner has just chosen another password."""
    tries.forget(tries.of_account(person_id), now=now)
    tries.remember(f"known:{person_id}:{address_of(request)}", until=now + KNOWN_FOR)


def _browser(request: HttpRequest) -> tuple[str, list[int]]:
    """Return the browser of a request, and who signed in with it before."""
    try:
        said = TimestampSigner(salt=_SIGNER).unsign(
            request.COOKIES.get(BROWSER_COOKIE, ""), max_age=KNOWN_FOR
        )
    except BadSignature:
        return "", []
    browser, *people = said.split()
    return browser, [int(one) for one in people]
