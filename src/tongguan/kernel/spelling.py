"""How people spell letters, digits, hyphens and blanks, brought to the one spelling of machines.

Only what is the same sign in another width or script is folded. Superscripts, signs in circles,
ligatures, fractions and mathematical letters are other signs: `B1²` is not `B12`. Source: Unicode
Standard, block "Halfwidth and Fullwidth Forms" and category Nd (decimal digits of all scripts);
Annex 15 (NFC) for accents that stand behind their letter; Annex 9 for the signs that turn the order
in which text is shown.
"""

import re
from functools import lru_cache
from typing import Final
from unicodedata import category, digit, name, normalize

MOST: Final = 200
"""Longer texts are no identifiers and stay as they are: to normalise them could take long."""
_INVISIBLE: Final = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
)
"""Soft hyphen, marks of direction, zero-width signs: nobody sees them."""
TURNING: Final = frozenset("\u202b\u202d\u202e\u2067")
"""Signs after which what follows may be shown in another order than it is stored in."""
BREAKS: Final = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
"""Signs that end a line or a field: a text with one of them inside is two texts."""
_BLANKS: Final = "\t \xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
EDGE: Final = _BLANKS + _INVISIBLE + "".join(BREAKS)
"""Blanks of every sort and signs that nobody sees: none of them begins or ends a text."""
EDGES: Final = frozenset(EDGE)
_DASHES: Final = frozenset("\u02d7\u2043\u207b\u208b\u2212\u2796\u2500\u2501\ufe58\ufe63\uff0d")
"""Hyphens that Unicode lists elsewhere than among dashes (category Pd)."""
_SLASHES: Final = frozenset("\u2044\u2215\u29f8\uff0f")
_WIDE: Final = frozenset(map(chr, range(0xFF01, 0xFF5F)))
_WIDER: Final = 0xFEE0
"""So far behind its ASCII sign stands a full-width one."""
_ACCENTED: Final = re.compile("[A-Za-z][\u0300-\u036f]+")
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""All signs that embed, turn or isolate a stretch of text."""
_NO_SIGN: Final = frozenset({"Cc", "Cs"})
_TAB: Final = frozenset("\t")
_LAYOUT: Final = frozenset("\t\r\n\u2028\u2029")
_UNREADABLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_RUN: Final = re.compile(" {2,}")
_PLAIN: Final = re.compile(r"[!-~]*")


def plain_signs(text: str) -> str:
    r"""Return a text as machines spell it: case and single blanks inside stay, all else is plain.

    Blanks of every sort and signs that nobody sees go from both ends; inside, blanks of every sort
    become one space and unseen signs go. Full-width forms and digits of other scripts become
    ASCII, dashes of every sort the hyphen, slashes the slash; an accent joins its letter. What must
    not be in an identifier stays, for the reader to refuse: letters of other scripts, superscripts,
    ligatures and the like, control characters, breaks of lines inside, and inside also the signs
    that turn the order in which text is shown.

    Cost: 0.1 µs for plain ASCII; linear.

    >>> plain_signs("\u202a\u3000ＣＳＱＵ\xa0305438–３\u202c\n")
    'CSQU 305438-3'
    >>> plain_signs("٣٤५"), plain_signs("ab\u202ecd\n"), plain_signs("a \t\u200b b")
    ('345', 'ab\u202ecd', 'a b')
    """
    if _PLAIN.fullmatch(text):
        return text
    text = text.strip(EDGE)
    if _PLAIN.fullmatch(text) or len(text) > MOST:
        return text
    if not text.isascii():
        text = "".join(map(_sign, text))
        text = _ACCENTED.sub(lambda found: normalize("NFC", found[0]), text).strip(EDGE)
    return _RUN.sub(" ", text.replace("\t", " "))


def narrow(text: str) -> str:
    """Return a text with full-width forms and digits of other scripts as ASCII; all else stays.

    >>> narrow("１６４４．5"), narrow("٣"), narrow("1644\u00b2")
    ('1644.5', '3', '1644²')
    """
    return text if text.isascii() else "".join(map(_narrow, text))


def without_edges(text: str) -> str:
    r"""Return a name or other words without blanks and unseen signs around them.

    >>> without_edges("\u202a\u3000Example (\u7532\uff09\u202c\n")
    'Example (\u7532\uff09'

    Cost: 0.1 µs where there are none.
    """
    return text.strip(EDGE) if text and (text[0] in EDGES or text[-1] in EDGES) else text


def unfit_sign(text: str, *, lines: bool = True) -> str:
    r"""Return the first sign that no free text may hold, or "" where there is none.

    They are control characters, halves of characters, and signs that turn the order in which text
    is shown: what a reader sees would not be what is stored. With `lines` a text may have several.

    >>> unfit_sign("a\tb\nc"), unfit_sign("a\nb", lines=False), unfit_sign("x\u202ey")
    ('', '\n', '\u202e')
    >>> unfit_sign("r\x1b[31m"), unfit_sign("\ud800")
    ('\x1b', '\ud800')

    Cost: 0.1 µs where all signs are printable.
    """
    if text.isprintable():
        return ""
    layout = _LAYOUT if lines else _TAB
    for sign in text:
        if sign.isprintable() or sign in layout:
            continue
        if sign in _BIDI or sign in BREAKS or category(sign) in _NO_SIGN:
            return sign
    return ""


def unreadable(text: str) -> str:
    r"""Return the first sign of a text that no reader sees as one; nothing where there is none.

    It ends a line, controls the screen, has no width, or turns the order in which the rest is
    shown. Names and identifiers hold none; of free texts `unfit_sign` asks less.

    >>> unreadable("Wang\u3000Fang 王芳"), unreadable("Wang\nFang"), unreadable("\u202eWang")
    ('', '\n', '\u202e')
    """
    return next((sign for sign in text if category(sign) in _UNREADABLE), "")


def described(sign: str) -> str:
    r"""Return a sign as a refusal shows it: its number, and its name where it has one.

    A whole text that cannot be an identifier is shown as it stands, and so is Chinese.

    >>> described("\u0410"), described("\n"), described("?")
    ('U+0410 CYRILLIC CAPITAL LETTER A', 'U+000A', '?')
    """
    if "!" <= sign <= "~" or "\u3400" <= sign <= "\u9fff" or len(sign) > 1:
        return sign
    return f"U+{ord(sign):04X} {name(sign, '')}".strip()


@lru_cache(4096)
def _sign(sign: str) -> str:
    if sign in _INVISIBLE and sign not in TURNING:
        return ""
    if sign in _BLANKS:
        return " "
    if category(sign) == "Pd" or sign in _DASHES:
        return "-"
    return "/" if sign in _SLASHES else _narrow(sign)


@lru_cache(4096)
def _narrow(sign: str) -> str:
    if sign in _WIDE:
        return chr(ord(sign) - _WIDER)
    return str(digit(sign)) if category(sign) == "Nd" else sign
