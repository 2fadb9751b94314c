"""What an operator sets, and what he is told when it is wrong."""

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from secrets import token_urlsafe

import pytest

from tongguan.settings.environment import Environment
from tongguan.settings.mail import mail_settings
from tongguan.settings.stored import stored_secret


def test_all_faults_are_told_at_once_and_reading_goes_on() -> None:
    env = Environment({"SPEED": "fast", "SECRET": "short", "MODE": "x", "OPEN": "maybe"})

    read = (
        env.text("SECRET", give="8 characters", least_length=8),
        env.words("HOSTS", give="the host names"),
        env.number("SPEED", least=1, most=9, unit="knots"),
        env.choice("MODE", among=("a", "b")),
        env.flag("OPEN", default=True),
    )
    with pytest.raises(SystemExit) as end:
        env.stop_on_faults()

    assert read == ("short", [], 1, "a", False)
    assert str(end.value).splitlines() == [
        "5 settings at fault:",
        "  SECRET has 5 characters. Give 8 characters.",
        "  HOSTS is not set. Give the host names.",
        "  SPEED is “fast”. Give 1 to 9 knots.",
        "  MODE is “x”. Give one of a, b.",
        "  OPEN is “maybe”. Give yes or no.",
    ]


def test_what_is_set_well_is_read() -> None:
    env = Environment({"SPEED": "7", "HOSTS": "a.example, b.example", "OPEN": "no", "AT": "/srv"})

    assert env.number("SPEED", least=1, most=9, unit="knots") == 7
    assert env.words("HOSTS", give="the host names") == ["a.example", "b.example"]
    assert env.flag("OPEN", default=True) is False
    assert env.path("AT", default=Path("/")) == Path("/srv")
    env.stop_on_faults()


def test_what_is_empty_counts_as_not_set() -> None:
    env = Environment({"SPEED": " ", "MODE": "", "WHO": ""})

    assert env.number("SPEED", least=1, most=9, unit="knots", default=3) == 3
    assert env.choice("MODE", among=("a", "b"), default="b") == "b"
    assert env.text("WHO", give="a name", default="all") == "all"
    assert env.words("ALL", give="names", default=["one"]) == ["one"]
    env.stop_on_faults()


def test_a_fault_found_elsewhere_is_told_too() -> None:
    env = Environment({})

    env.note("DATABASE_URL: no address.")

    with pytest.raises(SystemExit, match="1 setting at fault:\n  DATABASE_URL: no address"):
        env.stop_on_faults()


def test_a_secret_of_its_own_making_stays_and_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret_key"

    first = stored_secret(path)

    assert stored_secret(path) == first
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_production_as_documented_passes_the_deployment_checks(tmp_path: Path) -> None:
    checked = manage(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        TONGGUAN_SECRET_KEY=token_urlsafe(50),
        TONGGUAN_SECRET_KEY_BEFORE=token_urlsafe(50),
        TONGGUAN_HOSTS="clearance.example",
        TONGGUAN_MAIL="smtp://mail.example:587/?from=customs@clearance.example",
    )

    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_database_address_that_is_none_is_a_fault(tmp_path: Path) -> None:
    checked = manage(
        tmp_path,
        "check",
        TONGGUAN_SECRET_KEY=token_urlsafe(50),
        TONGGUAN_HOSTS="clearance.example",
        TONGGUAN_MAIL="none",
        DATABASE_URL="mysql://somewhere",
    )

    assert checked.returncode == 1
    assert checked.stderr.startswith("1 setting at fault:\n  DATABASE_URL: ")


