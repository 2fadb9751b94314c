"""Names of things: row ids that sort by time, kinds of identifiers, numbers with check digits.

A kind of identifier has one spelling. Whatever comes in is brought to it by its kind before it is
kept or compared: `BILL.read(text)`. Nothing else compares identifiers.
"""

import re
import secrets
import time
from dataclasses import dataclass, field
from operator import lshift
from typing import Final, NewType
from uuid import UUID

from tongguan.kernel.spelling import described, plain_signs

DeclarationId = NewType("DeclarationId", UUID)
HoldId = NewType("HoldId", UUID)

DISTRICT_FORM: Final = re.compile(r"[0-9A-Z]{1,8}")
"""The code of a customs district, whatever the codes of its offices look like."""
_SCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SCC_PLACES: Final = 18
_SCC_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_CONTAINER_PLACES: Final = 11
_CONTAINER_VALUES: Final = {
    **{str(digit): digit for digit in range(10)},
    **dict(
        zip(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            (value for value in range(10, 40) if value % 11),
            strict=False,
        )
    ),
}


_CAPITALS: Final = {ord(small): small.upper() for small in "abcdefghijklmnopqrstuvwxyz"}
_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_WAYBILL: Final = re.compile(r"\A([0-9]{3})-([0-9]{8})(?![0-9A-Z-])")


class NotAnIdentifierError(ValueError):
    """A text that cannot be an identifier of a kind.

    Attributes:
        kind: what it was to be.
        sign: what cannot stand in it, as a refusal shows it; empty if it is too long.
    """

    def __init__(self, kind: "Kind", sign: str) -> None:
        """Take the kind and the sign."""
        super().__init__(f"{kind.name}: {sign or 'too long'}")
        self.kind = kind
        self.sign = sign


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of identifiers: how it is spelled, and what cannot be one.

    Attributes:
        name: in lower case, as parameters and fields of it are called.
        example: one in its spelling.
        signs: the signs it is made of, as in a character class.
        most: signs at the most.
        parted: signs that only part it for the eye, beside blanks; they go.
        keeps_case: whether small letters are other signs than capitals.
        keeps_blanks: whether single blanks inside belong to it.
        stand_ins: what people write where they have no number; it names nothing.
    """

    name: str
    example: str
    signs: str = "0-9A-Z"
    most: int = 35
    parted: str = ""
    keeps_case: bool = False
    keeps_blanks: bool = False
    stand_ins: frozenset[str] = frozenset()
    _form: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _wrong: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _gone: dict[int, None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile what the attributes say."""
        inside = " ?" if self.keeps_blanks else ""
        form = f"[{self.signs}](?:{inside}[{self.signs}])*"
        object.__setattr__(self, "_form", re.compile(form))
        blank = " " if self.keeps_blanks else ""
        object.__setattr__(self, "_wrong", re.compile(f"[^{blank}{self.signs}]"))
        gone = self.parted if self.keeps_blanks else f" {self.parted}"
        object.__setattr__(self, "_gone", {ord(sign): None for sign in gone})

    def sure(self, most: int) -> re.Pattern[str]:
        """Return what matches capitals and digits that surely are such an identifier as they stand.

        It is quicker than to read each; what it does not match may be one nevertheless.
        """
        others = "|".join(sorted(one for one in self.stand_ins if one.isalnum() and one.isascii()))
        return re.compile(rf"(?!(?:{others})\Z)[0-9A-Z]{{1,{most}}}")

    @property
    def pattern(self) -> str:
        """Return what its spelling looks like, as a regular expression."""
        return f"^{self._form.pattern}$"

    def plain(self, text: str) -> str:
        """Return the one spelling of a text; what cannot be an identifier stays, to be refused.

        Cost: 0.3 µs for what has the spelling already. What is far too long is not looked into.
        """
        if len(text) > _LONGEST:
            return text
        if not self._form.fullmatch(text):
            text = plain_signs(text)
            if not self.keeps_case:
                text = text.upper() if text.isascii() else text.translate(_CAPITALS)
            text = text.translate(self._gone)
        return _WAYBILL.sub(r"\1\2", text, count=1) if self is BILL and "-" in text else text

    def wrong(self, plain: str) -> str:
        """Return what cannot stand in a plain text; empty if there is nothing.

        That is its first sign that belongs to no such identifier, or its first sign where it has
        neither letter nor digit, or all of it where it only stands for a number that is not known.
        """
        found = self._wrong.search(plain)
        if found:
            return found[0]
        if plain in self.stand_ins:
            return plain
        named = not plain or plain.isalnum() or any(map(str.isalnum, plain))
        return "" if named else plain[0]

    def read(self, text: str) -> str:
        """Return the one spelling of what somebody wrote; empty for blanks alone.

        Raises:
            NotAnIdentifierError: a sign cannot stand in such an identifier, or it is too long.
        """
        plain = self.plain(text)
        sign = self.wrong(plain)
        if sign or len(plain) > self.most:
            raise NotAnIdentifierError(self, described(sign) if sign else "")
        return plain

    def sought(self, text: str) -> str:
        """Return the one spelling of what a list is asked for; empty if it cannot be one."""
        try:
            return self.read(text)
        except NotAnIdentifierError:
            return ""


