"""Why JSON is not well formed: the words of the parsers, in words that are translated."""

from typing import Final

from tongguan.kernel.text import Phrase, _

_VALUE: Final = _("a value is expected")
_NAME: Final = _("the name of a member in double quotation marks is expected")
_COMMA: Final = _("a comma or a closing bracket is expected")
_COLON: Final = _("a colon is expected behind the name of a member")
_ESCAPE: Final = _("a backslash stands before a character that it does not go with")
_DIGITS: Final = _("four hexadecimal digits are expected behind \\u")
_HALF: Final = _("half a character is written with \\u")
_CONTROL: Final = _("a line break or a control character stands in a text")
_OPEN: Final = _("a text is not closed by a quotation mark")
_BEHIND: Final = _("something stands behind the end of the JSON")
_EARLY: Final = _("the document ends too early")
_NUMBER: Final = _("a number is not written as JSON has it")
_CHARACTER: Final = _("a character stands there that JSON does not have there")
_OTHER: Final = Phrase(_("it is not written as JSON has it"))

LAST_COMMA: Final = Phrase(_("a comma stands before a closing bracket"))

# fmt: off
REASONS: Final = {
    # Python's json, 3.11 to 3.14
    "Expecting value":                                      Phrase(_VALUE),
    "Expecting property name enclosed in double quotes":    Phrase(_NAME),
    "Expecting ',' delimiter":                              Phrase(_COMMA),
    "Expecting ':' delimiter":                              Phrase(_COLON),
    "Illegal trailing comma before end of array":           LAST_COMMA,
    "Illegal trailing comma before end of object":          LAST_COMMA,
    "Invalid \\escape":                                     Phrase(_ESCAPE),
    "Invalid \\uXXXX escape":                               Phrase(_DIGITS),
    "Invalid control character at":                         Phrase(_CONTROL),
    "Unterminated string starting at":                      Phrase(_OPEN),
    "Extra data":                                           Phrase(_BEHIND),
    # msgspec
    "expected ',' or ']'":                                  Phrase(_COMMA),
    "expected ',' or '}'":                                  Phrase(_COMMA),
    "expected ':'":                                         Phrase(_COLON),
    "expected '\"'":                                        Phrase(_NAME),
    "object keys must be strings":                          Phrase(_NAME),
    "trailing comma in object":                             LAST_COMMA,
    "trailing comma in array":                              LAST_COMMA,
    "invalid escaped character":                            Phrase(_ESCAPE),
    "invalid escape character in string":                   Phrase(_ESCAPE),
    "invalid character in unicode escape":                  Phrase(_DIGITS),
    "invalid utf-16 surrogate pair":                        Phrase(_HALF),
    "unexpected end of escaped utf-16 surrogate pair":      Phrase(_HALF),
    "unexpected end of hex escape":                         Phrase(_DIGITS),
    "invalid number":                                       Phrase(_NUMBER),
    "number out of range":                                  Phrase(_NUMBER),
    "invalid character":                                    Phrase(_CHARACTER),
    "trailing characters":                                  Phrase(_BEHIND),
    "Input data was truncated":                             Phrase(_EARLY),
}
"""What the parsers say, without the colon and the blanks at the end of it."""
# fmt: on


def json_reason(said: str) -> Phrase:
    r"""Return in our words what a parser of JSON says; general words for what is not listed.

    >>> json_reason("Invalid \\escape: ").label
    'a backslash stands before a character that it does not go with'
    """
    return REASONS.get(said.rstrip(" :"), _OTHER)
