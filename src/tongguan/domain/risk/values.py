"""Selections, scores and their reasons as they travel; criteria stand in `criteria`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol

from msgspec import Struct

from tongguan.domain.risk.aspects import Aspect
from tongguan.domain.risk.criteria import Criterion, ReasonClass, Treatment
from tongguan.domain.risk.facts import Facts
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.text import Term, _

_ASPECTS: Final = {str(one): one.label for one in Aspect}


class Contribution(Struct, frozen=True, array_like=True, gc=False):
    """How much one aspect moved a score, up or down, on the model's own scale (log odds).

    Attributes:
        feature: code of `Aspect`.
        line: number of the line it is about.
    """

    feature: str
    amount: float
    line: int = 0

    @property
    def words(self) -> str:
        """Return the words of the aspect, to be translated; of one no longer known, its code."""
        return _ASPECTS.get(self.feature, self.feature)


class Scorer(Protocol):
    """A learned model, loaded."""

    @property
    def version(self) -> str:
        """Return the name that selections are recorded under."""

    def score(self, batch: Sequence[Facts]) -> Sequence[float]:
        """Return for each declaration how likely a finding is, from 0 to 1, in order."""

    def explain(self, facts: Facts) -> tuple[Contribution, ...]:
        """Return what moved the score of one declaration most, strongest first."""


class Model(Scorer, Protocol):
    """A learned model that says how far what it scores has moved from what it learned from."""

    def drifts(self, batch: Sequence[Facts]) -> dict[str, float]:
        """Return the stability index of the scores, under `score`, and of each feature."""


class Figure(Term):
    """What a model in use is watched by. Shares are of 1."""

    # fmt: off
    DECLARED =      "declared",          _("declarations scored")
    SCORE_DRIFT =   "score_drift",       _("drift of the scores")
    FEATURE_DRIFT = "feature_drift",     _("strongest drift of a feature")
    TREATED =       "treated",           _("treatments ended")
    BY_MODEL =      "by_model",          _("of those, selected by the model")
    BY_DRAW =       "by_draw",           _("of those, drawn at random")
    HIT_RATE =      "hit_rate",          _("hit rate of the model")
    RANDOM_RATE =   "random_rate",       _("hit rate of the random share")
    HIT_RATIO =     "hit_ratio",         _("hit rate at best, as a multiple of the random share")
    EXPECTED =      "expected",          _("share expected to be at fault")
    FOUND =         "found",             _("share found at fault")
    UNREADABLE =    "unreadable",        _("cannot be read")
    CALIBRATION =   "calibration_error", _("how far the expectation lies outside what was found")
    # fmt: on


@dataclass(frozen=True, slots=True)
class WatchRow:
    """What was seen of the model in use on one day.

    Attributes:
        card, version: which model, in which wording; `sha256` its bytes.
        figures: by code of `Figure`; what could not be told yet is left out.
        moved: the feature that has drifted most, or nothing.
        passed: codes of the figures that passed the card's bounds.
        withdrawn: whether the model was withdrawn on that ground.
    """

    day: date
    card: int
    version: int
    name: str
    sha256: str
    figures: Mapping[str, float]
    moved: str
    passed: tuple[str, ...]
    withdrawn: bool


class Source(Term):
    """Where a reason comes from."""

    PROFILE = "profile", _("profile")
    RANDOM = "random", _("random share")
    MODEL = "model", _("model")
    EXPLORATION = "exploration", _("exploration")
    CARRIED = "carried", _("carried over")


class Reason(Struct, frozen=True, array_like=True, gc=False):
    """Why something was selected, or would have been had the draw fallen otherwise.

    Attributes:
        source: code of `Source`.
        ground: code of `ReasonClass`.
        treatment, place: what it asks for, and where.
        acted: False where a profile was met but the draw spared the declaration.
        criterion, version: which criterion in which wording; 0 for shares of the region pack.
        words: what the officer is to look for; for shares and models, what was drawn or found.
        lines: numbers of the lines that met a profile.
        figure: the share drawn at, the score, or the number that it is carried over from.
    """

    source: str
    ground: str
    treatment: str
    place: str = "either"
    acted: bool = True
    criterion: int = 0
    version: int = 0
    priority: int = 0
    words: str = ""
    lines: tuple[int, ...] = ()
    figure: str = ""


class Channel(Term):
    """The way a declaration takes."""

    NONE = "none", _("not selected")
    REVIEW = "review", _("check of the documents")
    INSPECTION = "inspection", _("examination of the goods")
    BOTH = "both", _("documents and goods")


class Selection(Struct, frozen=True, kw_only=True, gc=False):
    """What was decided on one declaration: which checks, and everything to decide it again.

    Attributes:
        documents, goods: whether papers are checked, whether goods are inspected.
        treatment: how goods are inspected by the reason with the highest priority, or nothing.
        treatments: every treatment asked for.
        place: where goods are to be inspected.
        reasons: all of them, highest priority first, also those that did not act.
        key: names the declaration in every draw.
        seed_day: whose seed was drawn with.
        set_version: hash of the criteria in force.
        stamp: place in the log of changes that this set stands at.
    """

    documents: bool
    goods: bool
    treatment: str
    treatments: tuple[str, ...] = ()
    place: str = ""
    reasons: tuple[Reason, ...] = ()
    key: str = ""
    seed_day: date
    set_version: str
    stamp: int = 0
    model_version: str = ""
    score: float | None = None

    @property
    def channel(self) -> Channel:
        """Return the way the declaration takes."""
        if self.documents:
            return Channel.BOTH if self.goods else Channel.REVIEW
        return Channel.INSPECTION if self.goods else Channel.NONE


class CriterionState(Term):
    """How a wording of a criterion stands."""

    WAITING = "waiting", _("waits for approval")
    REFUSED = "refused", _("refused")
    ACTIVE = "active", _("in force")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")
    REPLACED = "replaced", _("replaced by another wording")


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One wording of a criterion as lists show it, with who stands behind it.

    Attributes:
        state: of this wording.
        since: since when it has that state.
        why: the ground given for it, where one was.
        by: who brought it into that state.
    """

    criterion: Criterion
    state: CriterionState
    since: datetime
    proposed_by: str
    decided_by: str
    why: str
    by: str
    proposed_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """One reason in words: a sentence to be translated, with its facts, and what goes with it.

    Attributes:
        ground: the class of reason.
        words: the sentence, in English; the facts fill its braces.
        instruction: what the officer is to look for, as the analyst wrote it.
        lines: numbers of the lines it is about; none: the whole declaration.
        treatment: what it asks for.
        contributions: what moved the score, for the model's reason.
    """

    ground: ReasonClass
    words: str
    facts: Mapping[str, object]
    instruction: str = ""
    lines: tuple[int, ...] = ()
    treatment: Treatment | None = None
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A selection as it was recorded, and as it comes out when it is decided again.

    Attributes:
        missing: what is no longer known, so that it could not be decided again; else nothing.
        notes: where the region pack states other shares for that day by now; no fault.
    """

    recorded: Selection
    again: Selection | None
    missing: str = ""
    notes: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Return whether both are equal in every member."""
        return self.recorded == self.again


