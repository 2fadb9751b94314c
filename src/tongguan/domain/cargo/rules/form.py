"""From what was written, in JSON or a sheet, to a manifest: every fault with its place."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tongguan.domain.cargo import problems
from tongguan.domain.cargo.rules.fields import BILL, HEAD, UNIT, Field, Take, Words
from tongguan.domain.cargo.values import Manifest, ManifestBill, ManifestFunction, ManifestUnit
from tongguan.kernel.identifiers import SEAL, container_sound, seals_listed
from tongguan.kernel.problems import Fault, Problem
from tongguan.kernel.spelling import without_edges
from tongguan.kernel.text import _

MOST_BILLS: Final = 20_000
_MOST_PACKAGES: Final = 999_999_999
_MOST_KG: Final = Decimal(10) ** 13
_DECIMALS: Final = 6
_NUMBER: Final = frozenset({"number"})


def read_form(
    raw: object, places: Mapping[str, str] | None = None
) -> tuple[Manifest | None, tuple[Fault, ...]]:
    """Return the manifest, or None where it is at fault, and every fault and warning found.

    Args:
        raw: what was written, as JSON has it: texts, numbers, lists, members by name.
        places: where a sheet has what a JSON pointer names.
    """
    form = _Form(places or {})
    if not isinstance(raw, Mapping):
        form.tell(problems.UNREADABLE, "#", reason=Words(_("It is no JSON object.")))
        return None, tuple(form.faults)
    found = form.manifest(raw)
    refused = any(not fault.problem.warning for fault in form.faults)
    return (None if refused else found), tuple(form.faults)


class _Form:
    """One reading; faults gather."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self.faults: list[Fault] = []
        self._places = places

    def tell(self, problem: Problem, pointer: str, **facts: object) -> None:
        place = self._places.get(pointer) or self._places.get(pointer.rpartition("/")[0])
        self.faults.append(problem.at(pointer, place=place or pointer, **facts))

    def manifest(self, raw: Mapping[str, Any]) -> Manifest:
        self._known(raw, HEAD, "#", "bills")
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
            self.tell(problems.TOO_LARGE, "#/bills", most=MOST_BILLS, what=Words(_("bills")))
            return ()
        needed = _NUMBER if only_numbers else None
        found: dict[str, ManifestBill] = {}
        for at, one in enumerate(listed):
            pointer = f"#/bills/{at}"
            if not isinstance(one, Mapping):
                self._wrong(BILL[0], pointer, one)
                continue
            self._known(one, BILL, pointer, "units")
            values = self._values(one, BILL, pointer, needed)
            number = values["number"]
            if number and number in found:
                self.tell(problems.BILL_REPEATED, f"{pointer}/number", bill=number)
            found[number] = ManifestBill(**values, units=self._units(one.get("units"), pointer))
        return tuple(found.values())

    def _units(self, raw: object, bill: str) -> tuple[ManifestUnit, ...]:
        found: dict[str, ManifestUnit] = {}
        for at, one in enumerate(self._list(raw, f"{bill}/units", _("containers"))):
            pointer = f"{bill}/units/{at}"
            if not isinstance(one, Mapping):
                self._wrong(UNIT[0], pointer, one)
                continue
            self._known(one, UNIT, pointer)
            values = self._values(one, UNIT, pointer, None)
            unit = values["id"]
            if unit and not container_sound(unit):
                self.tell(problems.CONTAINER_CHECK, f"{pointer}/id", unit=unit)
            found[unit] = ManifestUnit(**values)
        return tuple(found.values())

    def _values(
        self,
        raw: Mapping[str, Any],
        fields: Sequence[Field],
        pointer: str,
        needed: frozenset[str] | None,
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in fields:
            at = f"{pointer}/{field.name}"
            value = raw.get(field.name)
            if value is None or value in ("", []):
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
        shown = str(value)[:60]
        self.tell(problems.WRONG, at, field=field, value=shown, wanted=Words(field.wanted))

    def _list(self, raw: object, at: str, label: str) -> list[Any]:
        if raw is None or isinstance(raw, list):
            return raw or []
        shown, wanted = str(raw)[:60], Words(_("a list"))
        self.tell(problems.WRONG, at, field=Words(label), value=shown, wanted=wanted)
        return []

    def _known(
        self, raw: Mapping[str, Any], fields: Sequence[Field], pointer: str, also: str = ""
    ) -> None:
        for name in raw.keys() - {field.name for field in fields} - {also}:
            self.tell(problems.UNKNOWN_FIELD, f"{pointer}/{name}", name=name)


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    # A sheet keeps whole numbers as 42.0.
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return str(int(value) if whole else value).strip()


def _read_text(field: Field, value: object) -> str | None:
    text = without_edges(_text(value)) if field.kind is None else field.kind.plain(_text(value))
    printable = text.isprintable() and len(text) <= field.most
    fits = field.form is None or field.form.fullmatch(text) is not None
    fits = fits and (field.kind is None or not field.kind.wrong(text))
    return text if text and printable and fits else None


def _read_choice(field: Field, value: object) -> str | None:
    return dict(field.choices).get(_text(value).lower())


def _read_whole(field: Field, value: object) -> int | None:  # noqa: ARG001
    text = _text(value)
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text) if 1 <= int(text) <= _MOST_PACKAGES else None


def _read_mass(field: Field, value: object) -> Decimal | None:  # noqa: ARG001
    try:
        mass = Decimal(_text(value))
    except InvalidOperation:
        return None
    exponent = mass.as_tuple().exponent
    if not isinstance(exponent, int) or not 0 < mass < _MOST_KG or -exponent > _DECIMALS:
        return None
    return mass


def _read_seals(field: Field, value: object) -> tuple[str, ...] | None:
    listed = [_text(one) for one in (value if isinstance(value, list) else [value])]
    seals = seals_listed(*listed)
    fit = all(len(one) <= field.most and not SEAL.wrong(one) for one in seals)
    return seals if fit and all(listed) else None


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
