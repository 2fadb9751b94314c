"""`tongguan admit`: from an empty region to software that lodges; every refusal is told."""

import json
import os
import pty
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec.json import encode

from tests.domain.declarations.samples import BROKER, TRADER
from tests.interfaces.cli.conftest import House, Run, command
from tests.interfaces.cli.loaded import Loaded, Result
from tests.interfaces.cli.test_serve import address_of, free_port
from tests.interfaces.scene import AGENT, RIVAL, declared
from tests.patience import PATIENCE_SECONDS
from tongguan.domain.declarations.values import Party
from tongguan.kernel.identifiers import credit_code
from tools import processes

PASSWORD: Final = "three herons on the wall"
NEXT_YEAR: Final = f"{datetime.now(UTC) + timedelta(days=365):%Y-%m-%d}"
ADMINISTRATOR: Final = ("--name-zh", "李管", "--role", "ADMINISTRATOR")


def firm(party: Party, kind: str, *more: str, home: str = "0117") -> tuple[str, ...]:
    """Return the command that registers a party of the samples."""
    given = ("--name-zh", str(party.name), "--customs-code", str(party.code))
    return ("enterprise", str(party.scc), "--kind", kind, "--home-office", home, *given, *more)


@pytest.fixture(scope="module")
def administered(shared_house: House) -> Iterator[House]:
    """A house that has an administrator, `root.li`."""
    first = ("admit", "person", "root.li", *ADMINISTRATOR, "--make-password")
    assert shared_house.loaded.run(*first).returncode == 0
    yield shared_house
    shared_house.empty()


@pytest.fixture
def admit(administered: House) -> Run:
    """Admit as the administrator, with a text on standard input."""

    def run(*line: str, text: str = "", by: str | None = "root.li") -> Result:
        acting = () if by is None else ("--by", by)
        return administered.loaded.run("admit", *line, *acting, text=text)

    return run


def admitted(done: Result) -> Any:
    """Return the row of what was admitted."""
    assert (done.returncode, done.stderr) == (0, "")
    [row] = map(json.loads, done.stdout.splitlines())
    assert (row.pop("outcome"), row.pop("problems")) == ("admitted", [])
    return row


def refused(done: Result) -> list[tuple[str, str]]:
    """Return code and place of each problem of a refusal."""
    assert (done.returncode, done.stderr) == (1, "")
    [row] = map(json.loads, done.stdout.splitlines())
    assert row["outcome"] == "refused"
    assert all(one["detail"] and one["remedy"] for one in row["problems"])
    return [(one["code"], one["place"]) for one in row["problems"]]


