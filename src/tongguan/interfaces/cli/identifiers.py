"""Identifiers as commands take them: each in its one spelling by its kind, or refused."""

from typing import Any

import click
from django.utils.translation import gettext

from tongguan.kernel.identifiers import Kind, NotAnIdentifierError


class Identifier(click.ParamType[str]):
    """A number or code of a kind."""

    def __init__(self, kind: Kind, most: int | None = None) -> None:
        """Take the kind, and how many signs are kept where those are fewer than it has."""
        self.kind = kind
        self.name = kind.name
        self.most = min(most or kind.most, kind.most)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return its one spelling."""
        try:
            found = self.kind.read(str(value))
        except NotAnIdentifierError as error:
            if error.sign:
                words = gettext("{sign} cannot stand in it. Type it with Latin letters and digits.")
                self.fail(words.format(sign=error.sign), param, ctx)
            found = self.kind.plain(str(value))
        if len(found) > self.most:
            words = gettext("It has {count} signs; {most} can be kept.")
            self.fail(words.format(count=len(found), most=self.most), param, ctx)
        return found