_LONGEST: Final = 4_000
"""Signs of a text that may yet be spelled as an identifier, with blanks and unseen signs."""
_NONE: Final = frozenset(
    {"N/A", "N.A.", "NA", "NIL", "NONE", "NULL", "TBA", "TBC", "TBD", "TBN", "UNKNOWN", "XXX"}
)
"""What is written into a field that must not stay empty. Taken for a number, it would be one that
the first who writes it holds, and all others are refused for."""

CONTAINER: Final = Kind("container", "CSQU3054383", parted="-/.", stand_ins=_NONE)
"""Owner, serial number and check digit are painted apart on the box: blanks, hyphens and what
else parts them are no part of the number. Source: ISO 6346, clause 6.2."""
BILL: Final = Kind("bill", "XMPL20261100101", signs="0-9A-Z._/*()&#+-", stand_ins=_NONE)
"""A bill of lading, waybill or parcel number. Blanks part it for the eye, for no carrier gives
numbers that differ in blanks alone. Hyphen, slash, point and the like distinguish: carriers number
part bills by them (`ABC12-3`), and a house bill follows its master behind `*` by sea and `_` by air
(completion rules of 2019, art. 7). Only the hyphen behind the three digits of an airline parts, as
it is printed on air waybills and left out in declarations (IATA resolution 600a)."""
MANIFEST: Final = Kind("manifest", "BUGM-01", signs="0-9A-Z._/*()&#+-")
"""The number of a manifest; signs as in a bill."""
SEAL: Final = Kind(
    "seal",
    "S-10045",
    signs=f"0-9A-Z._/{_HAN}-",
    stand_ins=_NONE | {"\u65e0", "\u65e0\u5c01", "\u672a\u77e5"},
)
"""The number of a seal. Hyphen, slash and point distinguish, as makers number series by them;
blanks and commas stand between two seals, so that a list is split before it is read."""
VEHICLE: Final = Kind("vehicle", "\u6d25D12345", signs=f"0-9A-Z._/(){_HAN}", parted="-\u00b7\u2022")
"""A plate or wagon number; the point behind the letter of a Chinese plate is no part of it."""
VOYAGE: Final = Kind("voyage", "020W", signs=f"0-9A-Z._/*()&#+{_HAN}-", most=32)
"""A voyage, flight or train; hyphen, slash and point distinguish."""
VESSEL: Final = Kind(
    "vessel",
    "EXAMPLE STAR",
    signs=f"!-~\u00c0-\u024f{_HAN}\u00b7",
    most=50,
    keeps_case=True,
    keeps_blanks=True,
)
"""The name of a means of transport; case, blanks, points and hyphens do not distinguish two where
they are compared."""
LICENCE: Final = Kind(
    "licence", "26-AA-100001", signs=f"0-9A-Z._/*()&#+:\\[\\]{_HAN}〔〕【】-", most=40
)
"""The number of a licence, certificate, record or guarantee. Authorities write Chinese signs and
brackets in them; hyphens distinguish, blanks part."""
CREDIT_CODE: Final = Kind("credit_code", "91110113FAKE00013H", most=18, parted="-")
"""A unified social credit code. Source: GB 32100-2015."""
COMPANY_CODE: Final = Kind("company_code", "1201987146", most=10, parted="-")
"""A customs registration of an enterprise."""
ENTERPRISE: Final = Kind("enterprise", "91110113FAKE00013H", most=18, parted="-")
"""An enterprise, by credit code or by customs code."""
DECLARATION: Final = Kind("declaration", "020220261000012345", parted="-")
"""A customs number of a declaration; people read it in groups."""
OFFICE: Final = Kind("office", "0202", most=8)
SITE: Final = Kind("site", "0202-01", signs="0-9A-Z_-", most=12)
COMMODITY: Final = Kind("commodity", "8482102000", most=13, parted=".-/")
"""A commodity code; tariffs print it in groups with points (`8482.10.2000`)."""
CURRENCY: Final = Kind("currency", "EUR", most=3)
MEASURE: Final = Kind("measure", "035", most=3)
"""A unit of measure."""
CODE: Final = Kind("code", "DEU063", signs="0-9A-Z._/-", most=20)
"""Any other code of a table."""
PERMIT_KIND: Final = Kind("permit_kind", "v", signs="0-9A-Za-z", most=8, keeps_case=True)
"""The kind of a licence: `v` and `V` are two."""
REFERENCE: Final = Kind(
    "reference",
    "Order 2026/17",
    signs=f"!-~{_HAN}〔〕【】《》·、。",
    keeps_case=True,
    keeps_blanks=True,
)
"""A number of the sender's own: reference, contract, invoice, bank reference. It is given back as
it came, and senders' systems tell small letters from capitals; blanks inside count once."""

