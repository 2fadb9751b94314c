"""Criteria: profiles, random shares, the policy on the model, models; each a dated wording."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from msgspec import Struct

from tongguan.domain.risk.fields import Shape
from tongguan.kernel.text import Term, _

ALWAYS: Final = date(2014, 1, 1)
PACK: Final = 0
"""The number of the shares of the region pack, which stand behind all others."""


class Operator(Term):
    """How a condition compares a fact with its operands."""

    IS = "is", _("is one of")
    IS_NOT = "is_not", _("is none of")
    PREFIX = "prefix", _("begins with one of")
    CODES = "codes", _("lies in the code range")
    AT_LEAST = "at_least", _("is at least")
    AT_MOST = "at_most", _("is at most")
    BELOW = "below", _("is below")
    BETWEEN = "between", _("lies between")
    CONTAINS = "contains", _("contains one of")
    WATCHED = "watched", _("resembles one of")
    MISSING = "missing", _("is missing")


OPERATORS: Final = {
    Shape.CODE: (Operator.IS, Operator.IS_NOT, Operator.PREFIX, Operator.CODES, Operator.MISSING),
    Shape.SET: (Operator.IS, Operator.IS_NOT, Operator.PREFIX, Operator.CODES, Operator.MISSING),
    Shape.NAME: (Operator.WATCHED, Operator.CONTAINS, Operator.IS, Operator.MISSING),
    Shape.FLAG: (Operator.IS, Operator.MISSING),
    Shape.NUMBER: (
        Operator.AT_LEAST,
        Operator.AT_MOST,
        Operator.BELOW,
        Operator.BETWEEN,
        Operator.MISSING,
    ),
}
"""The operators that fit a field, by the shape of its facts, in the order lists offer them."""


class Condition(Struct, frozen=True, forbid_unknown_fields=True, array_like=True, gc=False):
    """One test of one field. Operands are text; numbers are written as decimals.

    A fact that is missing meets `missing` and nothing else. Of a field with several values, `is`,
    `prefix` and `codes` want one value that fits; `is_not` wants values, and none that fits.
    `codes` takes the first and the last code, shorter ones standing for all that begin with them;
    `between` takes the least and the greatest number. A flag is `yes` or `no`.
    """

    field: str
    operator: str
    operands: tuple[str, ...] = ()


class ReasonClass(Term):
    """The class of the ground of a selection, for officers and auditors; no trader is told it."""

    RANDOM = "random", _("random choice")
    DOCUMENTS = "documents", _("documents")
    GOODS = "goods", _("rule for these goods")
    SECURITY = "security", _("security")


class Treatment(Term):
    """What a selection asks for."""

    goods: bool

    # fmt: off
    DOCUMENTS =  "documents",  _("check of the documents"),   False
    EXTERNAL =   "external",   _("external examination"),      True
    SAMPLE =     "sample",     _("examination of a part"),     True
    FULL =       "full",       _("examination of all goods"),  True
    SCAN =       "scan",       _("machine scan"),             True
    WEIGH =      "weigh",      _("weighing"),                 True
    LABORATORY = "laboratory", _("sample to the laboratory"), True
    QUARANTINE = "quarantine", _("quarantine"),               True
    # fmt: on

    def _describe(self, goods: bool) -> None:
        self.goods = goods


class Place(Term):
    """Where goods are to be inspected."""

    EITHER = "either", _("at the port or at the destination")
    PORT = "port", _("at the port, before release")
    DESTINATION = "destination", _("at the destination, after release")


class Kind(Term):
    """The kinds of criteria: each is proposed by one person and approved by another."""

    PROFILE = "profile", _("profile")
    SHARE = "share", _("random share")
    POLICY = "policy", _("policy")
    MODEL = "model", _("model")


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A dated conjunction of conditions with what it asks for.

    A declaration meets it if it meets every condition over the head and if one and the same line
    meets every condition over lines. Without conditions it meets every declaration.

    Attributes:
        id, version: which profile, in which wording.
        district: named where the profile is local: it then sees only declarations that are
            declared in that district or whose goods lie there.
        place: where it wants goods inspected.
        share: part of what it meets that is selected, of 1; the rest goes by the seed of the day.
        priority: the reason with the highest is told first and says how goods are inspected.
        reason: the class of its ground, a code of `ReasonClass`.
        instruction: what the officer is to look for, in plain words.
        owner: the office that answers for it.
    """

    kind: ClassVar[Kind] = Kind.PROFILE

    id: int = 0
    version: int = 0
    name: str
    conditions: tuple[Condition, ...]
    treatment: str
    reason: str
    instruction: str = ""
    district: str = ""
    place: str = "either"
    share: Decimal = Decimal(1)
    priority: int = 0
    owner: str = ""
    valid_from: date = ALWAYS
    valid_until: date | None = None


