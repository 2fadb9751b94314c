"""Why XML is not well formed: the parser's errors by their codes, in words that are translated."""

import re
from typing import Final

from lxml import etree

from tongguan.kernel.text import Phrase, _

_types: Final = etree.ErrorTypes
_NAMED: Final = re.compile(r"'([^']{1,40})'|Attribute (\S{1,40}) redefined")
_OTHER: Final = Phrase(_("it is not written as XML has it"))
_TAG: Final = _("a tag is not closed by “>”")
_TEXT: Final = _("a value in quotation marks is expected")
_DECLARATION: Final = _("the XML declaration is not complete")
_SPACE: Final = _("a namespace is not declared as XML has it")
_NAME: Final = _("a name is expected behind “&” or “<”")
_NUMBER: Final = _("a character is written by a number that XML does not have")
_LONG: Final = _("a name or a value is longer than is read")
_COLON: Final = _("a name holds a colon where it must not")
_INSTRUCTION: Final = _("a processing instruction is not closed by “?>”")

REASONS: Final = {
    _types.ERR_GT_REQUIRED: _TAG,
    _types.ERR_LTSLASH_REQUIRED: _TAG,
    _types.ERR_TAG_NOT_FINISHED: _("an element is not closed"),
    _types.ERR_TAG_NAME_MISMATCH: _("an element is not closed by its own name"),
    _types.ERR_EQUAL_REQUIRED: _("“=” is expected behind the name of an attribute"),
    _types.ERR_SPACE_REQUIRED: _("a blank is expected"),
    _types.ERR_ATTRIBUTE_WITHOUT_VALUE: _("an attribute has no value"),
    _types.ERR_ATTRIBUTE_NOT_FINISHED: _("the value of an attribute is not closed"),
    _types.ERR_ATTRIBUTE_NOT_STARTED: _TEXT,
    _types.ERR_STRING_NOT_STARTED: _TEXT,
    _types.ERR_STRING_NOT_CLOSED: _TEXT,
    _types.ERR_LT_IN_ATTRIBUTE: _("“<” stands in the value of an attribute"),
    _types.ERR_INVALID_CHAR: _("a character stands there that XML does not have"),
    _types.ERR_INVALID_CHARREF: _NUMBER,
    _types.ERR_INVALID_DEC_CHARREF: _NUMBER,
    _types.ERR_INVALID_HEX_CHARREF: _NUMBER,
    _types.ERR_NAME_REQUIRED: _NAME,
    _types.ERR_ENTITYREF_SEMICOL_MISSING: _("“;” is expected behind an entity"),
    _types.ERR_ENTITYREF_NO_NAME: _NAME,
    _types.ERR_CDATA_NOT_FINISHED: _("a CDATA section is not closed by “]]>”"),
    _types.ERR_MISPLACED_CDATA_END: _("“]]>” stands in a text"),
    _types.ERR_PI_NOT_STARTED: _INSTRUCTION,
    _types.ERR_PI_NOT_FINISHED: _INSTRUCTION,
    _types.ERR_XMLDECL_NOT_STARTED: _DECLARATION,
    _types.ERR_XMLDECL_NOT_FINISHED: _DECLARATION,
    _types.ERR_VERSION_MISSING: _("the XML declaration states no version"),
    _types.ERR_UNKNOWN_VERSION: _("the XML declaration states a version that is not read"),
    _types.ERR_STANDALONE_VALUE: _("“standalone” is neither yes nor no"),
    _types.ERR_ENCODING_NAME: _("the name of the encoding is not written as XML has it"),
    _types.ERR_DOCTYPE_NOT_FINISHED: _("a document type is not closed"),
    _types.ERR_NAME_TOO_LONG: _LONG,
    _types.ERR_RESOURCE_LIMIT: _LONG,
    _types.NS_ERR_XML_NAMESPACE: _SPACE,
    _types.NS_ERR_QNAME: _COLON,
    _types.NS_ERR_COLON: _COLON,
    _types.NS_ERR_EMPTY: _SPACE,
    _types.WAR_NS_URI: _SPACE,
    _types.WAR_NS_URI_RELATIVE: _SPACE,
    _types.NS_ERR_ATTRIBUTE_REDEFINED: _("an attribute stands twice in one element"),
}
NAMED: Final = {
    _types.ERR_ATTRIBUTE_REDEFINED: _("the attribute “{name}” stands twice in one element"),
    _types.ERR_UNDECLARED_ENTITY: _("the entity “{name}” is not known"),
    _types.WAR_UNDECLARED_ENTITY: _("the entity “{name}” is not known"),
}
"""Reasons that name what they are about."""


def xml_reason(code: int, said: str) -> Phrase:
    """Return in our words what the parser says; general words for a code that is not listed."""
    found = _NAMED.search(said)
    if code in NAMED and found:
        return Phrase(NAMED[code], {"name": found[1] or found[2]})
    label = REASONS.get(code)
    return Phrase(label) if label else _OTHER