KINDS: Final = {
    kind.name: kind
    for kind in (
        CONTAINER, BILL, MANIFEST, SEAL, VEHICLE, VESSEL, VOYAGE, LICENCE, CREDIT_CODE,
        COMPANY_CODE, ENTERPRISE, DECLARATION, OFFICE, SITE, COMMODITY, CURRENCY, MEASURE, CODE,
        PERMIT_KIND, REFERENCE,
    )
}  # fmt: skip


def units_meant(text: str) -> tuple[str, ...]:
    """Return what a gate's question may mean, most exact first: a bill, and a container.

    >>> units_meant("csqu 305438-3"), units_meant("abc")
    (('CSQU305438-3', 'CSQU3054383'), ('ABC',))

    Raises:
        NotAnIdentifierError: it can be neither.
    """
    bill = BILL.read(text)
    box = CONTAINER.plain(text)
    return (bill,) if box == bill or CONTAINER.wrong(box) else (bill, box)


def seals_listed(*texts: str) -> tuple[str, ...]:
    """Return the seals that texts list, each once, in order; blanks and commas part them.

    What cannot be a seal stays, to be refused; so does what stands behind a hundred in one text.

    >>> seals_listed("s-1，S–1；s2 ", "s3")
    ('S-1', 'S2', 'S3')
    """
    found: dict[str, None] = {}
    for text in texts:
        parts = _BETWEEN_SEALS.split(text, _MOST_SEALS)
        rest = [parts.pop()] if len(parts) > _MOST_SEALS else []
        found.update(dict.fromkeys([*map(SEAL.plain, parts), *rest]))
    found.pop("", None)
    return tuple(found)


