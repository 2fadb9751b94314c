"""What the web server itself refuses: in the form and the language of who asked."""

import json

import pytest

from tests.interfaces.server.test_asked import asked
from tongguan.interfaces.server.problems import BUSY, TOO_LONG
from tongguan.interfaces.server.refusals import refusal


def test_software_is_told_a_problem_and_when_to_come_again() -> None:
    told = refusal(BUSY, asked(("accept-language", "en"), path="/api/v1/events"))

    assert told.status == 503
    assert dict(told.headers)["content-type"] == "application/problem+json"
    assert int(dict(told.headers)["retry-after"]) > 0
    [error] = json.loads(told.body)["errors"]
    assert error["code"] == "WEB-001"
    assert "Retry-After" in error["remedy"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "takes too long"), ("zh-CN,zh;q=0.9", "处理 300 秒"), ("tlh", "处理 300 秒")],
)
def test_people_are_told_a_page_in_their_language(language: str, words: str) -> None:
    told = refusal(TOO_LONG, asked(("accept-language", language), path="/desk/review"), seconds=300)

    assert dict(told.headers)["content-type"].startswith("text/html")
    assert words in told.body.decode()
    assert "WEB-004" in told.body.decode()
