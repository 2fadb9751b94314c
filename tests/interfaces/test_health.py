"""Whoever runs the product asks whether it lives and is ready, and reads its figures."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings

from tests.domain.holding import held, trader
from tests.homes import environment_of
from tongguan.domain.clearance.lifecycle import HoldKind
from tongguan.facilities.announcements import failures, periodic
from tongguan.facilities.announcements.models import PeriodicJob
from tongguan.facilities.ledger.installation_keys import ensure_keys
from tongguan.facilities.ledger.installation_secret import ensure_secret
from tongguan.facilities.shared_counters import SharedCounters, read_counters
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import BEATS, Schedule, say_alive

LINE = re.compile(r"([a-z_]+)(?:\{(.*)\})? (-?[0-9.e+-]+)")
TOKEN = "a token of thirty characters.."
AWAY = """
import django; django.setup()
from django.test import Client
for path in ("/healthz", "/readyz", "/metrics"):
    answer = Client().get(path)
    print(answer.status_code, answer.content.decode())
client = Client(raise_request_exception=False)
paths = ("/api/v1/events", "/accounts/password/reset/key/2-abc-s3cret/", "/public/checkpoints")
for path in paths:
    answer = client.get(path, headers={"authorization": "Bearer abc"})
    print(answer.status_code, answer["Retry-After"], " ".join(answer.content.decode().split()))
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(HOME=tmp_path):
        yield tmp_path


def faults(client: Client, status: int) -> dict[str, str]:
    answer = client.get("/readyz", headers={"accept-language": "en"})
    told = answer.json()
    assert (answer.status_code, told["ready"]) == (status, status == 200)
    return {one["check"]: one["words"] for one in told["faults"]}


