"""The head of a request: who sends it, and what the product is told of it."""

from io import BytesIO
from typing import Any

import pytest

from tongguan.interfaces.server.asked import Asked


def asked(*headers: tuple[str, str], **changes: Any) -> Asked:
    """Return the head of a request, a page unless something else is said."""
    known: dict[str, Any] = {
        "method": "GET",
        "path": "/",
        "query": "",
        "peer": "10.0.0.1:4711",
        "server": "127.0.0.1:8000",
        "version": "1.1",
        "scheme": "http",
        "behind_proxy": False,
    }
    return Asked(**{**known, **changes}, headers=list(headers))


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, "203.0.113.9", "10.0.0.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "127.0.0.1, 203.0.113.9", "203.0.113.9"),
        (True, "", "10.0.0.1"),
    ],
)
def test_the_address_is_what_the_trusted_proxy_added_last(
    *, behind_proxy: bool, forwarded: str, address: str
) -> None:
    one = asked(("x-forwarded-for", forwarded), behind_proxy=behind_proxy)

    assert one.address == address


def test_an_address_of_the_newer_kind_loses_port_and_brackets() -> None:
    one = asked(peer="[2001:db8::1]:4711")

    assert one.address == "2001:db8::1"
    assert one.environ(BytesIO(), 0)["REMOTE_ADDR"] == "2001:db8::1"


def test_the_product_is_told_the_path_as_bytes_and_headers_by_their_names() -> None:
    one = asked(
        ("host", "example"),
        ("content-type", "text/plain"),
        ("cookie", "a=b"),
        ("cookie", "c=d"),
        ("x-one", "1"),
        ("x-one", "2"),
        path="/通关",
        query="a=1",
    )

    told = one.environ(BytesIO(b"abc"), 3)

    assert told["PATH_INFO"].encode("latin-1").decode() == "/通关"
    assert (told["CONTENT_TYPE"], told["CONTENT_LENGTH"]) == ("text/plain", "3")
    assert (told["HTTP_COOKIE"], told["HTTP_X_ONE"]) == ("a=b; c=d", "1,2")
    assert told["REMOTE_ADDR"] == "10.0.0.1"


def test_the_length_told_to_the_product_is_that_of_the_body_that_came() -> None:
    one = asked(("transfer-encoding", "chunked"), method="POST")

    told = one.environ(BytesIO(b"abc"), 3)

    assert told["CONTENT_LENGTH"] == "3"
    assert "HTTP_TRANSFER_ENCODING" not in told


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "é", 'a"', "a;b"])
def test_an_id_that_is_no_plain_word_is_replaced(given: str) -> None:
    assert asked(("x-request-id", given)).request_id != given
    assert asked(("x-request-id", "Plain-1.2_3")).request_id == "Plain-1.2_3"


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/password/reset/key/2-abc-s3cret/",
        "/ACCOUNTS/Password/Reset/KEY/2-abc-s3cret",
        "/accounts//password/reset/key/2-abc-s3cret/",
        "/accounts/confirm-email/to/s3cret:x:y/",
        "/accounts/confirm-email/to\ns3cret/",
        "/Accounts/Confirm-Email/s3cret",
    ],
)
def test_the_log_sees_no_secret_of_an_address(path: str) -> None:
    shown = asked(path=path).shown_path

    assert shown.endswith("/…")
    assert "s3cret" not in shown


@pytest.mark.parametrize(
    ("headers", "misleading"),
    [
        ([("host", "a")], False),
        ([], True),
        ([("host", "a"), ("host", "b")], True),
        ([("host", "a"), ("host", "a")], True),
        ([("host", "a"), ("transfer-encoding", " Chunked ")], False),
        ([("host", "a"), ("transfer-encoding", "gzip, chunked")], True),
        ([("host", "a"), ("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")], True),
        ([("host", "a"), ("transfer-encoding", "identity")], True),
        ([("host", "a"), ("transfer-encoding", "")], True),
    ],
)
def test_a_head_that_a_proxy_may_understand_otherwise_is_known(
    headers: list[tuple[str, str]], *, misleading: bool
) -> None:
    assert asked(*headers).is_misleading is misleading
    assert not asked(version="1").is_misleading
