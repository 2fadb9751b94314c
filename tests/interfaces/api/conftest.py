"""Callers of the API: software of each party of the scene."""

import json
from typing import Any, Final

import pytest
from django.test import Client

from tests.interfaces.scene import Scene, play
from tongguan.facilities.accounts.commands import register_client
from tongguan.facilities.accounts.values import SYSTEM, NewPosting
from tongguan.kernel.time import utc_now

ROOT: Final = "/api/v1"
JSON: Final = "application/json"


class Caller:
    """Software that calls with a bearer token."""

    def __init__(self, name: str, *postings: NewPosting) -> None:
        """Register it, and let it sign in with its credentials."""
        id_, secret = register_client(
            name=f"software-{name}", label=name, postings=postings, by=SYSTEM, now=utc_now()
        )
        self._client = Client()
        form = {"grant_type": "client_credentials", "client_id": id_, "client_secret": secret}
        token = self._client.post("/oauth/token", form).json()["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, body: Any = b"", **headers: str) -> Any:
        """Call the API with bytes, or plain data as JSON; return the answer as it is."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.generic(
            method, ROOT + path, data, JSON, headers={**self._headers, **named}
        )

    def get(self, path: str, **headers: str) -> Any:
        """Get what there is."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = b"", **headers: str) -> Any:
        """Post bytes, or plain data as JSON."""
        return self.call("POST", path, body, **headers)


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """Return two sides that know nothing of one another."""
    return play()


class Callers(dict[str, Caller]):
    """Software of everybody of the scene, with the postings of its people, made when named."""

    def __init__(self, scene: Scene) -> None:
        """Take the scene."""
        super().__init__()
        self._postings = scene.postings

    def __missing__(self, name: str) -> Caller:
        """Register it."""
        self[name] = Caller(name, self._postings[name])
        return self[name]


@pytest.fixture
def callers(scene: Scene) -> Callers:
    """Return the software of the scene."""
    return Callers(scene)
