"""The packages: built from a clean checkout, installed where nothing is, read in two languages."""

import os
import re
import socket
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.metadata import requires
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from tests.homes import environment_of, furnish
from tests.patience import PATIENCE_SECONDS
from tongguan.facilities.database import stop
from tools.processes import started

PROJECT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
LOCK = "requirements-production.lock"
IN_CHINESE, IN_ENGLISH = "通关", "Sign in"


@dataclass(frozen=True)
class Built:
    """The packages of one build."""

    wheel: Path
    source: Path
    of_source: Path
    """The wheel that the source archive gives."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build what a clean checkout gives: the files under version control and no others."""
    folder = tmp_path_factory.mktemp("checkout")
    told = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(told, cwd=PROJECT, check=True, capture_output=True).stdout
    copied = ["xargs", "-0", "cp", "--parents", "-t", str(folder)]
    subprocess.run(copied, cwd=PROJECT, input=names, check=True)
    assert not list(folder.rglob("*.mo"))
    build = [str(UV), "build", "--quiet", "--no-build-isolation", "--python", sys.executable]
    # In this order: what the first build leaves behind would be there for the second.
    subprocess.run([*build, "--out-dir", "both"], cwd=folder, check=True)
    subprocess.run([*build, "--wheel", "--out-dir", "wheel"], cwd=folder, check=True)
    return Built(
        next(folder.glob("wheel/*.whl")),
        next(folder.glob("both/*.tar.gz")),
        next(folder.glob("both/*.whl")),
    )


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment that holds what production installs, and the wheel."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    python = ["--python", str(place / "bin" / "python")]
    lock = str(PROJECT / LOCK)
    for line in (
        ["venv", "--quiet", "--python", sys.executable, str(place)],
        ["pip", "sync", "--quiet", *python, "--require-hashes", lock],
        ["pip", "install", "--quiet", *python, "--no-deps", str(built.of_source)],
    ):
        subprocess.run([str(UV), *line], check=True)
    return place


def test_the_wheel_holds_a_compiled_catalogue_beside_each_source(built: Built) -> None:
    names = ZipFile(built.wheel).namelist()
    sources = {name for name in names if name.endswith("django.po")}

    assert sources
    assert sources <= {re.sub(r"\.mo$", ".po", name) for name in names if name.endswith(".mo")}


def test_the_source_archive_gives_the_same_wheel(built: Built) -> None:
    ours, theirs = ZipFile(built.wheel), ZipFile(built.of_source)

    assert sorted(ours.namelist()) == sorted(theirs.namelist())
    with tarfile.open(built.source) as archive:
        assert not [name for name in archive.getnames() if name.endswith(".mo")]


@pytest.mark.slow
def test_what_is_installed_opens_the_demonstration_in_both_languages(
    installed: Path, opened: int, short_dir: Path
) -> None:
    assert IN_CHINESE in page(opened, "zh-hans") != page(opened, "en")
    assert IN_ENGLISH in page(opened, "en")
    assert "Playing the last 1 day of the region …" in (short_dir / "told").read_text()
    told = {language: told_in(installed, language) for language in ("zh-hans", "en")}
    assert "区域通关一体化" in told["zh-hans"]
    assert "多个关区" not in told["en"]
    refused = without_the_extra(installed, short_dir)
    assert refused.returncode == 1
    assert "HSM-002" in refused.stderr
    assert "tongguan[hsm]" in refused.stderr


def test_production_installs_what_the_product_needs_and_no_tool_of_its_makers() -> None:
    wanted, everything = locked(LOCK), locked("requirements.lock")
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = closure(project["project"]["dependencies"])

    assert needed <= wanted.keys()
    assert wanted.items() <= everything.items()
    makers = {Requirement(one).name for one in project["dependency-groups"]["dev"]}
    assert not wanted.keys() & (makers - needed)


def test_the_extra_for_an_hsm_is_locked_and_the_docs_name_all_that_it_needs() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = closure(project["project"]["optional-dependencies"]["hsm"])

    told = (PROJECT / "docs" / "operating" / "keys.md").read_text(encoding="utf-8")
    assert needed <= locked("requirements.lock").keys()
    assert f"({'|'.join(sorted(needed))})==" in told
    assert not needed & locked(LOCK).keys()


@pytest.fixture
def opened(installed: Path, short_dir: Path) -> Iterator[int]:
    """Return the port at which the installed product serves a demonstration of one day."""
    furnish(short_dir)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    line = ["demo", "--days", "1", "--still", "--port", str(port)]
    try:
        with (
            (short_dir / "told").open("w") as told_aside,
            started(
                [str(installed / "bin" / "tongguan"), *line],
                env={**environment(short_dir), "TONGGUAN_PROFILE": "demo"},
                cwd=short_dir,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=told_aside,
            ) as process,
        ):
            assert process.stdout
            assert any(f":{port}/" in told for told in process.stdout)
            yield port
    finally:
        stop(short_dir)


def environment(home: Path) -> Mapping[str, str]:
    """Return an environment in which nothing leads back to the checkout."""
    found = environment_of(home)
    return {name: found[name] for name in found if name.startswith(("PATH", "TONG", "OMP"))}


def page(port: int, language: str) -> str:
    """Return the page of the sign-in as a browser of that language gets it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    connection.request("GET", "/accounts/login/", headers={"Accept-Language": language})
    try:
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def without_the_extra(installed: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """Name a token to a product that was installed without what speaks to one."""
    named = {
        f"TONGGUAN_PKCS11_{name}": str(home / name) for name in ("MODULE", "TOKEN", "PIN_FILE")
    }
    return subprocess.run(
        [str(installed / "bin" / "tongguan"), "keys", "list"],
        env={**environment(home), "TONGGUAN_PROFILE": "demo", **named},
        check=False,
        capture_output=True,
        text=True,
    )


def told_in(installed: Path, language: str) -> str:
    """Return what the installed command line says of itself."""
    return subprocess.run(
        [str(installed / "bin" / "tongguan"), "--help"],
        env={"PATH": os.environ["PATH"], "TONGGUAN_LANG": language, "TONGGUAN_PROFILE": "demo"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def locked(name: str) -> dict[str, str]:
    """Return the versions of a lock by package."""
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([a-z0-9._-]+)(?:\[[^]]*])?==(\S+)", line) for line in lines)
    return {one[1]: one[2] for one in found if one}


def closure(names: list[str]) -> set[str]:
    """Return all packages that some packages need here, themselves included."""
    found: set[str] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        one = waiting.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        extras = one.extras or {""}
        found.add(name)
        for text in requires(one.name) or ():
            inner = Requirement(text)
            applies = inner.marker is None or any(
                inner.marker.evaluate({"extra": extra}) for extra in extras
            )
            key = re.sub(r"[-_.]+", "-", inner.name).lower()
            if applies and (key not in found or inner.extras):
                waiting.append(inner)
    return found
