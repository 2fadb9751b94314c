"""From what was written, in JSON or a sheet, to a manifest: every fault with its place."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.fields import BILL, HEAD, UNIT, Field, Take, Unread
from tongguan.domain.cargo.values import Manifest, ManifestBill, ManifestFunction, ManifestUnit
from tongguan.kernel.identifiers import SEAL, container_sound, seals_listed
from tongguan.kernel.problems import MOST_TOLD, Faults, Problem
from tongguan.kernel.seals import seal_numbers
from tongguan.kernel.spelling import described, without_edges
from tongguan.kernel.strict_json import Members
from tongguan.kernel.text import Phrase, _

MOST_BILLS: Final = 10_000
MOST_UNITS: Final = 25_000
"""More than the largest ships carry: containers of one manifest, each under each of its bills."""
_MOST_PACKAGES: Final = 999_999_999
_MOST_SEALS: Final = 100
_MOST_KG: Final = Decimal(10) ** 13
_DECIMALS: Final = 6
_ONE: Final = Decimal(1)
_MOST_DIGITS: Final = 40
_PLAIN: Final = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?")
_SHOWN: Final = 60
_NAMED: Final = _("the number or code itself, as printed: “{sign}” cannot stand in it")
_LOST: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands where an earlier program could not read a sign: what it was is not known."""
_NUMBER: Final = frozenset({"number"})
_TEXTUAL: Final = (str, int)
_NUMERIC: Final = (int, Decimal)
_IN_HEAD: Final = frozenset({"bills", *(field.name for field in HEAD)})
_IN_BILL: Final = frozenset({"units", *(field.name for field in BILL)})
_IN_UNIT: Final = frozenset(field.name for field in UNIT)


def read_form(
    raw: object, faults: Faults, places: Mapping[str, str] | None = None
) -> Manifest | None:
    """Return the manifest, or None where it is at fault.

    Args:
        raw: what was written, as JSON has it: texts, numbers, lists, members by name.
        faults: takes every fault and warning found, each at its place.
        places: where a sheet has what a JSON pointer names.
    """
    form = _Form(faults, places or {})
    if not isinstance(raw, Mapping):
        form.tell(problems.UNREADABLE, "#", reason=Phrase(_("It is no JSON object.")))
        return None
    found = form.manifest(raw)
    return None if faults.refused else found


