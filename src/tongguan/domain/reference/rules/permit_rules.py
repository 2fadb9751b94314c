"""Reading what the control letters of the tariff ask for: each letter of the list has its rule."""

from datetime import date
from typing import Final

from tongguan.domain.reference import problems
from tongguan.domain.reference.rules.folder import Folder, Row
from tongguan.domain.reference.rules.wanted import Wanted
from tongguan.domain.reference.values import (
    CodeRow,
    Codes,
    Demand,
    PermitRule,
    PermitRules,
    Tariff,
)

FILE: Final = "permit_rules.csv"
_COLUMNS: Final = (
    "letter",
    "on_import",
    "on_export",
    "agency",
    "licence_field",
    "only_modes",
    "not_modes",
)
_CONFIRMED: Final = frozenset({Demand.REFUSE, Demand.HOLD})


def read_permit_rules(folder: Folder, codes: Codes, *, since: date) -> PermitRules:
    """Return the rules, and note each letter that has none on some day.

    Args:
        folder: the pack.
        codes: its code tables.
        since: the region's first day.
    """
    letters = codes.tables["permit_documents"]
    modes = codes.tables["supervision_modes"]
    agencies = codes.tables.get("agencies", {})

    def rule(row: Row) -> PermitRule:
        letter, agency = row.needed("letter"), row.words("agency")
        row.refers(letter, letters, "codes/permit_documents.csv")
        if len(letter) > 1:
            row.note(problems.VALUE_WRONG, column="letter", value=letter, wanted=Wanted.LETTER)
        if agency:
            row.refers(agency, agencies, "codes/agencies.csv")
        for mode in (*row.split("only_modes"), *row.split("not_modes")):
            row.belongs(mode, modes, "codes/supervision_modes.csv")
        found = PermitRule(
            letter,
            row.among("on_import", Demand, Wanted.DEMAND) or Demand.NONE,
            row.among("on_export", Demand, Wanted.DEMAND) or Demand.NONE,
            agency,
            row.yes("licence_field"),
            frozenset(row.split("only_modes")),
            frozenset(row.split("not_modes")),
            *row.dated(),
        )
        if not agency and not _CONFIRMED.isdisjoint({found.on_import, found.on_export}):
            row.note(problems.AGENCY_NEEDED, letter=letter)
        return found

    rows = folder.table(FILE, _COLUMNS, rule)
    rules = {letter: dated for (letter,), dated in rows.items()}
    for letter, dated in letters.items():
        day = _first_without(rules.get(letter, ()), dated, since)
        if day is not None:
            folder.note(problems.LETTER_WITHOUT_RULE, FILE, file=FILE, letter=letter, day=day)
    return PermitRules(rules)


def check_letters(folder: Folder, tariff: Tariff, rules: PermitRules) -> None:
    """Note each tariff line of the pack with a letter that has no rule."""
    for code, rows in tariff.lines.items():
        for letters in {row.controls for row in rows}:
            unknown = "".join(letter for letter in letters if letter not in rules.rows)
            if unknown:
                at = "tariff.csv"
                facts = {"commodity": code, "letters": unknown}
                folder.note(problems.LETTER_UNKNOWN, at, file=at, **facts)


def _first_without(
    rules: tuple[PermitRule, ...], letter: tuple[CodeRow, ...], since: date
) -> date | None:
    """Return the first day, since the region's first, on which a letter has no rule."""
    for row in letter:
        day, until = max(row.valid_from, since), row.valid_until
        for rule in rules:
            if rule.valid_from <= day and (rule.valid_until is None or day < rule.valid_until):
                day = rule.valid_until or date.max
        if day < (until or date.max):
            return day
    return None