@pytest.mark.slow
def test_on_its_first_day_an_empty_region_comes_to_lodge(
    loaded: Loaded, started: Callable[..., "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    port = free_port()
    assert address_of(started("serve", "--port", str(port)))
    by = ("--by", "root.li", "--json")

    first = loaded.run("admit", "person", "root.li", *ADMINISTRATOR, "--make-password", "--json")
    nobody = loaded.run("admit", *firm(TRADER, "trader"))
    firms = [
        loaded.run("admit", *firm(TRADER, "trader", *by)),
        loaded.run("admit", *firm(BROKER, "broker", *by, home="0207")),
    ]
    between = (str(TRADER.scc), str(BROKER.scc), "--until", NEXT_YEAR)
    given = loaded.run("admit", "mandate", *between, *by)
    officer = ("chu.min", "--name-zh", "褚敏", "--home-office", "0401", "--role", "REVIEWER")
    reviewer = loaded.run("admit", "person", *officer, "--make-password", *by)
    works_for = f"BROKER@{BROKER.scc}"
    erp = loaded.run("admit", "software", "erp", "--label", "ERP", "--role", works_for, *by)

    assert len(admitted(first)["password"]) >= 20
    assert nobody.returncode == 2
    assert "--by ACCOUNT" in nobody.stderr
    assert [admitted(one)["kind"] for one in firms] == ["TRADER", "BROKER"]
    assert admitted(given)["principal"] == TRADER.scc
    assert admitted(reviewer)["account"] == "chu.min"
    row = admitted(erp)
    assert row["account"] == "client:erp"
    token = token_of(port, row["client_id"], row["client_secret"])
    status, answer = post(
        port, "/api/v1/declarations", encode(declared("A-1", containers=())), token
    )
    assert (status, answer["outcome"], len(answer["number"])) == (201, "accepted", 18)

    ledger = tmp_path / "ledger.ndjson"
    assert loaded.run("ledger", "export", str(ledger)).returncode == 0
    entries = [json.loads(line) for line in ledger.read_text().splitlines()]
    of_house = [
        (one["kind"], one["by"])
        for one in entries
        if one.get("facts", {}).get("capacity") == "command line"
    ]
    assert of_house == [
        ("PERSON_ADMITTED", "system"),
        ("POSTING_GRANTED", "system"),
        ("ENTERPRISES_REGISTERED", "root.li"),
        ("ENTERPRISES_REGISTERED", "root.li"),
        ("MANDATE_GRANTED", "root.li"),
        ("PERSON_ADMITTED", "root.li"),
        ("POSTING_GRANTED", "root.li"),
        ("CLIENT_ADMITTED", "root.li"),
        ("POSTING_GRANTED", "root.li"),
    ]


def test_an_enterprise_is_registered_once_and_what_is_wrong_with_it_is_told(admit: Run) -> None:
    line = firm(RIVAL, "trader", "--credit", "advanced", "--json")
    assert admitted(admit(*line))["enterprise"] == RIVAL.scc

    again = admit(*line)
    nowhere = admit(*firm(AGENT, "broker", "--json", home="0999"))
    flawed = Party(scc="91110113FAKE0007X0", code="12", name=" ")
    wrong = admit(*firm(flawed, "broker", "--json"))
    of_no_kind = admit(*firm(AGENT, "smuggler"))
    told = admit(*firm(flawed, "broker"))

    assert refused(again) == [("PAR-002", "")]
    assert refused(nowhere) == [("PAR-004", "--home-office")]
    assert refused(wrong) == [
        ("PAR-001", "CREDIT_CODE"),
        ("PAR-003", "--customs-code"),
        ("PAR-005", "--name-zh"),
    ]
    assert of_no_kind.returncode == 2
    assert told.returncode == 1
    assert "PAR-001 CREDIT_CODE  91110113FAKE0007X0 is no unified" in told.stderr
    assert "→ Copy it from the business licence." in told.stderr


def test_a_mandate_is_given_once_and_only_to_a_broker(admit: Run) -> None:
    for line in (firm(TRADER, "trader"), firm(BROKER, "broker")):
        assert admit(*line).returncode == 0
    trader, broker = str(TRADER.scc), str(BROKER.scc)
    line = ("mandate", trader, broker, "--flow", "import", "--chapters", "90, 84", "--json")

    assert admitted(admit(*line, "--until", NEXT_YEAR))["broker"] == broker

    again = admit(*line, "--until", NEXT_YEAR)
    over = admit("mandate", broker, trader, "--until", "2020-01-01", "--chapters", "8", "--json")
    unknown = admit("mandate", trader, "91110113FAKE00099", "--until", NEXT_YEAR, "--json")
    no_day = admit(*line, "--until", "tomorrow")

    assert refused(again) == [("PAR-025", "")]
    assert refused(over) == [
        ("PAR-021", "BROKER"),
        ("PAR-020", "--until"),
        ("PAR-022", "--chapters"),
    ]
    assert refused(unknown) == [("PAR-006", "BROKER")]
    assert no_day.returncode == 2


def test_a_person_is_admitted_once_with_a_password_that_nobody_guesses(admit: Run) -> None:
    line = ("person", "wu.jing", "--name-zh", "吴静", "--home-office", "0202")
    roles = ("--role", "inspector@0202", "--role", "REVIEWER@02")
    read = (*line, *roles, "--password-stdin", "--json")

    weak = admit(*read, text="wu.jing\n")
    row = admitted(admit(*read, text=PASSWORD + "\n"))
    again = admit(*read, text=PASSWORD + "\n")
    both = admit(*read, "--make-password", text=PASSWORD)
    no_terminal = admit(*line, *roles)

    assert refused(weak) == [("ACC-005", "")]
    assert (row["account"], "password" in row) == ("wu.jing", False)
    assert refused(again) == [("ACC-002", "NAME")]
    assert (both.returncode, no_terminal.returncode) == (2, 2)
    assert "--make-password" in no_terminal.stderr


def test_a_role_is_held_at_a_place_of_its_own_sort_and_all_that_are_not_are_told(
    admit: Run,
) -> None:
    no_place = ("GATE", "TRADER")
    wrong_sort = ("GATE@0202", "REVIEWER@0202-01", "TRADER@0202", "ADMINISTRATOR@0202")
    nowhere = ("INSPECTOR@0999", "BROKER@91110113FAKE00099")

    def probe(*roles: str) -> list[str]:
        asked = [word for role in roles for word in ("--role", role)]
        return [*asked, "--json"]

    software = ("software", "probe", "--label", "探")
    person = ("person", "probe", "--name-zh", "探", "--make-password")
    misplaced = [("ACC-006", "--role")] * 6
    assert refused(admit(*software, *probe(*no_place, *wrong_sort))) == misplaced
    assert refused(admit(*person, *probe(*no_place, *wrong_sort))) == misplaced
    assert refused(admit(*person, *probe(*nowhere))) == [("CLI-002", "--role")] * 2


def test_nobody_is_admitted_for_an_enterprise_as_what_it_is_not(admit: Run) -> None:
    bank = Party(scc=credit_code("91120116FAKE00091"), code="", name="示例银行")
    broker = Party(scc=credit_code("91120116FAKE00092"), code="1207900092", name="示例报关")
    unbound = ("--name-zh", str(bank.name), "--home-office", "0117", "--json")
    assert admit("enterprise", str(bank.scc), "--kind", "bank", *unbound).returncode == 0
    assert admit(*firm(broker, "broker")).returncode == 0

    def person(name: str, *roles: str) -> Result:
        asked = [word for role in roles for word in ("--role", role)]
        return admit("person", name, "--name-zh", "任", *asked, "--make-password", "--json")

    wrong = (f"TRADER@{bank.scc}", f"BROKER@{bank.scc}", f"CARRIER@{broker.scc}")
    assert refused(person("ren.yi", *wrong)) == [("ACC-013", "--role")] * 3
    assert admitted(person("ren.er", f"BANK@{bank.scc}"))["account"] == "ren.er"
    own_goods_too = (f"BROKER@{broker.scc}", f"TRADER@{broker.scc}")
    assert admitted(person("ren.san", *own_goods_too))["account"] == "ren.san"


def test_what_is_no_role_or_no_office_of_an_officer_is_told(admit: Run) -> None:
    line = ("person", "probe", "--name-zh", "探", "--make-password", "--json")

    no_role = admit(*line, "--role", "EMPEROR")
    never = admit(*line, "--role", "SYSTEM")
    nowhere = admit(*line, "--role", "REVIEWER", "--home-office", "0999")

    assert (no_role.returncode, never.returncode) == (2, 2)
    assert "“EMPEROR” is no role. There are: TRADER, BROKER," in no_role.stderr
    assert refused(nowhere) == [("ACC-007", "--home-office")]


def test_what_is_too_long_or_no_address_is_a_wrong_command_line(admit: Run) -> None:
    line = ("person", "zhang.san", "--role", "REVIEWER", "--make-password", "--json")

    long = admit(*line, "--name-zh", "长" * 61)
    address = admit(*line, "--name-zh", "张三", "--email", "nonsense")
    fits = admit(*line, "--name-zh", "长" * 60, "--name-en", "l" * 100, "--email", "z@example.cn")

    assert (long.returncode, address.returncode) == (2, 2)
    assert "--name-zh': It has 61 signs; 60 can be kept." in long.stderr
    assert "--email': “nonsense” is no e-mail address." in address.stderr
    assert admitted(fits)["account"] == "zhang.san"


def test_software_is_admitted_once_and_its_secret_told_once(admit: Run) -> None:
    line = ("software", "gate-erp", "--label", "卡口", "--role", "GATE@0202-01")

    told, again = admit(*line), admit(*line, "--json")

    assert told.returncode == 0
    assert "gate-erp is admitted as gate operator 0202-01." in told.stdout
    assert "client_secret: " in told.stdout
    assert refused(again) == [("ACC-002", "NAME")]


def test_a_bank_is_registered_with_an_ed25519_key_in_either_form(
    admit: Run, tmp_path: Path
) -> None:
    public = Ed25519PrivateKey.generate().public_key()
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    of_another_kind = X25519PrivateKey.generate().public_key()
    other = of_another_kind.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    another = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    keys = {"raw": raw, "pem": pem, "other": other, "short": b"12", "another": another}
    for name, data in keys.items():
        (tmp_path / name).write_bytes(data)

    def bank(key: str) -> Result:
        return admit("bank", "示例银行", "--key", str(tmp_path / key), "--json")

    assert admitted(bank("pem")) == admitted(bank("raw")) == {"bank": "示例银行", "key": raw.hex()}
    assert refused(bank("another")) == [("REV-020", "")]
    assert refused(bank("other")) == refused(bank("short")) == [("REV-021", "")]


def test_an_agency_and_a_guarantee_belong_to_an_enterprise_that_is_registered(admit: Run) -> None:
    lines = Party(scc="91120116FAKE00048K", code="1207900004", name="天津样例贸易有限公司")
    assert admit(*firm(lines, "trader")).returncode == 0
    days = ("--from", "2026-01-01", "--until", NEXT_YEAR, "--json")
    secured = ("guarantee", "G-1", str(lines.scc), *days)

    assert admitted(admit("agency", "forestry", str(lines.scc), "--json"))["agency"] == "forestry"
    assert admitted(admit(*secured, "--limit", "2000000"))["limit"] == "2000000.00"

    assert refused(admit(*secured, "--limit", "3000000")) == [("REV-022", "")]
    for no_sum in ("nothing", "0", "-1", "0.005", "NaN", "1e30"):
        assert admit(*secured, "--limit", no_sum).returncode == 2
    backwards = ("--from", NEXT_YEAR, "--until", NEXT_YEAR, "--limit", "1")
    assert admit("guarantee", "G-2", str(lines.scc), *backwards).returncode == 2
    assert refused(admit("agency", "health", str(lines.scc), "--json")) == [("PER-010", "")]
    nobody = "91110113FAKE00099"
    assert refused(admit("agency", "forestry", nobody, "--json")) == [("PAR-006", "CREDIT_CODE")]


def test_only_an_administrator_admits(admit: Run) -> None:
    line = ("person", "lin.yu", "--name-zh", "林雨", "--role", "REVIEWER", "--make-password")
    assert admit(*line).returncode == 0
    software = ("software", "lin", "--label", "林", "--role", "REVIEWER", "--json")

    assert refused(admit(*software, by="lin.yu")) == [("ACC-001", "")]
    assert admit(*software, by="nobody").returncode == 2
    assert admit(*software, by=None).returncode == 2


def test_on_a_terminal_the_password_is_asked_for_twice_and_never_shown(
    administered: House,
) -> None:
    line = ("person", "he.ping", "--name-zh", "何平", "--role", "AUDITOR", "--by", "root.li")
    ours, theirs = pty.openpty()
    with processes.started(
        command("admit", *line),
        env=administered.environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = ""
        for asked, typed in (
            ("First password: ", PASSWORD),
            ("Once more: ", "something else entirely"),
            ("do not match.\r\nFirst password: ", PASSWORD),
            ("Once more: ", PASSWORD),
        ):
            shown += told_until(ours, asked)
            os.write(ours, f"{typed}\n".encode())
        shown += told_until(ours, "he.ping is admitted as auditor.")
        ended = process.wait(PATIENCE_SECONDS)

    os.close(ours)
    assert ended == 0
    assert PASSWORD not in shown
    assert "something else" not in shown


def told_until(terminal: int, words: str) -> str:
    """Return what a terminal shows, up to these words."""
    told = b""
    while words.encode() not in told:
        told += os.read(terminal, 1024)
    return told.decode()


def token_of(port: int, client_id: str, secret: str) -> str:
    """Sign in as software does."""
    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": secret,
    }
    status, answer = post(
        port, "/oauth/token", urlencode(form).encode(), kind="application/x-www-form-urlencoded"
    )
    assert status == 200, answer
    return str(answer["access_token"])


def post(
    port: int, path: str, body: bytes, token: str = "", kind: str = "application/json"
) -> tuple[int, Any]:
    """Return status and answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    headers = {"Content-Type": kind} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()
