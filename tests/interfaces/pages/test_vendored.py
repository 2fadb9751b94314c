"""What we ship of others is what they published, and asks the internet for nothing."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from tongguan.interfaces import pages

PAGES = Path(pages.__path__[0])
VENDOR = PAGES / "static" / "vendor"
FILES = tomllib.loads((VENDOR / "vendor.toml").read_text("utf-8"))["file"]
NOTICE = Path(__file__).parents[3] / "NOTICE"


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: str(entry["file"]))
def test_a_vendored_file_is_the_one_we_took(entry: dict[str, str]) -> None:
    content = (VENDOR / entry["file"]).read_bytes()

    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_every_vendored_file_is_listed_with_version_and_licence() -> None:
    there = {file.name for file in VENDOR.iterdir()} - {"vendor.toml"}

    assert {entry["file"] for entry in FILES} == there
    assert all(entry["version"] and entry["licence"] for entry in FILES)


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: str(entry["file"]))
def test_the_notice_names_what_is_vendored(entry: dict[str, str]) -> None:
    assert f"{entry['package']} {entry['version']}" in NOTICE.read_text("utf-8")


@pytest.mark.parametrize("sheet", sorted(PAGES.rglob("*.css")), ids=lambda sheet: str(sheet.name))
def test_a_style_sheet_loads_nothing_else(sheet: Path) -> None:
    text = sheet.read_text("utf-8")

    addresses = re.findall(r"url\(\s*['\"]?([^'\")]{0,5})", text)
    assert set(addresses) <= {"data:"}
    assert "@import" not in text
    assert "@font-face" not in text


@pytest.mark.parametrize(
    "source",
    sorted([*PAGES.rglob("templates/**/*.html"), *(PAGES / "static" / "pages").glob("*.js")]),
    ids=lambda source: str(source.relative_to(PAGES)),
)
def test_a_page_names_no_other_host(source: Path) -> None:
    assert not re.search(r"""["'(]\s*(https?:)?//""", source.read_text("utf-8"))
