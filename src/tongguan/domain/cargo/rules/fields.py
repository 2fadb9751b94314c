"""The fields of a manifest: names, words, what they take, and headings of a sheet."""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from tongguan.domain.cargo.values import ManifestFunction
from tongguan.kernel.identifiers import (
    BILL as BILL_NUMBER,
)
from tongguan.kernel.identifiers import (
    CODE,
    CONTAINER,
    ENTERPRISE,
    MANIFEST,
    OFFICE,
    SEAL,
    SITE,
    VESSEL,
    VOYAGE,
    Kind,
)
from tongguan.kernel.text import _


class Take(Enum):
    """What kind of value a field takes."""

    TEXT = "text"
    CHOICE = "choice"
    WHOLE = "whole"
    MASS = "mass"
    SEALS = "seals"


class Unread(Enum):
    """A value that was told already: nothing stands in for it, and it is not told again."""

    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: in our JSON.
        label: as people read it.
        wanted: what to give, for a remedy.
        headings: of a sheet's column, beside the name.
        take: kind of value.
        needed: whether an original has to state it.
        most: characters.
        form: what a text has to look like as a whole.
        choices: what may be written, and what it means.
        kind: the kind of identifiers it is one of, which brings it to its spelling.
        sure: what matches a text that surely is such a value as it stands.
    """

    name: str
    label: str
    wanted: str
    headings: tuple[str, ...]
    take: Take = Take.TEXT
    needed: bool = True
    most: int = 35
    form: re.Pattern[str] | None = None
    choices: tuple[tuple[str, str], ...] = ()
    kind: Kind | None = None
    sure: re.Pattern[str] | None = field(init=False, default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile what is surely taken."""
        if self.kind is not None and self.form is None:
            object.__setattr__(self, "sure", self.kind.sure(self.most))


_FUNCTIONS: Final = (
    ("original", ManifestFunction.ORIGINAL), ("9", ManifestFunction.ORIGINAL),
    ("原始", ManifestFunction.ORIGINAL),
    ("add", ManifestFunction.ADD), ("2", ManifestFunction.ADD), ("新增", ManifestFunction.ADD),
    ("delete", ManifestFunction.DELETE), ("3", ManifestFunction.DELETE),
    ("删除", ManifestFunction.DELETE),
    ("replace", ManifestFunction.REPLACE), ("5", ManifestFunction.REPLACE),
    ("变更", ManifestFunction.REPLACE),
)  # fmt: skip
_DIRECTIONS: Final = (
    ("import", "import"), ("i", "import"), ("进口", "import"),
    ("export", "export"), ("e", "export"), ("出口", "export"),
)  # fmt: skip
_UP_TO_35: Final = _("at most 35 characters")

HEAD: Final = (
    Field("number", _("manifest number"), _UP_TO_35, ("manifest", "舱单号"), kind=MANIFEST),
    Field(
        "function", _("function"), _("original, add, delete or replace"), ("报文功能",),
        Take.CHOICE, needed=False, choices=_FUNCTIONS,
    ),
    Field("flow", _("direction"), _("import or export"), ("进出口",), Take.CHOICE,
          choices=_DIRECTIONS),
    Field("mode", _("transport mode"), _("one character of the table of transport modes"),
          ("transport mode", "运输方式"), most=1, form=re.compile(r"[0-9A-Z]"), kind=CODE),
    Field("name", _("means of transport"), _UP_TO_35, ("means of transport", "运输工具名称"),
          kind=VESSEL),
    Field("voyage", _("voyage"), _("at most 32 characters"), ("航次号",), needed=False, most=32,
          kind=VOYAGE),
    Field("office", _("office of entry or exit"), _("the four digits of an office"),
          ("进出境关别",), most=4, form=re.compile(r"[0-9]{4}"), kind=OFFICE),
    Field("carrier", _("carrier"), _("a credit code or a customs code"), ("承运人",),
          needed=False, most=18, kind=ENTERPRISE),
)  # fmt: skip
BILL: Final = (
    Field("number", _("bill number"), _UP_TO_35, ("bill", "提运单号"), kind=BILL_NUMBER),
    Field("packages", _("packages"), _("a whole number of at least 1"), ("件数",), Take.WHOLE),
    Field(
        "gross", _("gross mass"),
        _("kilograms above zero: at most 6 decimals, behind a point and not a comma"),
        ("gross mass", "毛重"), Take.MASS,
    ),
    Field("consignee", _("consignee"), _("at most 150 characters"), ("收货人",), needed=False,
          most=150),
    Field("goods", _("goods"), _("at most 150 characters"), ("货名",), needed=False, most=150),
    Field("site", _("site"), _("the code of a control site"), ("监管作业场所", "监管场所"),
          needed=False, most=12, kind=SITE),
)  # fmt: skip
UNIT: Final = (
    Field("id", _("container"), _UP_TO_35, ("container", "集装箱号"), kind=CONTAINER),
    Field(
        "seals", _("seals"),
        _("seal numbers of at most 35 characters, with spaces between, 100 at the most"),
        ("封志号",), Take.SEALS, needed=False, kind=SEAL,
    ),
)  # fmt: skip