def containers_listed(text: str) -> tuple[str, ...]:
    """Return the containers that a text lists; blanks and commas part them.

    Where blanks part a number as well, what makes up a whole one belongs together; a line end
    parts two.

    >>> containers_listed("csqu 305438-3, CSQU3054399 XX 7")
    ('CSQU3054383', 'CSQU3054399', 'XX', '7')
    """
    listed = (_of_one_line(line) for line in _LINES.split(text))
    return tuple(one for line in listed for one in line)


def _of_one_line(text: str) -> list[str]:
    plain = (CONTAINER.plain(one) for one in _BETWEEN_SEALS.split(text))
    parts, found, at = list(filter(None, plain)), list[str](), 0
    while at < len(parts):
        whole, taken = "", 1
        for count, part in enumerate(parts[at : at + _PARTS], start=1):
            whole += part
            if len(whole) >= _CONTAINER_PLACES:
                taken = count if _CONTAINER.fullmatch(whole) else 1
                break
        found.append("".join(parts[at : at + taken]))
        at += taken
    return found


_MOST_SEALS: Final = 100
_PARTS: Final = 4
"""Into so many parts a container's number is written apart: owner, serial in two, check digit."""
_LINES: Final = re.compile("[\\n\\r\\x0b\\x0c\\x1c-\\x1e\\x85\u2028\u2029]")
_CONTAINER: Final = re.compile("[A-Z]{4}[0-9]{7}")
_BETWEEN_SEALS: Final = re.compile("[\\s,;、，；]+")


def plain_code(text: str) -> str:
    r"""Return a code in its plain form: capitals, without blanks.

    >>> plain_code(" ８４８２\u200b１０２０００"), plain_code("usd"), plain_code(" ")
    ('8482102000', 'USD', '')
    """
    return CODE.plain(text)


def plain_number(text: str) -> str:
    """Return the number of a licence or certificate in its plain form, without blanks.

    What is registered and what is declared are brought to this one form, so that they meet.

    >>> plain_number(" z2x 0０1 ")
    'Z2X001'
    """
    return LICENCE.plain(text)


def new_id() -> UUID:
    """Return an id that sorts by the moment it was made (UUID version 7, RFC 9562).

    Rows inserted together lie together in their index, and no round trip asks a sequence.
    The 12 bits after the version hold the fraction of the millisecond (method 3 of section
    6.2), so that ids a process makes one after the other sort in that order.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62
    return UUID(int=value | secrets.randbits(62))


def credit_code_sound(code: str) -> bool:
    """Return whether a unified social credit code ends in its check character.

    Source: GB 32100-2015.
    """
    if len(code) != _SCC_PLACES or any(letter not in _SCC_ALPHABET for letter in code):
        return False
    total = sum(
        _SCC_ALPHABET.index(letter) * weight
        for letter, weight in zip(code, _SCC_WEIGHTS, strict=False)
    )
    return _SCC_ALPHABET[-total % 31] == code[-1]


def credit_code(first: str) -> str:
    """Return a unified social credit code: 17 places and the check character that fits them.

    >>> credit_code("91110113FAKE00013")
    '91110113FAKE00013H'
    """
    total = sum(
        _SCC_ALPHABET.index(letter) * weight
        for letter, weight in zip(first, _SCC_WEIGHTS, strict=True)
    )
    return first + _SCC_ALPHABET[-total % 31]


def container(first: str) -> str:
    """Return a container number: four letters, six digits, and the check digit that fits them.

    >>> container("CSQU305438")
    'CSQU3054383'
    """
    total = sum(_CONTAINER_VALUES[sign] << place for place, sign in enumerate(first))
    return f"{first}{total % 11 % 10}"


def container_sound(number: str) -> bool:
    """Return whether a container number (four letters, seven digits) ends in its check digit.

    Source: ISO 6346.

    >>> container_sound("CSQU3054383")
    True
    """
    if not _CONTAINER.fullmatch(number):
        return False
    total = sum(map(lshift, map(_CONTAINER_VALUES.__getitem__, number[:-1]), range(10)))
    return bool(total % 11 % 10 == int(number[-1]))