@dataclass(frozen=True, slots=True)
class Consulted:
    """All that is known of one selection, for who may read everything.

    Attributes:
        told: every reason in words, also those that a draw spared.
        recomputed: as recorded and decided again; None where nothing was selected.
        facts: what it was decided on.
    """

    told: tuple[Told, ...]
    recomputed: Recomputed | None
    facts: Facts | None


@dataclass(frozen=True, slots=True)
class HitRate:
    """How often something found something.

    Attributes:
        name: what it was: a profile, a source, an office, an officer, a heading of goods.
        met: declarations that met it, whether treated or not.
        ended: treatments that ended.
        found: of those, with a finding.
        effect: duty and taxes more by findings, in CNY.
        share, low, high: found of ended, and its 95 per cent interval (Wilson); None without any.
    """

    name: str
    met: int
    ended: int
    found: int
    effect: Decimal
    share: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a figure has come that is told from so many on."""

    so_far: int
    wanted: int


@dataclass(frozen=True, slots=True)
class PeerRow:
    """An enterprise's inspections against those of its peers.

    Attributes:
        trader: credit code.
        peers: the group: credit class, flow, chapter of goods.
        declared, inspected: its own declarations.
        share, low, high: inspected of declared, with its 95 per cent interval (Wilson).
        others_declared, others_inspected, others_share: of the rest of the group.
        verdict: -1 inspected less than its peers, 1 more, 0 no difference that counts.
    """

    trader: str
    peers: str
    declared: int
    inspected: int
    share: Decimal
    low: Decimal
    high: Decimal
    others_declared: int
    others_inspected: int
    others_share: Decimal | None
    verdict: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What a profile would have hit.

    Attributes:
        declared: declarations of the time; `looked_at` of them were tried.
        count: would have been hit, scaled up where not all were tried.
        share: of all.
        treated, found: of those tried and hit, how many were treated then, and with a finding.
        rate, low, high: found of treated, with its 95 per cent interval (Wilson); None of none.
        hours: working hours that the treatment would have taken.
        examples: of declarations hit, latest first.
    """

    declared: int
    looked_at: int
    count: int
    share: Decimal
    treated: int
    found: int
    hours: Decimal
    examples: tuple[DeclarationId, ...]
    rate: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """One accepted declaration as it was decided on, for trials and backtests.

    Attributes:
        finding: code of what a treatment found; empty: nothing; None: not treated.
        value_effect: duty and taxes more by findings, in CNY.
        ended_at: when the last treatment ended; None: not treated.
    """

    declaration_id: DeclarationId
    at: datetime
    facts: Facts
    documents: bool
    goods: bool
    finding: str | None
    value_effect: Decimal
    ended_at: datetime | None = None
