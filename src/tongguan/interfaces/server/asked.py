"""A request as it arrives: its head, who sends it, and what the product's WSGI handler wants."""

import re
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Any, Final, Protocol
from uuid import uuid4

from granian.rsgi import Scope

from tongguan.facilities.log import REQUEST_ID, masked

API: Final = ("/api/", "/oauth/")
_NAME: Final = re.compile(r"[a-z0-9-]+")
_OWN_NAMES: Final = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Exchange(Protocol):
    """What the server passes beside the head of a request: its body, and a way to answer."""

    async def __call__(self) -> bytes:
        """Return the whole body."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the body as it comes."""

    async def client_disconnect(self) -> None:
        """Return when the client has gone."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Answer, from any thread."""


@dataclass(frozen=True, eq=False)
class Asked:
    """The head of a request.

    Attributes:
        method: as it was sent.
        path: decoded, without the query.
        query: as it was sent.
        peer: address and port of the connection.
        server: address and port that were asked.
        version: of HTTP.
        scheme: http.
        headers: names in small letters, in order. One whose name has an underscore is left out:
            to the product it would be another's, as that which a proxy sets.
        behind_proxy: whether the last address that the proxy forwarded is the client's.
    """

    method: str
    path: str
    query: str
    peer: str
    server: str
    version: str
    scheme: str
    headers: list[tuple[str, str]] = field(repr=False)
    behind_proxy: bool

    @classmethod
    def of(cls, scope: Scope, *, behind_proxy: bool) -> "Asked":
        """Return the head of what the server passes."""
        return cls(
            method=scope.method,
            path=scope.path,
            query=scope.query_string,
            peer=scope.client,
            server=scope.server,
            version=scope.http_version,
            scheme=scope.scheme,
            headers=[pair for pair in scope.headers.items() if _NAME.fullmatch(pair[0])],
            behind_proxy=behind_proxy,
        )

    def header(self, name: str) -> str:
        """Return the values of a header, with commas between."""
        return ",".join(value for key, value in self.headers if key == name)

    @cached_property
    def address(self) -> str:
        """The client's address: what the one trusted proxy forwarded last, else the peer's."""
        if self.behind_proxy:
            forwarded = self.header("x-forwarded-for").rpartition(",")[2].strip()
            if forwarded:
                return forwarded[:64]
        return self.peer.rpartition(":")[0].strip("[]")

    @cached_property
    def request_id(self) -> str:
        """The caller's id of the request where it is a plain word, else one of our own."""
        given = self.header("x-request-id")
        return given if REQUEST_ID.fullmatch(given) else uuid4().hex

    @cached_property
    def is_chunked(self) -> bool:
        """Whether the body comes in chunks, its length not told."""
        return any(name == "transfer-encoding" for name, _value in self.headers)

    @cached_property
    def length(self) -> int:
        """Bytes of the body as the head tells them; 0 where there is none."""
        told = self.header("content-length")
        return int(told) if told.isascii() and told.isdecimal() else 0

    @property
    def has_body(self) -> bool:
        """Whether there is a body to wait for."""
        return self.length > 0 or self.is_chunked

    @property
    def is_unclear(self) -> bool:
        """Whether the length is told in two ways, which two readers may understand differently."""
        return self.is_chunked and self.header("content-length") != ""

    @property
    def is_misleading(self) -> bool:
        """Whether a proxy may understand the head otherwise: its host, or where its body ends.

        Source: RFC 9112, 3.2 and 6.1.
        """
        names = Counter(name for name, _value in self.headers)
        hosts = names["host"]
        coded = self.is_chunked and self.header("transfer-encoding").strip().lower() != "chunked"
        return coded or hosts > 1 or (hosts == 0 and self.version == "1.1")

    @property
    def is_for_software(self) -> bool:
        """Whether a refusal is told as a problem document."""
        return self.path.startswith(API)

    @property
    def shown_path(self) -> str:
        """The path for the log: without secrets that stand in it, and of bounded length."""
        return masked(self.path)[:300]

    def environ(self, body: IO[bytes], length: int) -> dict[str, Any]:
        """Return what WSGI wants of a request whose body is here."""
        name, _colon, port = self.server.rpartition(":")
        host, _colon, peer_port = self.peer.rpartition(":")
        found: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path.encode("utf-8", "surrogatepass").decode("latin-1"),
            "QUERY_STRING": self.query.encode("utf-8").decode("latin-1"),
            "SERVER_NAME": name.strip("[]"),
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": f"HTTP/{self.version}",
            "REMOTE_ADDR": host.strip("[]"),
            "REMOTE_PORT": peer_port,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": body,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        for key, value in self.headers:
            if key in {"transfer-encoding", "content-length"}:
                continue  # the body is whole, and its length known
            entry = _OWN_NAMES.get(key) or "HTTP_" + key.upper().replace("-", "_")
            joint = "; " if key == "cookie" else ","
            found[entry] = f"{found[entry]}{joint}{value}" if entry in found else value
        if length or self.has_body:
            found["CONTENT_LENGTH"] = str(length)
        return found