class Hit(Struct, frozen=True, gc=False):
    """A profile that a declaration meets, and the numbers of the lines that meet it."""

    profile: Profile
    lines: tuple[int, ...]


class Share(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The part of declarations drawn at random for one treatment.

    What is left empty stands for all. Of several rows for one treatment the one that names most
    counts; of those, the one with the longest commodity prefix; of those, the latest.

    Attributes:
        id: 0 for the shares of the region pack, which stand behind all others.
        credit: class of the trader.
        office: office of declaration.
        mode: way of clearing.
        commodity: prefix of the code of one of the lines.
        share: of 1.
    """

    kind: ClassVar[Kind] = Kind.SHARE

    id: int = 0
    version: int = 0
    treatment: str
    share: Decimal
    credit: str = ""
    office: str = ""
    mode: str = ""
    commodity: str = ""
    valid_from: date = ALWAYS
    valid_until: date | None = None

    @property
    def name(self) -> str:
        """Return what it applies to, as lists show it."""
        parts = (self.treatment, self.credit, self.office, self.mode, self.commodity)
        return " ".join(filter(None, parts))


class Policy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """How the learned model is used.

    Attributes:
        review_from: score, of 1, from which papers are checked; above 1 for never.
        inspect_from: score from which goods are inspected.
        exploration: part of all declarations inspected whatever their score, so that the model
            goes on learning where it expects nothing.
        treatment: how goods are inspected that the model or exploration selects.
        budget: inspections a day that the thresholds were set for.
    """

    kind: ClassVar[Kind] = Kind.POLICY

    id: int = 0
    version: int = 0
    name: str = ""
    review_from: Decimal = Decimal(2)
    inspect_from: Decimal = Decimal(2)
    exploration: Decimal = Decimal(0)
    treatment: str = "sample"
    budget: int = 0
    valid_from: date = ALWAYS
    valid_until: date | None = None


class ModelCard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A learned model as it is put to use: what it was learned from, and how well it did.

    Attributes:
        name: what it is called in lists and in selections.
        sha256: hash of the kept bytes, which `rules.learning` reads back.
        data_sha256: hash of the rows it was learned from.
        metrics: figures of its evaluation, by name.
        importances: by feature.
        bounds: figures that, once watched ones pass them, take it out of use.
    """

    kind: ClassVar[Kind] = Kind.MODEL

    id: int = 0
    version: int = 0
    name: str
    sha256: str
    data_sha256: str
    learned_until: date
    metrics: dict[str, float] = {}
    importances: dict[str, float] = {}
    bounds: dict[str, float] = {}
    valid_from: date = ALWAYS
    valid_until: date | None = None


Criterion = Profile | Share | Policy | ModelCard


class ActiveSet(Struct, frozen=True, kw_only=True):
    """The criteria in force on a day, as of a place in the log of changes; `version` their hash.

    Attributes:
        policy, model: the ones that count, the latest; `others`: all policies and models.
    """

    day: date
    stamp: int
    version: str
    profiles: tuple[Profile, ...] = ()
    shares: tuple[Share, ...] = ()
    policy: Policy = Policy()
    model: ModelCard | None = None
    others: tuple[Policy | ModelCard, ...] = ()
