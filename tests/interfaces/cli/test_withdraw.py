"""`tongguan admitted` and `withdraw`: who takes part is seen, and can be let out again."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.domain.declarations.samples import BROKER, TRADER
from tests.interfaces.cli.conftest import House, Run
from tests.interfaces.cli.loaded import Loaded, Result
from tests.interfaces.cli.test_admit import (
    ADMINISTRATOR,
    NEXT_YEAR,
    PASSWORD,
    firm,
    post,
    refused,
    token_of,
)
from tests.interfaces.cli.test_serve import address_of, free_port
from tests.journeys import region as journeys
from tests.journeys.users import Person

BY: Final = ("--by", "root.li", "--json")


@pytest.fixture(scope="module")
def run(shared_house: House) -> Iterator[Run]:
    """Run commands in a house that has an administrator, a trader and a broker."""
    ask = shared_house.loaded.run
    first = ("admit", "person", "root.li", *ADMINISTRATOR, "--make-password")
    assert ask(*first).returncode == 0
    for line in (firm(TRADER, "trader"), firm(BROKER, "broker")):
        assert ask("admit", *line, *BY).returncode == 0
    yield ask
    shared_house.empty()


def inspector(run: Run, name: str, password: str = PASSWORD) -> None:
    """Admit somebody who inspects at an office and reviews for a district."""
    names = ("person", name, "--name-zh", "吴静", "--home-office", "0202", "--password-stdin")
    roles = ("--role", "INSPECTOR@0202", "--role", "REVIEWER@02")
    assert run("admit", *names, *roles, *BY, text=password).returncode == 0


def rows(done: Result) -> list[Any]:
    """Return what a command that went well has told."""
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def postings(done: Result) -> dict[int, tuple[str, str]]:
    """Return role and place of each posting of the one account that was asked for."""
    [account] = rows(done)
    return {one["posting"]: (one["role"], one["place"]) for one in account["postings"]}


def test_who_cannot_sign_in_is_helped_with_password_factor_and_lock(run: Run) -> None:
    inspector(run, "wu.yan")
    made = run("admit", "password", "wu.yan", "--make-password", *BY)
    weak = run("admit", "password", "wu.yan", "--password-stdin", *BY, text="short")
    lock = run("withdraw", "lock", "wu.yan", *BY)
    factor = run("withdraw", "factor", "wu.yan", *BY)
    nobody = run("withdraw", "lock", "nobody", *BY)
    colleague = run("withdraw", "factor", "root.li", "--by", "wu.yan", "--json")

    [row] = rows(made)
    assert (row["account"], len(row["password"])) == ("wu.yan", 20)
    lifted = {"account": "wu.yan", "was_tried": False}
    assert rows(lock) == [{"outcome": "withdrawn", **lifted, "problems": []}]
    told = [refused(one)[0][0] for one in (weak, factor, nobody, colleague)]
    assert told == ["ACC-005", "ACC-019", "ACC-009", "ACC-001"]


def test_a_posting_is_seen_and_ended_and_another_given(run: Run) -> None:
    inspector(run, "wu.jing")
    held = postings(run("admitted", "people", "wu.jing", "--json"))
    [reviewing] = [number for number, (role, _at) in held.items() if role == "REVIEWER"]

    [ended] = rows(run("withdraw", "posting", str(reviewing), *BY))
    again = run("withdraw", "posting", str(reviewing), *BY)
    lets_in = ("admit", "posting", "wu.jing", f"broker@{BROKER.scc}", "--until", NEXT_YEAR)
    [given] = rows(run(*lets_in, *BY))

    assert ended == {"outcome": "withdrawn", "posting": reviewing, "problems": []}
    assert refused(again) == [("ACC-010", "")]
    left = postings(run("admitted", "people", "wu.jing", "--json"))
    assert left == {
        min(held): ("INSPECTOR", "0202"),
        given["posting"]: ("BROKER", BROKER.scc),
    }
    shown = run("admitted", "people", "wu.jing").stdout
    assert shown.splitlines()[0] == "wu.jing  吴静  0202"
    assert f"{given['posting']:>6}  BROKER@{BROKER.scc}  {BROKER.name}  until {NEXT_YEAR}" in shown


def test_a_posting_that_cannot_be_is_refused_where_it_stands(run: Run) -> None:
    inspector(run, "wu.lan")
    line = ("admit", "posting", "wu.lan")

    assert refused(run(*line, "INSPECTOR@0999", *BY)) == [("CLI-002", "ROLE")]
    assert refused(run(*line, "GATE", *BY)) == [("ACC-006", "")]
    assert refused(run(*line, "AUDITOR", "--until", "2020-01-01", *BY)) == [("ACC-008", "--until")]
    assert refused(run("admit", "posting", "wu.li", "AUDITOR", *BY)) == [("ACC-009", "")]
    assert run(*line, "EMPEROR", *BY).returncode == 2
    at_a_trader = run(*line, f"BROKER@{TRADER.scc}", "--by", "root.li")
    assert at_a_trader.returncode == 1
    assert at_a_trader.stderr.splitlines()[0] == (
        f"ACC-013 ROLE  {TRADER.scc} is registered as trader: nobody acts for it as customs broker."
    )


def test_a_dismissed_person_is_listed_only_with_those_who_left(run: Run) -> None:
    inspector(run, "wu.mei")
    before = [row["account"] for row in rows(run("admitted", "people", "--json"))]

    [gone] = rows(run("withdraw", "person", "wu.mei", *BY))
    again = run("withdraw", "person", "wu.mei", *BY)

    assert {"root.li", "wu.mei"} <= set(before)
    assert before == sorted(before)
    assert gone == {"outcome": "withdrawn", "account": "wu.mei", "problems": []}
    assert refused(again) == [("ACC-009", "")]
    after = [row["account"] for row in rows(run("admitted", "people", "--json"))]
    assert after == [one for one in before if one != "wu.mei"]
    assert refused(run("admitted", "people", "wu.mei", "--json")) == [("ACC-009", "")]
    [left] = rows(run("admitted", "people", "wu.mei", "--all", "--json"))
    assert (left["account"], left["in_use"], left["postings"]) == ("wu.mei", False, [])
    assert run("admitted", "people", "wu.mei", "--all").stdout == "wu.mei  吴静  0202  let go\n"


def test_software_is_withdrawn_once_by_either_of_its_names(run: Run) -> None:
    for name in ("erp", "gate"):
        line = ("software", name, "--label", name, "--role", "GATE@0202-01")
        assert run("admit", *line, *BY).returncode == 0
    listed = run("admitted", "software").stdout

    [gone] = rows(run("withdraw", "software", "client:erp", *BY))
    again = run("withdraw", "software", "erp", *BY)
    told = run("withdraw", "software", "gate", "--by", "root.li")

    assert "client:erp  erp\n" in listed
    assert "GATE@0202-01\n" in listed
    assert gone == {"outcome": "withdrawn", "account": "client:erp", "problems": []}
    assert refused(again) == [("ACC-009", "")]
    assert told.stdout == "gate is withdrawn: its credentials and tokens have ended.\n"
    assert rows(run("admitted", "software", "--json")) == []
    assert [row["in_use"] for row in rows(run("admitted", "software", "--all", "--json"))] == [
        False,
        False,
    ]
    assert refused(run("admitted", "software", "nobody", "--json")) == [("ACC-009", "")]


def test_a_mandate_is_found_from_either_side_and_revoked_once(run: Run) -> None:
    trader, broker = str(TRADER.scc), str(BROKER.scc)
    line = ("admit", "mandate", trader, broker, "--until", NEXT_YEAR, "--chapters", "84,90")
    [given] = rows(run(*line, "--flow", "import", *BY))
    number = str(given["mandate"])
    [seen] = rows(run("admitted", "mandates", broker, "--json"))
    shown = run("admitted", "mandates", trader).stdout

    [ended] = rows(run("withdraw", "mandate", number, *BY))
    again = run("withdraw", "mandate", number, *BY)

    assert (seen["mandate"], seen["principal"], seen["broker"]) == (
        given["mandate"],
        trader,
        broker,
    )
    assert (seen["flow"], seen["chapters"], seen["until"]) == ("import", ["84", "90"], NEXT_YEAR)
    assert f"{trader} {TRADER.name} → {broker} {BROKER.name}  imports  84,90  " in shown
    assert ended == {"outcome": "withdrawn", "mandate": given["mandate"], "problems": []}
    assert refused(again) == [("PAR-024", "")]
    assert rows(run("admitted", "mandates", "--json")) == []
    [past] = rows(run("admitted", "mandates", "--all", "--json"))
    assert past["revoked"] is not None
    assert "  revoked 20" in run("admitted", "mandates", "--all").stdout
    assert refused(run("admitted", "mandates", "91110113FAKE00099", "--json")) == [
        ("PAR-006", "CREDIT_CODE")
    ]


def test_a_bank_is_withdrawn_and_comes_back_with_another_key_alone(
    run: Run, tmp_path: Path
) -> None:
    keys = [Ed25519PrivateKey.generate().public_key().public_bytes_raw() for _ in range(2)]
    for name, data in zip(("first", "second"), keys, strict=True):
        (tmp_path / name).write_bytes(data)
    first, second = (one.hex() for one in keys)

    def admit(key: str) -> Result:
        return run("admit", "bank", "示例银行", "--key", str(tmp_path / key), *BY)

    assert admit("first").returncode == 0
    shown = run("admitted", "banks").stdout
    other_key = admit("second")

    [gone] = rows(run("withdraw", "bank", "示例银行", *BY))
    again = run("withdraw", "bank", "示例银行", *BY)
    same_key = admit("first")
    [back] = [json.loads(line) for line in admit("second").stdout.splitlines()]

    assert shown == f"示例银行  {first}\n"
    assert refused(other_key) == [("REV-020", "")]
    assert gone == {"outcome": "withdrawn", "bank": "示例银行", "problems": []}
    assert refused(again) == [("REV-024", "")]
    assert refused(same_key) == [("REV-023", "")]
    assert (back["outcome"], back["key"]) == ("admitted", second)
    assert [row["key"] for row in rows(run("admitted", "banks", "--json"))] == [second]
    past, current = rows(run("admitted", "banks", "--all", "--json"))
    assert (past["key"], current["key"], current["withdrawn"]) == (first, second, None)
    assert f"{first}  withdrawn 20" in run("admitted", "banks", "--all").stdout
    told = run("withdraw", "bank", "示例银行", "--by", "root.li")
    assert told.stdout == "Bank 示例银行 is believed no more. What it confirmed before stays.\n"


def test_a_guarantee_is_seen_with_what_is_drawn_and_withdrawn_once(run: Run) -> None:
    days = ("--from", "2026-01-01", "--until", NEXT_YEAR)
    trader = str(TRADER.scc)
    line = ("admit", "guarantee", "G-1", trader, "--limit", "2000000", *days, *BY)
    assert run(*line).returncode == 0
    shown = run("admitted", "guarantees").stdout

    [gone] = rows(run("withdraw", "guarantee", "G-1", *BY))
    again = run("withdraw", "guarantee", "G-1", *BY)

    assert shown == (
        f"G-1  {trader}  {TRADER.name}  drawn 0.00 of 2,000,000.00 CNY  2026-01-01 – {NEXT_YEAR}\n"
    )
    assert gone == {"outcome": "withdrawn", "guarantee": "G-1", "problems": []}
    assert refused(again) == [("REV-025", "")]
    assert refused(run(*line)) == [("REV-015", "")]
    assert rows(run("admitted", "guarantees", "--json")) == []
    [past] = rows(run("admitted", "guarantees", "--all", "--json"))
    assert (past["guarantee"], past["enterprise"], past["drawn"]) == ("G-1", trader, "0.00")
    assert past["withdrawn"] is not None


def test_an_enterprise_is_suspended_and_lets_itself_be_seen_so_until_it_may_declare_again(
    run: Run,
) -> None:
    broker, why = str(BROKER.scc), ("--reason", "investigation")

    def suspended() -> bool:
        [row] = rows(run("admitted", "enterprises", broker, "--json"))
        return bool(row["suspended"])

    over = run("withdraw", "enterprise", broker, "--until", "2020-01-01", *why, *BY)
    assert not suspended()
    [gone] = rows(run("withdraw", "enterprise", broker, "--until", NEXT_YEAR, *why, *BY))
    assert suspended()
    shown = run("admitted", "enterprises", str(BROKER.name)).stdout
    [back] = rows(run("admit", "again", broker, *why, *BY))
    assert not suspended()
    not_held = run("admit", "again", broker, *why, *BY)
    told = run("withdraw", "enterprise", broker, *why, "--by", "root.li").stdout
    assert run("admit", "again", broker, *why, "--by", "root.li").stdout == (
        f"{broker} may declare again.\n"
    )

    assert refused(over) == [("PAR-008", "--until")]
    assert gone == {
        "outcome": "suspended",
        "enterprise": broker,
        "until": NEXT_YEAR,
        "problems": [],
    }
    assert shown == (
        f"{broker}  {BROKER.code}  {BROKER.name}  0117  customs broker  general  suspended\n"
    )
    assert back == {"outcome": "admitted", "enterprise": broker, "problems": []}
    assert refused(not_held) == [("PAR-009", "")]
    assert told == f"{broker} is suspended until that is lifted. What it lodged goes on.\n"
    assert run("withdraw", "enterprise", broker, *BY).returncode == 2
    nobody = ("withdraw", "enterprise", "91110113FAKE00099", *why, *BY)
    assert refused(run(*nobody)) == [("PAR-006", "CREDIT_CODE")]


def test_an_enterprise_is_classed_anew_from_a_day_on(run: Run) -> None:
    trader, why = str(TRADER.scc), ("--reason", "certified")

    def classed() -> str:
        [row] = rows(run("admitted", "enterprises", trader, "--json"))
        return str(row["credit"])

    before = classed()
    [given] = rows(run("admit", "class", trader, "advanced", *why, *BY))
    now = classed()
    line = ("admit", "class", trader, "discredited", *why)
    later = run(*line, "--since", NEXT_YEAR, "--by", "root.li")
    instead = run("admit", "class", trader, "advanced", *why, *BY)
    too_late = run(*line, "--since", "9999-12-31", *BY)

    assert (before, now, classed()) == ("general", "advanced", "advanced")
    assert (given["outcome"], given["enterprise"], given["credit"]) == (
        "admitted",
        trader,
        "advanced",
    )
    assert later.stdout == f"{trader} is classed from {NEXT_YEAR} on: discredited.\n"
    assert instead.returncode == 0
    assert refused(too_late) == [("PAR-041", "")]
    assert run("admit", "class", trader, "splendid", *why, *BY).returncode == 2
    assert len(rows(run("admitted", "enterprises", "--json"))) == 2


def test_only_an_administrator_lets_out_and_each_act_is_in_the_ledger(
    run: Run, tmp_path: Path
) -> None:
    inspector(run, "wu.qing")
    number, _reviewing = postings(run("admitted", "people", "wu.qing", "--json"))

    nobody = run("withdraw", "person", "root.li")
    colleague = run("withdraw", "person", "root.li", "--by", "wu.qing", "--json")
    no_number = run("withdraw", "posting", "first", *BY)
    told = run("withdraw", "posting", str(number), "--by", "root.li")

    export = tmp_path / "ledger.ndjson"
    assert run("ledger", "export", str(export)).returncode == 0
    last = [json.loads(line) for line in export.read_text().splitlines()]
    [ended] = [
        (one["by"], one["facts"]["capacity"], one["facts"]["posting"])
        for one in last
        if one.get("kind") == "POSTING_ENDED" and one["facts"]["account"] == "wu.qing"
    ]
    assert (told.returncode, told.stdout) == (0, f"Posting {number} has ended.\n")
    assert (nobody.returncode, no_number.returncode) == (2, 2)
    assert refused(colleague) == [("ACC-001", "")]
    assert ended == ("root.li", "command line", str(number))


@pytest.mark.slow
def test_who_is_let_out_of_a_house_that_serves_is_out_with_the_next_call(
    furnished: Path, loaded: Loaded, started: Callable[..., "subprocess.Popen[str]"]
) -> None:
    port = free_port()
    address = address_of(started("serve", "--port", str(port))).rstrip("/")
    first = ("admit", "person", "root.li", *ADMINISTRATOR, "--make-password")
    assert loaded.run(*first).returncode == 0
    inspector(loaded.run, "wu.jing", journeys.PASSWORD)
    line = ("software", "gate", "--label", "gate", "--role", "GATE@0202-01")
    [gate] = rows(loaded.run("admit", *line, *BY))
    token = token_of(port, gate["client_id"], gate["client_secret"])
    person = Person(address, "wu.jing")
    person.choose_password("a-password-of-her-own")
    before = [person.ask("/api/v1/events")[0], person.ask("/desk/inspection")[0]]

    assert loaded.run("withdraw", "person", "wu.jing", *BY).returncode == 0
    assert loaded.run("withdraw", "software", "gate", *BY).returncode == 0

    status, shown = person.ask("/desk/inspection")
    assert before == [200, 200]
    assert (status, 'name="password"' in shown) == (200, True)
    assert person.ask("/api/v1/events")[0] == 401
    assert post(port, "/api/v1/declarations", b"{}", token)[0] == 401
    with pytest.raises(AssertionError, match="invalid_client"):
        token_of(port, gate["client_id"], gate["client_secret"])


def test_a_relief_certificate_is_admitted_listed_and_withdrawn(run: Run) -> None:
    number, scc = "Z02020000001", str(TRADER.scc)
    period = ("--from", "2026-01-01", "--until", NEXT_YEAR, "--issuer", "Tianjin Customs")
    terms = ("--nature", "401", "--levy-mode", "3", "--frees", "duty", "--commodity", "8482")
    grant = ("admit", "relief", number, scc, *terms, *period)

    neither = run(*grant, *BY)
    ordinary = run(*grant, "--nature", "101", "--value", "5", *BY)
    [admitted] = rows(run(*grant, "--quantity", "100.5", "--unit", "035", *BY))
    [listed] = rows(run("admitted", "reliefs", "--json"))
    [ended] = rows(run("withdraw", "relief", number, *BY))
    again = run("withdraw", "relief", number, *BY)

    assert neither.returncode == 2
    assert refused(ordinary) == [("PER-031", "")]
    assert admitted["certificate"] == number
    assert (listed["enterprise"], listed["granted"], listed["drawn"]) == (scc, "100.5", "0")
    assert (listed["levy_modes"], listed["frees"], listed["unit"]) == (["3"], ["duty"], "035")
    assert ended["certificate"] == number
    assert refused(again) == [("PER-032", "")]
    assert rows(run("admitted", "reliefs", "--json")) == []
    [past] = rows(run("admitted", "reliefs", "--all", "--json"))
    assert past["withdrawn"]


def test_a_certificate_of_origin_is_admitted_listed_and_withdrawn(run: Run) -> None:
    period = ("--from", "2026-01-01", "--until", NEXT_YEAR, "--issuer", "a chamber of commerce")
    terms = ("--agreement", "22", "--country", "DEU", "--commodity", "84", "--value", "1000")

    [admitted] = rows(run("admit", "origin", "E1", str(TRADER.scc), *terms, *period, *BY))
    [listed] = rows(run("admitted", "origins", "--json"))
    [ended] = rows(run("withdraw", "origin", "E1", *BY))

    assert admitted["certificate"] == ended["certificate"] == "E1"
    assert (listed["basis"], listed["country"], listed["unit"]) == ("22", "DEU", "CNY")
