"""The frame that every page stands in."""

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from tongguan.facilities.accounts.models import Person
from tongguan.interfaces.pages.answers import leave_for, toast, wants_part
from tongguan.interfaces.pages.context import frame
from tongguan.interfaces.pages.middleware import POLICY

pytestmark = pytest.mark.urls("tests.interfaces.pages.routes")

ENGLISH = {"headers": {"accept-language": "en"}}
CHINESE = {"headers": {"accept-language": "zh-CN"}}
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)")
INLINE_HANDLER = re.compile(r"<[^>]+\s(on[a-z]+|style)=")


def text(client: Client, path: str, language: dict[str, dict[str, str]], status: int = 200) -> str:
    answer = client.get(path, headers=language["headers"])
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "tongue", "words"),
    [(ENGLISH, "en", "To do"), (CHINESE, "zh-hans", "待办")],
    ids=["English", "Chinese"],
)
def test_a_page_speaks_the_language_of_the_reader(
    client: Client, language: dict[str, dict[str, str]], tongue: str, words: str
) -> None:
    page = text(client, "/portal/", language)

    assert f'<html lang="{tongue}"' in page
    assert f"<span>{words}</span>" in page


def test_the_language_chosen_is_remembered(client: Client) -> None:
    answer = client.post("/language", {"language": "en", "next": "/portal/"})

    assert answer.headers["Location"] == "/portal/"
    assert '<html lang="en"' in text(client, "/portal/", CHINESE)


def test_the_theme_chosen_is_remembered(client: Client) -> None:
    answer = client.post("/theme", {"theme": "dark", "next": "/portal/"})

    assert answer.headers["Location"] == "/portal/"
    assert 'data-bs-theme="dark"' in text(client, "/portal/", ENGLISH)


def test_an_unknown_theme_changes_nothing(client: Client) -> None:
    client.post("/theme", {"theme": "pink", "next": "/portal/"})

    assert "<html" in text(client, "/portal/", ENGLISH)
    assert 'data-bs-theme="' not in text(client, "/portal/", ENGLISH)


def test_choosing_a_theme_leads_to_no_other_host(client: Client) -> None:
    answer = client.post("/theme", {"theme": "dark", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"


def test_the_portal_shows_the_places_it_serves_and_where_the_reader_is(client: Client) -> None:
    page = text(client, "/portal/declarations", ENGLISH)

    places = re.findall(r'<a href="(/portal/[^"]*)"( aria-current="page")?>', page)
    assert sorted(set(places)) == [
        ("/portal/", ""),
        ("/portal/declarations", ' aria-current="page"'),
    ]


def test_a_place_tells_how_much_waits_there(client: Client) -> None:
    assert '<span>To do</span><span class="count">7</span>' in text(client, "/portal/", ENGLISH)


def test_an_officer_sees_the_desks_of_his_postings_only(client: Client) -> None:
    page = text(client, "/workbench/gate", ENGLISH)

    assert 'href="/workbench/gate" aria-current="page"' in page
    assert "/workbench/review" not in page


def test_the_search_stands_where_there_is_one(client: Client) -> None:
    assert 'action="/portal/search"' in text(client, "/portal/", ENGLISH)
    assert 'role="search"' not in text(client, "/workbench/gate", ENGLISH)


@pytest.mark.parametrize("path", ["/style", "/portal/", "/nowhere", "/accounts/login/"])
def test_every_answer_carries_the_policy_and_keeps_it(client: Client, path: str) -> None:
    answer = client.get(path)

    page = answer.content.decode()
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert not INLINE_SCRIPT.search(page)
    assert not INLINE_HANDLER.search(page)


@pytest.mark.parametrize(
    ("path", "status", "english", "chinese"),
    [
        ("/nowhere", 404, "There is no such page", "没有此页面"),
        ("/refused", 403, "This is not open to you", "您无权查看此页"),
    ],
)
def test_an_error_is_told_in_both_languages_with_a_way_on(
    client: Client, path: str, status: int, english: str, chinese: str
) -> None:
    for language, words in ((ENGLISH, english), (CHINESE, chinese)):
        page = text(client, path, language, status)

        assert words in page
        assert 'class="btn btn-primary" href="/"' in page


def test_a_fault_of_our_own_says_that_what_was_accepted_is_kept(client: Client) -> None:
    client.raise_request_exception = False

    page = text(client, "/fails", CHINESE, status=500)

    assert "What was accepted is kept." in page
    assert "已接受的申报不会丢失。" in page


def test_the_sign_in_page_offers_no_second_sign_in(client: Client) -> None:
    page = text(client, "/accounts/login/", ENGLISH)

    assert "<h1>Sign in</h1>" in page
    assert 'href="/accounts/login/"' not in page


def test_one_press_signs_a_visitor_of_the_demonstration_in(client: Client) -> None:
    page = text(client, "/people", ENGLISH)

    assert '<form method="post" action="/accounts/login/">' in page
    assert '<input type="hidden" name="login" value="wang.fang">' in page


def test_an_answer_to_htmx_may_carry_a_message(rf: RequestFactory) -> None:
    answer = toast(HttpResponse("rows"), "已放行", kind="success")

    assert json.loads(answer.headers["HX-Trigger"]) == {
        "toast": {"words": "已放行", "kind": "success"}
    }
    assert leave_for("/portal/").headers["HX-Redirect"] == "/portal/"
    assert wants_part(rf.get("/", headers={"HX-Request": "true"}))
    assert not wants_part(rf.get("/"))


def test_the_person_signed_in_is_named_by_name_or_else_by_login(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = Person(username="wang.fang", name_zh="王芳", name_en="Fang Wang")
    with translation.override("zh-hans"):
        assert frame(request)["person_name"] == "王芳"
    with translation.override("en"):
        assert frame(request)["person_name"] == "Fang Wang"

    request.user = Person(username="wang.fang")
    assert frame(request)["person_name"] == "wang.fang"
