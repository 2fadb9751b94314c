"""How many wrong codes of second factors are heard, for whom and from where.

Who knows only the password shuts nobody out: codes are counted for an account *and* the address or
browser they come from, as wrong passwords are (`guarding`). Many addresses that try one account
together reach a slower limit of the account, which does not hold where its owner signed in before.
What a security key says cannot be guessed, and is not counted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.http import HttpRequest

from tongguan.facilities.accounts import guarding, tries
from tongguan.facilities.accounts.tries import Limit


@dataclass(frozen=True, slots=True)
class CodeTry:
    """A try to pass the second factor with a code, of an app or kept for recovery.

    Attributes:
        person_id: whose account it is.
        address: where it comes from.
        browser: the browser, where the person signed in with it before.
    """

    person_id: int
    address: str
    browser: str

    @classmethod
    def of(cls, request: HttpRequest, person_id: int) -> Self:
        """Return the try that a request makes, after the right password."""
        address = guarding.address_of(request)
        return cls(person_id, address, guarding.browser_of(request, person_id))

    def count(self, now: datetime) -> int:
        """Count it; return for how many seconds no code is looked at, 0 if it is heard now."""
        wait = tries.count([self._near()], now=now)
        if wait or self.browser:
            return wait
        wait = tries.count([(self._account, guarding.OF_ACCOUNT)], now=now)
        known = f"known:{self.person_id}:{self.address}"
        return 0 if not wait or tries.is_remembered(known, now=now) else wait

    def take_back(self) -> None:
        """Take it back, for the code was right."""
        near, _limit = self._near()
        tries.take_back([near, *([] if self.browser else [self._account])])

    @property
    def _account(self) -> str:
        return f"{tries.of_account(self.person_id)}code:"

    def _near(self) -> tuple[str, Limit]:
        if self.browser:
            return f"{self._account}browser:{self.browser}", guarding.OF_BROWSER
        return f"{self._account}at:{self.address}", guarding.AT_ACCOUNT