class _Form:
    """One reading; faults gather."""

    def __init__(self, faults: Faults, places: Mapping[str, str]) -> None:
        self._faults = faults
        self._places = places
        self._seals: dict[str, tuple[str, ...]] = {}
        self._seal_numbers: dict[str, frozenset[str]] = {}
        self._units_read = 0

    def tell(self, problem: Problem, pointer: str, **facts: object) -> None:
        if problem.warning and self._faults.more_warnings:
            self._faults.more_warnings += 1  # as many are kept as are told
            return
        if self._faults.full and not problem.warning:
            self._faults.more += 1  # as many are kept as are told: nobody asks for its place
            return
        place = self._places.get(pointer) or self._places.get(pointer.rpartition("/")[0])
        self._faults.append(problem.at(pointer, place=place or pointer, **facts))

    def manifest(self, raw: Mapping[str, Any]) -> Manifest:
        self._known(raw, _IN_HEAD, "#")
        written = _text(raw.get("function"))
        choices = dict(HEAD[1].choices)
        function = ManifestFunction(choices.get(written.lower(), ManifestFunction.ORIGINAL))
        original = function is ManifestFunction.ORIGINAL
        head = self._values(raw, HEAD, "#", None if original else _NUMBER)
        bills = self._bills(raw.get("bills"), only_numbers=function is ManifestFunction.DELETE)
        return Manifest(**{**head, "function": function}, bills=bills)

    def _bills(self, raw: object, *, only_numbers: bool) -> tuple[ManifestBill, ...]:
        listed = self._list(raw, "#/bills", _("bills"))
        if len(listed) > MOST_BILLS:
            self.tell(problems.TOO_LARGE, "#/bills", most=MOST_BILLS, what=Phrase(_("bills")))
            return ()
        needed = _NUMBER if only_numbers else None
        found: dict[str, ManifestBill] = {}
        for at, one in enumerate(listed):
            pointer = f"#/bills/{at}"
            if not isinstance(one, Mapping):
                self._wrong(BILL[0], pointer, one)
                continue
            self._known(one, _IN_BILL, pointer)
            values = self._values(one, BILL, pointer, needed)
            number = values["number"]
            if number and number in found:
                self.tell(problems.BILL_REPEATED, f"{pointer}/number", bill=number)
            found[number] = ManifestBill(**values, units=self._units(one.get("units"), pointer))
        return tuple(found.values())

    def _units(self, raw: object, bill: str) -> tuple[ManifestUnit, ...]:
        found: dict[str, ManifestUnit] = {}
        listed = self._list(raw, f"{bill}/units", _("containers"))
        before, self._units_read = self._units_read, self._units_read + len(listed)
        if self._units_read > MOST_UNITS:
            if before <= MOST_UNITS:
                facts = {"most": MOST_UNITS, "what": Phrase(_("containers"))}
                self.tell(problems.TOO_LARGE, f"{bill}/units", **facts)
            return ()
        for at, one in enumerate(listed):
            pointer = f"{bill}/units/{at}"
            if not isinstance(one, Mapping):
                self._wrong(UNIT[0], pointer, one)
                continue
            self._known(one, _IN_UNIT, pointer)
            values = self._values(one, UNIT, pointer, None)
            unit = values["id"]
            if unit and not container_sound(unit):
                self.tell(problems.CONTAINER_CHECK, f"{pointer}/id", unit=unit)
            if unit and unit in found:
                self.tell(problems.CONTAINER_TWICE, f"{pointer}/id", unit=unit)
            found[unit] = ManifestUnit(**values)
            self._compare(found[unit], pointer)
        return tuple(found.values())

    def _compare(self, unit: ManifestUnit, pointer: str) -> None:
        """Tell where a container of several bills has other seals than under an earlier one."""
        if not unit.id or not unit.seals:
            return
        first = self._seals.setdefault(unit.id, unit.seals)
        if first == unit.seals:
            return
        numbers = self._seal_numbers.get(unit.id)
        if numbers is None:
            numbers = self._seal_numbers[unit.id] = seal_numbers(*first)
        if numbers != seal_numbers(*unit.seals):
            facts = {"unit": unit.id, "seals": unit.seals, "first": first}
            self.tell(problems.SEALS_DIFFER, f"{pointer}/seals", **facts)

    def _values(
        self,
        raw: Mapping[str, Any],
        fields: tuple[Field, ...],
        pointer: str,
        needed: frozenset[str] | None,
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in fields:
            value = raw.get(field.name)
            if field.sure and value.__class__ is str and field.sure.fullmatch(value):
                found[field.name] = value if field.take is not Take.SEALS else (value,)
                continue
            at = f"{pointer}/{field.name}"
            if isinstance(value, Unread):
                found[field.name] = _EMPTY[field.take]
            elif _is_empty(value):
                if field.needed if needed is None else field.name in needed:
                    self.tell(problems.MISSING, at, field=field)
                found[field.name] = _EMPTY[field.take]
            else:
                found[field.name] = self._value(field, value, at)
        return found

    def _value(self, field: Field, value: object, at: str) -> object:
        read = _READERS[field.take](field, value)
        if read is None:
            self._wrong(field, at, value)
            return _EMPTY[field.take]
        return read

    def _wrong(self, field: Field, at: str, value: object) -> None:
        sign = _sign(field, value)
        wanted = Phrase(_NAMED, {"sign": sign}) if sign else Phrase(field.wanted)
        self.tell(problems.WRONG, at, field=field, value=_shown(value), wanted=wanted)

    def _list(self, raw: object, at: str, label: str) -> list[Any]:
        if raw is None or isinstance(raw, list):
            return raw or []
        wanted = Phrase(_("a list"))
        self.tell(problems.WRONG, at, field=Phrase(label), value=_shown(raw), wanted=wanted)
        return []

    def _known(self, raw: Mapping[str, Any], known: frozenset[str], pointer: str) -> None:
        if raw.keys() <= known and not (isinstance(raw, Members) and raw.doubled):
            return
        unknown = [name for name in raw if name not in known]
        self._faults.more += len(unknown[MOST_TOLD:])
        for name in unknown[:MOST_TOLD]:
            shown = _printable(name[:_SHOWN])
            self.tell(problems.UNKNOWN_FIELD, f"{pointer}/{shown}", name=shown)
        for name in raw.doubled if isinstance(raw, Members) else ():
            shown = _printable(name[:_SHOWN])
            self.tell(problems.MEMBER_TWICE, f"{pointer}/{shown}", name=shown)


def _is_empty(value: object) -> bool:
    return not value.strip() if isinstance(value, str) else value is None or value == []


def _printable(text: str) -> str:
    """Return a text as an answer can show it: what has no form in it becomes a mark."""
    return "".join(sign if sign.isprintable() else _LOST for sign in text)


def _shown(value: object) -> object:
    """Return a value as a refusal shows it, however large it is."""
    if isinstance(value, str):
        return _printable(value[:_SHOWN])
    if isinstance(value, list):
        return Phrase(_("a list"))
    if isinstance(value, Mapping):
        return Phrase(_("an object"))
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)[:_SHOWN] if isinstance(value, int | Decimal) else "null"


