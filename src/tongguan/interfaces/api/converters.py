"""How parts of an address are told apart where Django's own way does not fit."""

from django.urls.converters import StringConverter


class Slashed(StringConverter):
    """A number in which slashes may stand, with whatever blanks and ends of lines are around it.

    Django's `path` takes no end of a line, so that such an address would lead nowhere.
    """

    regex = r"(?s:.+)"
