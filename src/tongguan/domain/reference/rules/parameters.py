"""Reading the parameters of a pack: every one that the product reads is there, and readable."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from tongguan.domain.reference import problems
from tongguan.domain.reference.hours import read_hours
from tongguan.domain.reference.rules.folder import Folder, Row
from tongguan.kernel.money import Rounding
from tongguan.kernel.text import Term, _
from tongguan.kernel.time import DatedValue, Timeline


class Kind(Term):
    """What the value of a parameter has to be; the label says it to whoever writes a pack."""

    WHOLE = "whole", _("a whole number, 0 or more")
    COUNT = "count", _("a whole number, 1 or more")
    AMOUNT = "amount", _("a number, 0 or more")
    SHARE = "share", _("a share of 1, such as 0.005")
    YES_NO = "yes_no", _("yes or no")
    ROUNDING = "rounding", _("half-up-fen, half-up-yuan or down-yuan")
    WORDS = "words", _("words with spaces between, or nothing")
    RATES = "rates", _("shares of 1 with spaces between, such as 0 0.09 0.13")
    SHARES = "shares", _("pairs of code and share, such as 2:0.5 3:0")
    PREFIXES = "prefixes", _("first digits of commodity codes, 2 to 10, with spaces between")
    AMOUNTS = "amounts", _("pairs of word and number, such as sample:2 full:6")
    HOURS = "hours", _("hours of a day, such as 08:30-12:00 13:30-17:00")


# fmt: off
NEEDED: Final[Mapping[str, Kind]] = {
    "acknowledge_minutes":        Kind.WHOLE,
    "advance_export_days":        Kind.WHOLE,
    "arrival_days":               Kind.WHOLE,
    "calendar_warning_days":      Kind.WHOLE,
    "container_check_refuses":    Kind.YES_NO,
    "contract_needed":            Kind.WORDS,
    "credit_classes":             Kind.WORDS,
    "documents_most":             Kind.WHOLE,
    "fee_rounding":               Kind.ROUNDING,
    "first_decision_minutes":     Kind.WHOLE,
    "insurance_presumed":         Kind.SHARE,
    "insurance_presumed_within":  Kind.YES_NO,
    "inspection_notice_hours":    Kind.WHOLE,
    "late_declaration_days":      Kind.WHOLE,
    "late_declaration_rate":      Kind.SHARE,
    "late_declaration_threshold": Kind.AMOUNT,
    "levy_full":                  Kind.WORDS,
    "levy_shares":                Kind.SHARES,
    "levy_stated":                Kind.WORDS,
    "lines_most":                 Kind.COUNT,
    "mass_discrepancy":           Kind.SHARE,
    "mass_tolerance":             Kind.SHARE,
    "office_hours":               Kind.HOURS,
    "payment_days":               Kind.WHOLE,
    "port_bound_goods":           Kind.PREFIXES,
    "port_bound_permits":         Kind.WORDS,
    "port_distance_km":           Kind.WHOLE,
    "price_tolerance":            Kind.SHARE,
    "profile_days":               Kind.WHOLE,
    "query_days":                 Kind.WHOLE,
    "record_needed":              Kind.WORDS,
    "recovery_years":             Kind.WHOLE,
    "retire_after":               Kind.WHOLE,
    "retire_below":               Kind.SHARE,
    "signing_code_minutes":       Kind.COUNT,
    "signing_code_tries":         Kind.COUNT,
    "site_distance_km":           Kind.WHOLE,
    "sites_without_reports":      Kind.WORDS,
    "summons_days":               Kind.WHOLE,
    "supplement_days":            Kind.WHOLE,
    "surcharge_rate":             Kind.SHARE,
    "surcharge_threshold":        Kind.AMOUNT,
    "tax_rounding":               Kind.ROUNDING,
    "tax_threshold":              Kind.AMOUNT,
    "transit_declaration_days":   Kind.WHOLE,
    "transit_enquiry_days":       Kind.WHOLE,
    "transit_guarantor_days":     Kind.WHOLE,
    "transit_hours":              Kind.WHOLE,
    "transit_hours_per_100_km":   Kind.WHOLE,
    "transit_kmh_2":              Kind.COUNT,
    "transit_kmh_3":              Kind.COUNT,
    "transit_kmh_4":              Kind.COUNT,
    "transit_kmh_5":              Kind.COUNT,
    "transit_request_days":       Kind.WHOLE,
    "transport_days_before_manifest": Kind.WHOLE,
    "treatment_hours":            Kind.AMOUNTS,
    "two_step":                   Kind.YES_NO,
    "two_step_classes":           Kind.WORDS,
    "undeclared_days":            Kind.WHOLE,
    "value_rounding":             Kind.ROUNDING,
    "vat_rates":                  Kind.RATES,
    "voyage_days":                Kind.WHOLE,
}
# fmt: on
"""Parameters that the product reads, whatever the region; a test sees that none is missing."""
_PREFIX: Final = re.compile("[0-9]{2,10}")
PER_CLASS: Final = ("random_documents_", "random_goods_")
"""Shares drawn at random; one of each for every credit class in force."""
VAT_PARAMETERS: Final = ("vat_standard_rate", "vat_reduced_rate")
"""Rates of VAT that lines of the tariff name, and that loaded rows follow."""


def read_parameters(folder: Folder, *, since: date) -> dict[str, Timeline[DatedValue]]:
    """Return the parameters of all files in `parameters/`, by name.

    Args:
        folder: the pack.
        since: the region's first day; from then on each needed parameter has a value every day.
    """
    found: dict[str, Timeline[DatedValue]] = {}
    files: dict[str, str] = {}
    for file in folder.files("parameters"):
        for (name,), rows in folder.table(file, ("name", "value"), _parameter).items():
            if name in files:
                folder.note(problems.TWICE, file, file=file, name=name, other=files[name])
                continue
            files[name] = file
            found[name] = Timeline(rows, gaps=True)
    for name, first, until in _asked(found, since):
        at = f"parameters#{name}"
        if name not in found:
            folder.note(problems.PARAMETER_MISSING, at, name=name)
            continue
        hole = _hole(found[name], first, until)
        if hole is not None:
            folder.note(problems.PARAMETER_GAP, at, name=name, day=hole)
    return found


def check_read(
    folder: Folder, found: Mapping[str, Timeline[DatedValue]], named: Collection[str]
) -> None:
    """Tell each parameter that no rule reads: a wrong name would change nothing in silence.

    Args:
        folder: the pack.
        found: its parameters.
        named: those that lines of the tariff name.
    """
    classes = found.get("credit_classes")
    of_day = {credit for row in classes.rows for credit in row.value.split()} if classes else set()
    drawn = {f"{prefix}{credit}" for prefix in PER_CLASS for credit in of_day}
    for name in sorted(found.keys() - NEEDED.keys() - drawn - set(named)):
        folder.note(problems.PARAMETER_NOT_READ, f"parameters#{name}", name=name)


def _asked(
    found: Mapping[str, Timeline[DatedValue]], since: date
) -> Iterator[tuple[str, date, date | None]]:
    """Yield what has to have a value: name, from which day, until which."""
    for name in NEEDED:
        yield name, since, None
    classes = found.get("credit_classes")
    for row in classes.rows if classes is not None else ():
        for credit in row.value.split():
            for prefix in PER_CLASS:
                yield f"{prefix}{credit}", max(row.valid_from, since), row.valid_until


def _hole(timeline: Timeline[DatedValue], day: date, until: date | None) -> date | None:
    """Return the first day, from `day` to before `until`, that has no value."""
    for row in timeline.rows:
        if row.valid_from > day:
            break
        if row.valid_until is None:
            return None
        day = max(day, row.valid_until)
    return day if until is None or day < until else None


def _is_whole(value: str) -> bool:
    return value.isascii() and value.isdigit()


def _is_amount(value: str) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and number >= 0


def is_share(value: str) -> bool:
    """Return whether a value is a share of 1."""
    return _is_amount(value) and Decimal(value) <= 1


def _are_shares(value: str) -> bool:
    pairs = (word.partition(":") for word in value.split())
    return all(code and is_share(share) for code, _colon, share in pairs)


def _is_pair(value: str) -> bool:
    word, _colon, number = value.partition(":")
    return bool(word) and _is_amount(number)


def _are_hours(value: str) -> bool:
    try:
        read_hours(value)
    except ValueError:
        return False
    return True


_CHECKS: Final[Mapping[Kind, Callable[[str], bool]]] = {
    Kind.WHOLE: _is_whole,
    Kind.COUNT: lambda value: _is_whole(value) and int(value) > 0,
    Kind.AMOUNT: _is_amount,
    Kind.SHARE: is_share,
    Kind.YES_NO: frozenset({"yes", "no"}).__contains__,
    Kind.ROUNDING: frozenset(Rounding).__contains__,
    Kind.WORDS: lambda _value: True,
    Kind.RATES: lambda value: all(map(is_share, value.split())),
    Kind.SHARES: _are_shares,
    Kind.PREFIXES: lambda value: all(map(_PREFIX.fullmatch, value.split())),
    Kind.AMOUNTS: lambda value: all(map(_is_pair, value.split())),
    Kind.HOURS: _are_hours,
}


def _parameter(row: Row) -> DatedValue:
    name, value = row.needed("name"), row.words("value")
    drawn = name.startswith(PER_CLASS)
    kind = Kind.SHARE if drawn or name in VAT_PARAMETERS else NEEDED.get(name)
    if kind is not None and not _CHECKS[kind](value):
        row.note(problems.VALUE_WRONG, column="value", value=value, wanted=kind)
    return DatedValue(value, *row.dated())