def _text(value: object) -> str:
    """Return a text, or a whole number as one; nothing of any other type."""
    if isinstance(value, bool) or not isinstance(value, _TEXTUAL):
        return ""
    return str(value).strip()


def _sign(field: Field, value: object) -> str:
    """Return what cannot stand in the number or code that a value was to be, as a refusal shows it.

    Of several seals the first one at fault is told.
    """
    if field.kind is None:
        return ""
    if field.take is Take.SEALS:
        written = value if isinstance(value, list) else [value]
        listed = seals_listed(*map(_text, written[:_MOST_SEALS]))
    else:
        listed = (field.kind.plain(_text(value)),)
    wrong = (field.kind.wrong(one) for one in listed if len(one) <= field.most)
    return described(found) if (found := next(filter(None, wrong), "")) else ""


def _read_text(field: Field, value: object) -> str | None:
    text = without_edges(_text(value)) if field.kind is None else field.kind.plain(_text(value))
    if len(text) > field.most:
        return None
    printable = text.isprintable() and _LOST not in text
    fits = field.form is None or field.form.fullmatch(text) is not None
    fits = fits and (field.kind is None or not field.kind.wrong(text))
    return text if text and printable and fits else None


def _read_choice(field: Field, value: object) -> str | None:
    return dict(field.choices).get(_text(value).lower())


def _read_whole(field: Field, value: object) -> int | None:  # noqa: ARG001
    found = _number(value)
    if found is None or found != found.to_integral_value():
        return None
    return int(found) if 1 <= found <= _MOST_PACKAGES else None


def _read_mass(field: Field, value: object) -> Decimal | None:  # noqa: ARG001
    mass = _number(value)
    if mass is None or not 0 < mass < _MOST_KG:
        return None
    if mass != round(mass, _DECIMALS):
        return None
    # One way to write a mass: the same manifest with other decimals is the same content.
    return mass.quantize(_ONE) if mass == mass.to_integral_value() else mass.normalize()


def _number(value: object) -> Decimal | None:
    """Return a number, or a plain decimal that was written as text; no exponent, no comma."""
    if isinstance(value, str):
        text = value.strip()
        return Decimal(text) if _PLAIN.fullmatch(text) else None
    if isinstance(value, bool) or not isinstance(value, _NUMERIC):
        return None
    found = Decimal(value)
    return found if found.is_finite() and abs(found.adjusted()) < _MOST_DIGITS else None


def _read_seals(field: Field, value: object) -> tuple[str, ...] | None:
    written = value if isinstance(value, list) else [value]
    if len(written) > _MOST_SEALS:
        return None
    if field.sure and all(one.__class__ is str and field.sure.fullmatch(one) for one in written):
        return tuple(dict.fromkeys(written))
    listed = [_text(one) for one in written]
    seals = seals_listed(*listed)
    fit = all(len(one) <= field.most and not SEAL.wrong(one) for one in seals)
    return seals if seals and fit and all(listed) else None


_READERS: Final = {
    Take.TEXT: _read_text,
    Take.CHOICE: _read_choice,
    Take.WHOLE: _read_whole,
    Take.MASS: _read_mass,
    Take.SEALS: _read_seals,
}
_EMPTY: Final[dict[Take, Any]] = {
    Take.TEXT: "",
    Take.CHOICE: "",
    Take.WHOLE: 0,
    Take.MASS: Decimal(0),
    Take.SEALS: (),
}
