"""Profiles, facts and selections as they travel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from tongguan.kernel.text import Term, _

Fact = str | Decimal | bool | None


class Scope(StrEnum):
    """Whether a field belongs to the whole declaration or to one line."""

    HEAD = "head"
    LINE = "line"


class Field(Term):
    """What a condition can test: code, words, and whether each line has its own."""

    scope: Scope

    # fmt: off
    FLOW =            "flow",            _("import or export"),             Scope.HEAD
    MODE =            "mode",            _("way of clearing"),              Scope.HEAD
    DECLARED =        "declared",        _("office of declaration"),        Scope.HEAD
    GOODS =           "goods",           _("office of the goods"),          Scope.HEAD
    DISTRICTS =       "districts",       _("pair of districts"),            Scope.HEAD
    TRANSPORT =       "transport",       _("transport mode"),               Scope.HEAD
    SUPERVISION =     "supervision",     _("supervision mode"),             Scope.HEAD
    DISPATCH =        "dispatch",        _("country of dispatch"),          Scope.HEAD
    DEPARTURE =       "departure",       _("port of departure"),            Scope.HEAD
    TRADER =          "trader",          _("trader"),                       Scope.HEAD
    DECLARANT =       "declarant",       _("declarant"),                    Scope.HEAD
    CREDIT =          "credit",          _("credit class of the trader"),   Scope.HEAD
    TRADER_DAYS =     "trader_days",     _("days since registration"),      Scope.HEAD
    OVERSEAS =        "overseas",        _("name of the overseas party"),   Scope.HEAD
    TOTAL_VALUE =     "total_value",     _("customs value in CNY"),         Scope.HEAD
    PAYABLE =         "payable",         _("duty and taxes in CNY"),        Scope.HEAD
    LINES =           "lines",           _("number of lines"),              Scope.HEAD
    COMMODITY =       "commodity",       _("commodity code"),               Scope.LINE
    ORIGIN =          "origin",          _("country of origin"),            Scope.LINE
    VALUE =           "value",           _("value of the line in CNY"),     Scope.LINE
    VALUE_PER_KG =    "value_per_kg",    _("value for one kg in CNY"),      Scope.LINE
    PRICE_RATIO =     "price_ratio",     _("value against what is usual"),  Scope.LINE
    RATE =            "rate",            _("duty rate"),                    Scope.LINE
    NAME =            "name",            _("name of the goods"),            Scope.LINE
    PREFERENCE =      "preference",      _("preference claimed"),           Scope.LINE
    # fmt: on

    def _describe(self, scope: Scope) -> None:
        self.scope = scope


class Operator(Term):
    """How a condition compares a field with its operand."""

    IS = "is", _("is one of")
    PREFIX = "prefix", _("begins with one of")
    AT_LEAST = "at_least", _("is at least")
    BELOW = "below", _("is below")
    WATCHED = "watched", _("resembles one of")
    MISSING = "missing", _("is missing")


class Condition(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One test of one field. Operands are text; numbers are written as decimals.

    `is` and `prefix` hold if any operand fits, `at_least` and `below` take one number, `watched`
    takes names, `missing` nothing.
    """

    field: str
    operator: str
    operands: tuple[str, ...] = ()


class ReasonClass(Term):
    """The ground of a selection as a trader may be told it."""

    RANDOM = "random", _("random choice")
    DOCUMENTS = "documents", _("documents")
    GOODS = "goods", _("rule for these goods")
    SECURITY = "security", _("security")


class Treatment(Term):
    """What a selection asks for."""

    goods: bool

    # fmt: off
    DOCUMENTS =  "documents",  _("check of the documents"),        False
    EXTERNAL =   "external",   _("external inspection"),           True
    SAMPLE =     "sample",     _("inspection of a part"),          True
    FULL =       "full",       _("inspection of all goods"),       True
    SCAN =       "scan",       _("machine scan"),                  True
    WEIGH =      "weigh",      _("weighing"),                      True
    LABORATORY = "laboratory", _("sample to the laboratory"),      True
    QUARANTINE = "quarantine", _("quarantine"),                    True
    # fmt: on

    def _describe(self, goods: bool) -> None:
        self.goods = goods


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A dated conjunction of conditions with what it asks for.

    Conditions over lines hold if one and the same line meets all of them.

    Attributes:
        id, version: which profile, in which wording.
        district: two digits where the profile is local to a district of declaration or goods.
        share: part of what it hits that is selected, of 1; the rest goes by the seed of the day.
        priority: of several inspections the highest priority says which.
        instruction: what the officer is to look for.
    """

    id: int
    version: int
    name: str
    conditions: tuple[Condition, ...]
    treatment: str
    reason: str
    instruction: str = ""
    district: str = ""
    share: Decimal = Decimal(1)
    priority: int = 0
    valid_from: date = date(2014, 1, 1)
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One declaration as profiles see it: head fields, and one mapping a line."""

    head: Mapping[str, Fact]
    lines: tuple[Mapping[str, Fact], ...]


class Reason(Struct, frozen=True, array_like=True, gc=False):
    """Why something was selected: source (`profile`, `random`, `model`), which, ground, words."""

    source: str
    ground: str
    treatment: str
    profile: int = 0
    version: int = 0
    words: str = ""
    figure: str = ""


class Selection(Struct, frozen=True, kw_only=True, gc=False):
    """What was decided on one declaration: which checks, and everything to decide it again.

    Attributes:
        documents, goods: whether papers are checked, whether goods are inspected.
        treatment: how goods are inspected, or nothing.
        reasons: all of them, as the auditor sees them.
        set_version: hash of the profiles in force; `seed_day`: whose seed was drawn with.
    """

    documents: bool
    goods: bool
    treatment: str
    reasons: tuple[Reason, ...]
    set_version: str
    seed_day: date
    model_version: str = ""
    score: float | None = None
