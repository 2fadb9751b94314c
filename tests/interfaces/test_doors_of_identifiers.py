"""Whatever takes a number or code at a door reads it by its kind: API, command line, forms."""

import ast
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final, get_args, get_origin

import click
import pytest
from ninja import Schema
from pydantic.fields import FieldInfo

from tongguan.interfaces.api.application import api
from tongguan.interfaces.api.identifiers import OfKind
from tongguan.interfaces.cli.commands import SECTIONS
from tongguan.interfaces.cli.identifiers import Identifier

NAMES: Final = frozenset({
    "number", "bill", "bills", "unit", "units", "container", "site", "manifest", "office",
    "home_office", "vehicle", "voyage", "carrier", "holder", "licence", "certificate",
    "reference", "bank_reference", "currency", "credit_code", "customs_code", "scc",
    "principal", "broker", "commodity", "commodities", "port", "document", "country",
    "agreement", "nature", "levy_modes", "guarantee",
})  # fmt: skip
"""What parameters, members, options and fields that name a thing are called."""
IN_WORDS: Final = frozenset({"DepartureIn.carrier"})
"""Who carries goods, as a name."""
FORMS: Final = Path(__file__).parents[2] / "src/tongguan/interfaces/workbench"


def test_each_identifier_that_the_api_takes_is_read_by_its_kind() -> None:
    found = list(_taken_by_the_api())
    raw = {name for name, kind in found if kind is None}

    assert len(found) > 60
    assert raw == IN_WORDS


def test_each_identifier_of_a_command_is_read_by_its_kind() -> None:
    found = [one for command in _commands() for one in _taken_by_commands(command)]
    raw = {name for name, kind in found if not isinstance(kind, Identifier | _NoText)}

    assert len(found) > 20
    assert raw == set()


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.py")), ids=lambda path: path.stem)
def test_each_identifier_of_a_form_of_the_workbench_is_read_by_its_kind(path: Path) -> None:
    raw = [
        call.args[0].value
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "text"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value in NAMES
    ]

    assert raw == (["carrier"] if path.name == "cargo.py" else [])


_NoText: Final = (
    click.types.IntParamType | click.types.UUIDParameterType | click.types.BoolParamType
)
"""Numbers of rows of ours, and switches."""


def _taken_by_the_api() -> Iterator[tuple[str, OfKind | None]]:
    """Yield each text of each call that is called like an identifier, with its kind."""
    for _, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                hints = typing.get_type_hints(operation.view_func, include_extras=True)
                hints.pop("return", None)
                for name, hint in hints.items():
                    yield from _of(operation.view_func.__name__, name, hint)


def _of(owner: str, name: str, hint: Any) -> Iterator[tuple[str, OfKind | None]]:
    if isinstance(hint, type) and issubclass(hint, Schema):
        for member, info in hint.model_fields.items():
            yield from _member(hint.__name__, member, info)
    elif name in NAMES and (hint is str or get_origin(hint) is Annotated):
        yield f"{owner}.{name}", _kind(get_args(hint)[1:])


def _member(owner: str, name: str, info: FieldInfo) -> Iterator[tuple[str, OfKind | None]]:
    if name not in NAMES:
        return
    if get_origin(info.annotation) is list:
        yield f"{owner}.{name}", _kind(get_args(get_args(info.annotation)[0])[1:])
    elif info.annotation is str:
        yield f"{owner}.{name}", _kind(info.metadata)


def _kind(marks: Any) -> OfKind | None:
    return next((one for one in marks if isinstance(one, OfKind)), None)


def _commands() -> Iterator[click.Command]:
    for _title, group in SECTIONS:
        for one in group:
            module, _, attribute = one.target.partition(":")
            yield getattr(import_module(module), attribute)


def _taken_by_commands(command: click.Command) -> Iterator[tuple[str, click.ParamType[Any]]]:
    """Yield each parameter of each command that is called like an identifier, with its type."""
    for parameter in command.params:
        if parameter.name in NAMES:
            yield f"{command.name}.{parameter.name}", parameter.type
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _taken_by_commands(inner)
