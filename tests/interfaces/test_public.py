"""What anybody may read without signing in: commitments, in both languages and as JSON."""

import json
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from tongguan.domain.risk.models import DailySeed, SetCommitment
from tongguan.domain.risk.publication import publish
from tongguan.domain.risk.seeds import seed_in
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.ledger.commands import record
from tongguan.facilities.ledger.queries import signed_checkpoints
from tongguan.facilities.ledger.signing import sign_heads
from tongguan.kernel.time import LOCAL, utc_now

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


def addresses() -> list[str]:
    rooms = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    [room] = [one for one in rooms if one.namespace == "public"]
    return [f"/public/{one.pattern}" for one in room.url_patterns]


def test_anybody_reads_every_public_address_and_nobody_changes_anything_there(
    client: Client,
) -> None:
    publish(now=utc_now())

    assert addresses()
    for address in addresses():
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 405


def test_commitments_are_shown_before_their_day_without_what_they_hide(client: Client) -> None:
    now = utc_now()
    publish(now=now)
    publish(now=now + timedelta(days=2))
    tomorrow = now.astimezone(LOCAL).date() + timedelta(days=1)

    page = client.get("/public/commitments", headers=ENGLISH).content.decode()
    told = client.get("/public/commitments.json").json()

    listed = {one["day"]: one for one in told["days"]}
    seed = DailySeed.objects.get(day=tomorrow)
    sets = SetCommitment.objects.filter(day=tomorrow)
    assert listed[str(tomorrow)]["seed"]["commitment"] == seed.commitment
    assert not listed[str(tomorrow)]["late"]
    assert [one["commitment"] for one in listed[str(tomorrow)]["criteria"]] == [
        one.commitment for one in sets
    ]
    assert seed.commitment in page
    hidden = [seed_in(one).hex() for one in DailySeed.objects.all()]
    hidden += [bytes(one.salt).hex() for one in SetCommitment.objects.all()]
    hidden += [one.version for one in SetCommitment.objects.all()]
    assert [one for one in hidden if one in page or one in str(told)] == []


def test_the_way_to_the_commitments_stands_on_the_page_of_signing_in(client: Client) -> None:
    page = client.get("/accounts/login/", headers=ENGLISH).content.decode()
    chinese = client.get("/public/commitments", headers={"accept-language": "zh-hans"})

    assert 'href="/public/commitments"' in page
    assert "现在记下哈希值" in chinese.content.decode()


def test_nothing_committed_is_said(client: Client) -> None:
    page = client.get("/public/commitments", headers=ENGLISH).content.decode()

    assert "Nothing is committed to yet." in page
    assert client.get("/public/commitments.json").json() == {"format": 1, "days": []}


def test_checkpoints_are_published_as_they_were_signed(client: Client) -> None:
    empty = client.get("/public/checkpoints", headers=ENGLISH).content.decode()
    for number in (1, 2):
        with transaction.atomic():
            record("X", uuid4(), by=SYSTEM, at=utc_now(), number=number)
        assert sign_heads(now=utc_now())

    lines = client.get("/public/checkpoints.ndjson").content
    rest = client.get("/public/checkpoints.ndjson?after=1").content
    page = client.get("/public/checkpoints", headers=ENGLISH).content.decode()

    signed = [row.hash.hex() for row in signed_checkpoints()]
    assert "No checkpoint is signed yet." in empty
    assert [json.loads(line)["hash"] for line in lines.splitlines()] == signed
    assert [json.loads(line)["checkpoint"] for line in rest.splitlines()] == [2]
    assert all(one in page for one in signed)


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "\u0663", ""])
def test_a_number_that_is_none_gives_all_checkpoints(client: Client, after: str) -> None:
    answer = client.get("/public/checkpoints.ndjson", {"after": after})

    assert answer.status_code == 200


def test_the_type_of_a_refusal_leads_to_a_page_that_says_what_it_means(client: Client) -> None:
    refused = client.get("/api/v1/events", headers=ENGLISH)
    refusal = refused.json()

    page = client.get(refusal["type"], headers=ENGLISH)

    shown = unescape(page.content.decode())
    assert page.status_code == 200
    assert refusal["type"] == f"/problems/{refusal['errors'][0]['code']}"
    assert all(words in shown for words in (refusal["title"], refusal["errors"][0]["remedy"]))
    assert '<section class="account-part" lang="zh-hans">' in shown
    assert client.post(refusal["type"]).status_code == 405


@pytest.mark.parametrize(
    ("code", "status"),
    [("DEC-004", 200), ("dec-013", 200), ("GEN-003", 200), ("WEB-001", 200), ("RSK-001", 200),
     ("DEC-999", 404), ("DEC-001%00", 400), ("{0}", 404)],
)  # fmt: skip
def test_the_page_of_a_code_is_there_for_every_code_in_force_and_no_other(
    client: Client, code: str, status: int
) -> None:
    assert client.get(f"/problems/{code}").status_code == status


def test_the_page_of_a_code_tells_no_fact_of_any_case(client: Client) -> None:
    shown = client.get("/problems/DEC-008", headers=ENGLISH).content.decode()

    assert "“…” is not a code of the list “…” on …: …." in shown
    assert "{" not in shown.partition("<h1>")[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "not sent from here"), ("zh-hans", "不是从本系统提交")]
)
def test_a_form_without_its_token_is_refused_by_a_page_of_ours(language: str, words: str) -> None:
    client = Client(enforce_csrf_checks=True)

    refused = client.post("/theme", {"theme": "dark"}, headers={"accept-language": language})

    shown = refused.content.decode()
    assert refused.status_code == 403
    assert words in shown
    assert "DEBUG" not in shown
