"""A product that runs, and those who use it over HTTP: software with tokens, people who sign in."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from tests.journeys.region import PASSWORD
from tests.patience import PATIENCE_SECONDS


class User:
    """Somebody who calls the API of a product over HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._headers: dict[str, str] = {}

    def post(
        self, path: str, body: bytes | dict[str, Any], *, wants: int = 200, kind: str = "json"
    ) -> Any:
        """Post to the API and return what it says."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        status, said = self.ask(f"/api/v1{path}", data, f"application/{kind}")
        assert status == wants, (path, status, said)
        return json.loads(said)

    def get(self, path: str) -> Any:
        """Get from the API."""
        status, said = self.ask(f"/api/v1{path}")
        assert status == 200, (path, status, said)
        return json.loads(said)

    @property
    def authorization(self) -> str:
        """What the user's calls say of who calls."""
        return self._headers["Authorization"]

    def ask(self, path: str, data: bytes | None = None, kind: str = "") -> tuple[int, str]:
        """Send a request and return status and text, whatever is answered."""
        headers = {
            **self._headers,
            "Accept-Language": "en",
            **({"Content-Type": kind} if kind else {}),
        }
        try:
            answer: HTTPResponse = self._opener.open(Request(self.address + path, data, headers))
        except HTTPError as refused:
            return refused.code, refused.read().decode()
        with answer:
            return answer.status, answer.read().decode()


class Software(User):
    """Software of one user, signed in with client credentials."""

    def __init__(self, address: str, client_id: str, secret: str) -> None:
        super().__init__(address)
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        status, said = self.ask("/oauth/token", urlencode(form).encode())
        assert status == 200, said
        self._headers = {"Authorization": f"Bearer {json.loads(said)['access_token']}"}


class Person(User):
    """Somebody who signed in by the page, as a browser does."""

    def __init__(self, address: str, username: str) -> None:
        super().__init__(address)
        jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(jar))
        self.ask("/accounts/login/")
        form = {
            "login": username,
            "password": PASSWORD,
            "csrfmiddlewaretoken": _csrf(jar),
        }
        status, said = self.ask("/accounts/login/", urlencode(form).encode())
        assert status == 200, said
        self._headers = {"X-CSRFToken": _csrf(jar)}

    def choose_password(self, own: str) -> None:
        """Replace the password that an administrator gave, as each must before anything else."""
        form = {"oldpassword": PASSWORD, "password1": own, "password2": own}
        assert self.ask("/accounts/password/change/", urlencode(form).encode())[0] == 200


def _csrf(jar: CookieJar) -> str:
    return next(str(one.value) for one in jar if one.name == "csrftoken")


@dataclass(frozen=True, eq=False)
class Product:
    """A product that serves, the credentials of its users, and what its processes are told."""

    address: str
    clients: dict[str, list[str]]
    environment: dict[str, str]

    @cache  # noqa: B019 - one product a run
    def software(self, name: str) -> Software:
        """Return the software of a user; it signs in once."""
        return Software(self.address, *self.clients[name])

    @cache  # noqa: B019
    def person(self, username: str) -> Person:
        """Return somebody who signed in."""
        return Person(self.address, username)


def eventually(holds: Callable[[], bool]) -> float:
    """Wait until something holds; return the seconds it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < PATIENCE_SECONDS
        time.sleep(0.02)
    return time.monotonic() - began