def figures(client: Client, **headers: str) -> dict[str, float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    lines = [one for one in answer.content.decode().splitlines() if not one.startswith("#")]
    found = [LINE.fullmatch(one) for one in lines]
    assert all(found), lines
    return {f"{one[1]}{{{one[2] or ''}}}": float(one[3]) for one in found if one}


def test_a_process_that_lives_says_so_to_anybody_without_asking_the_database(home: Path) -> None:
    answer = Client().get("/healthz", headers={"host": "10.1.2.3"}, secure=False)

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not answer.cookies
    assert Client().post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_node_is_ready_while_its_worker_lives_its_tables_are_current_and_keys_are_here(
    client: Client, tmp_path: Path
) -> None:
    ensure_keys()
    assert "No worker is alive" in faults(client, 503)["worker"]

    Schedule([beat for beat in BEATS if beat[1] is say_alive]).run_due(clock=utc_now)
    assert faults(client, 200) == {}

    with override_settings(KEYS_DIR=tmp_path):
        assert faults(client, 503).keys() == {"keys"}
    ensure_secret(now=utc_now())
    assert faults(client, 200) == {}
    with override_settings(SECRET_KEY="of another node, with fifty characters or more in it"):
        assert "LED-015" in faults(client, 503)["secret"]
    PeriodicJob.objects.update(at=utc_now() - timedelta(minutes=3))
    assert faults(client, 503).keys() == {"worker"}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'announcements'")
    assert "tongguan migrate" in faults(client, 503)["tables"]


def test_where_the_database_is_away_the_process_lives_and_is_not_ready(short_dir: Path) -> None:
    away = {**environment_of(short_dir), "DATABASE_URL": "postgresql://x:y@127.0.0.1:1/x"}

    done = subprocess.run(
        [sys.executable, "-c", AWAY], env=away, check=True, capture_output=True, text=True
    )

    told = done.stdout.splitlines()
    assert told[0] == "200 ok"
    [ready] = [line for line in told if line.startswith("503 {")]
    assert '"check": "database"' in ready
    assert any(line.startswith("503 ") and "{" not in line for line in told)
    calls = [line for line in told if line.startswith("503 15 ")]
    assert '"code":"WEB-008"' in calls[0]
    assert [("WEB-008" in line) for line in calls] == [True, True, True]
    assert "s3cret" not in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == done.stderr.count("Service Unavailable: /") == 5


@pytest.mark.django_db
def test_a_node_whose_disk_is_full_is_not_ready(client: Client) -> None:
    with override_settings(HOME=Path("/proc")):  # which never has room
        assert "disk" in faults(client, 503)


@pytest.mark.django_db(transaction=True)
def test_figures_tell_what_waits_and_what_failed_and_name_no_enterprise(
    client: Client, home: Path
) -> None:
    ensure_keys()
    before = figures(client)
    held(trader(), HoldKind.REVIEW)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO announcements_announcement (kind, subject, at, facts)"
            " SELECT 'Released', gen_random_uuid(), now() - interval '1 hour', '{}'"
            " FROM generate_series(1, 3)"
        )
    failures.begin(now=utc_now())
    periodic.note_failed("sign_ledger", error="OSError: no space", now=utc_now())
    client.get("/public/checkpoints.ndjson")
    client.get("/portal/", headers={"accept": "text/html"})

    after = figures(client)

    assert after['tongguan_holds_open{kind="REVIEW",turn="CUSTOMS"}'] == 1
    assert after["tongguan_events_waiting{}"] - before["tongguan_events_waiting{}"] == 3
    assert after["tongguan_events_oldest_seconds{}"] >= 3_600
    assert after["tongguan_events_failing{}"] == 1
    assert after["tongguan_events_parked{}"] == 0
    failed = {name: value for name, value in after.items() if "job_failures" in name}
    assert [("sign_ledger" in name, value) for name, value in failed.items()] == [(True, 1)]
    assert after["tongguan_worker_silent_seconds{}"] == -1
    assert after["tongguan_keys_missing{}"] == 0
    assert after['tongguan_requests_total{class="public",status="2xx"}'] == 1
    assert after['tongguan_requests_total{class="portal",status="3xx"}'] == 1
    assert after['tongguan_request_seconds_count{class="public"}'] == 1
    assert after['tongguan_request_seconds_bucket{class="public",le="+Inf"}'] == 1
    assert after['tongguan_lane_waiting{lane="gate"}'] == 0
    text = client.get("/metrics").content.decode()
    assert not re.search(r"[0-9A-Z]{18}|[\u4e00-\u9fff]", text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "10.0.0.9"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_figures_are_given_to_the_machine_itself_alone(asked: dict[str, Any], home: Path) -> None:
    answer = Client().get("/metrics", **asked)

    assert answer.status_code == 403
    assert b"tongguan_" not in answer.content


@pytest.mark.django_db
def test_where_a_token_is_set_figures_are_given_for_it_alone(client: Client, home: Path) -> None:
    with override_settings(METRICS_TOKEN=TOKEN):
        assert client.get("/metrics").status_code == 403
        for wrong in ("", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"):
            assert client.get("/metrics", headers={"authorization": wrong}).status_code == 403
        far: dict[str, Any] = {"REMOTE_ADDR": "10.0.0.9", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}
        assert client.get("/metrics", **far).status_code == 200


def test_counters_of_processes_add_up_and_outlive_them(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from tongguan.facilities.shared_counters import SharedCounters;"
        "one = SharedCounters(Path(sys.argv[1]), ['a', 'b']); one.add('a', 2); one.add('b')"
    )
    command = [sys.executable, "-c", script, str(home / "counters")]
    mine = SharedCounters(home / "counters", ["a", "b"])
    mine.add("b", 40)
    for _turn in range(2):
        subprocess.run(command, check=True, env={"PATH": os.environ["PATH"]})

    assert read_counters(home / "counters", ["a", "b"]) == {"a": 4, "b": 42}
    assert len(list((home / "counters").iterdir())) == 2
    assert (home / "counters").stat().st_mode & 0o777 == 0o700


def test_a_file_of_figures_has_its_blocks_before_it_is_written_to(home: Path) -> None:
    (home / "counters").mkdir(mode=0o700)
    with (home / "counters" / "0").open("wb") as sparse:
        sparse.truncate(16)
    SharedCounters(home / "counters", ["a", "b"])

    assert (home / "counters" / "0").stat().st_blocks > 0


def test_where_a_disk_takes_no_file_of_figures_the_process_counts_for_itself(home: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        "from tongguan.facilities.shared_counters import SharedCounters;"
        "one = SharedCounters(Path(sys.argv[1]), ['a']); one.add('a', 2); print(one.now()['a'])"
    )
    command = [sys.executable, "-c", script, str(home / "counters")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)

    assert done.stdout == "2\n"
    assert done.stderr.count("are not shared") == 1
