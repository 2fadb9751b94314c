"""The log: one line an event, whatever strangers send."""

import json
import logging

import pytest
from django.db import OperationalError
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.errors import AdminShutdown, QueryCanceled

from tongguan.facilities.log import Json, Refusals, Text, note, request_facts

HOSTILE = "a\r\n2026-01-01 ERROR forged: \x1b[2J\u2028\u202e\\x\x00"


def record(message: str, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("test", logging.ERROR, __file__, 1, message, None, None)
    vars(made).update(extra)
    return made


@settings(max_examples=30)
@given(st.text(), st.text())
def test_an_event_is_one_line_of_visible_characters(words: str, value: str) -> None:
    made = record(words, facts={"path": value})

    for told in (Text().format(made), Json().format(made)):
        assert len(told.splitlines()) == 1
        assert told.replace("\u00ad", "").isprintable() or not told.isascii()


def test_control_characters_of_strangers_are_written_as_escapes() -> None:
    told = Text().format(record("seen", facts={"path": HOSTILE}))

    assert "\\r\\n2026-01-01 ERROR" in told
    assert not {"\r", "\n", "\x1b", "\u2028", "\u202e", "\x00"} & set(told)


def test_json_gives_back_what_was_seen() -> None:
    found = json.loads(Json().format(record("seen", facts={"path": HOSTILE})))

    assert (found["event"], found["path"]) == ("seen", HOSTILE)


def test_a_traceback_belongs_to_its_event() -> None:
    with pytest.raises(ValueError, match="forged") as caught:
        raise ValueError("x\nERROR forged: y")
    made = record("it failed", exc_info=(caught.type, caught.value, caught.tb))

    first, *rest = Text().format(made).splitlines()

    assert first.endswith("test: it failed")
    assert rest
    assert all(line.startswith("    | ") for line in rest)
    assert "ValueError" in json.loads(Json().format(made))["traceback"]


def test_an_event_within_a_request_names_it() -> None:
    with request_facts(request="r-1", client="10.0.0.1", method="GET"):
        note(who="li.guan")
        within = Text().format(record("seen"))

    assert within.endswith("seen request=r-1 client=10.0.0.1 who=li.guan")
    assert "request=" not in Text().format(record("seen"))


def test_a_refusal_is_told_by_its_request_alone() -> None:
    refused, failed = record("Not Found: /x", status_code=404), record("trouble", status_code=500)

    with request_facts(request="r-1") as facts:
        assert not Refusals().filter(refused)
        assert Refusals().filter(failed)

    assert facts["reason"] == "Not Found: /x"


def test_outside_of_a_request_a_refusal_is_told_without_a_traceback() -> None:
    with pytest.raises(PermissionError) as caught:
        raise PermissionError
    error = (caught.type, caught.value, caught.tb)
    refused = record("Forbidden: /x", exc_info=error, status_code=403)

    assert Refusals().filter(refused)
    assert "Traceback" not in Text().format(refused)


def test_a_request_that_ran_out_of_memory_is_told_as_a_refusal() -> None:
    error = MemoryError()
    failed = record("trouble", status_code=500, exc_info=(MemoryError, error, None))

    with request_facts(request="r-1") as facts:
        assert not Refusals().filter(failed)

    assert facts["reason"] == "trouble"


@pytest.mark.parametrize("link", ["password/reset/key/2-abc-s3cret/", "confirm-email/MQ:s3cret/"])
@pytest.mark.parametrize("maker", [Text, Json])
def test_the_secret_of_a_link_is_in_no_part_of_an_event(
    link: str, maker: type[logging.Formatter]
) -> None:
    with pytest.raises(LookupError) as caught:
        raise LookupError({"tried": [], "path": f"accounts/{link}"})
    made = record(
        f"Internal Server Error: /accounts/{link}",
        facts={"path": f"/accounts/{link}", "reason": f"Forbidden (no cookie): /Accounts/{link}"},
        exc_info=(caught.type, caught.value, caught.tb),
    )

    told = maker().format(made)

    assert "s3cret" not in told
    assert "test_log.py" in told  # where it happened stays


def failed(cause: Exception | None) -> logging.LogRecord:
    error = OperationalError("connection refused\nIs the server running?")
    error.__cause__ = cause
    return record("it failed", exc_info=(OperationalError, error, None), status_code=503)


@pytest.mark.parametrize("cause", [None, AdminShutdown()])
def test_a_database_that_is_away_is_told_in_one_line(cause: Exception | None) -> None:
    [line] = Text().format(failed(cause)).splitlines()

    assert line.endswith('it failed database="connection refused"')
    with request_facts(request="r-1"):
        assert not Refusals().filter(failed(cause))


def test_a_statement_that_took_too_long_is_no_outage() -> None:
    assert "psycopg.errors.QueryCanceled" in Text().format(failed(QueryCanceled()))