def test_no_fault_repeats_a_setting_that_holds_a_secret_and_no_host_stands_for_all(
    tmp_path: Path,
) -> None:
    checked = manage(
        tmp_path,
        "check",
        TONGGUAN_SECRET_KEY="s" * 60,
        TONGGUAN_METRICS_TOKEN="ab" * 15,
        TONGGUAN_HOSTS="*",
        TONGGUAN_MAIL="smtp://customs:Geheim/x@mail.example:587/?from=a@b.example",
        DATABASE_URL="postgresql://n:Geheim@[h:5432/x",
    )

    first, *faults = checked.stderr.splitlines()
    assert (checked.returncode, first) == (1, "5 settings at fault:")
    assert {one.split()[0].rstrip(":") for one in faults} == {
        "TONGGUAN_SECRET_KEY",
        "TONGGUAN_METRICS_TOKEN",
        "TONGGUAN_HOSTS",
        "TONGGUAN_MAIL",
        "DATABASE_URL",
    }
    assert not any(told in checked.stderr for told in ("Geheim", "sss", "abab"))


def test_production_says_where_mails_go_or_that_there_are_none(tmp_path: Path) -> None:
    given = {"TONGGUAN_SECRET_KEY": token_urlsafe(50), "TONGGUAN_HOSTS": "clearance.example"}
    refused = manage(tmp_path, "check", **given)

    assert refused.returncode == 1
    assert refused.stderr.startswith("1 setting at fault:\n  TONGGUAN_MAIL is not set. Give smtp:")
    assert "or none" in refused.stderr
    assert manage(tmp_path, "check", **given, TONGGUAN_MAIL="none").returncode == 0


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("mail.example", "no address of a mail server"),
        ("http://mail.example/?from=a@b.example", "no address of a mail server"),
        ("smtp://n:secret@mail.example:587", "lacks the address that mails are from"),
        ("smtp://n:secret@mail.example/?from=customs", "lacks the address that mails are from"),
        ("smtp://mail.example/?from=a@b.example&tls=no", "from and starttls alone"),
        ("smtp://mail.example/?from=a@b.example&starttls=perhaps", "starttls is yes or no"),
        ("smtp://mail.example:99999/?from=a@b.example", "no address of a mail server"),
        ("smtp://mail.example:0/?from=a@b.example", "port is 0"),
        ("smtp://n:secret/x@mail.example:587/?from=a@b.example", "write / as %2F"),
        ("smtp://n:x?secret=y@mail.example:587/?from=a@b.example", "no address|from and starttls"),
        ("smtp://n:secret[@mail.example:587/?from=a@b.example", "no address of a mail server"),
        ("smtp://[::1/?from=a@b.example", "no address of a mail server"),
    ],
)
def test_a_mail_server_that_is_none_is_refused_and_its_password_not_told(
    tmp_path: Path, said: str, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault) as refusal:
        mail_settings(said, home=tmp_path)

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("said", "starttls", "tls"),
    [
        ("smtp://n%40e:p%2Fw@mail.example:587/?from=a@b.example", True, False),
        ("smtp://n%40e:p%2Fw@mail.example:587/?from=a@b.example&starttls=no", False, False),
        ("smtps://n%40e:p%2Fw@mail.example:465/?from=a@b.example", False, True),
        ("smtp://n%40e:p%2Fw@127.0.0.1:587/?from=a@b.example", False, False),
    ],
)
def test_passwords_of_mail_servers_travel_encrypted_unless_it_is_said_otherwise(
    tmp_path: Path, said: str, starttls: bool, tls: bool
) -> None:
    found = mail_settings(said, home=tmp_path)

    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (starttls, tls)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("n@e", "p/w")
    assert found["DEFAULT_FROM_EMAIL"] == "a@b.example"


@pytest.mark.parametrize(
    ("said", "day"),
    [("2026-12-01", date(2026, 12, 1)), ("no", None), ("", date(2020, 1, 1)), ("yes", "fault")],
)
def test_the_day_from_which_something_holds_is_read(said: str, day: object) -> None:
    env = Environment({"FROM": said})

    found = env.day_or_no("FROM", default=date(2020, 1, 1))

    if day == "fault":
        with pytest.raises(SystemExit, match="FROM is “yes”"):
            env.stop_on_faults()
    else:
        assert found == day
        env.stop_on_faults()


def manage(home: Path, *line: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "django", *line],
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tongguan.settings",
            "TONGGUAN_HOME": str(home),
            **variables,
        },
        capture_output=True,
        text=True,
    )
