"""What reading gives: the format, each declaration with its places and faults, and the limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tongguan.domain.declarations.values import MAX_LINES, Offices, Submission
from tongguan.kernel.problems import Fault
from tongguan.kernel.text import Term, _

MOST_SIGNS: Final = 4_000
"""So many characters one value may have: no field of any format takes more."""


class Format(Term):
    """A kind of document: its code, its words, and whether it is read here."""

    is_read: bool

    # fmt: off
    JSON =          "json",          _("declaration in JSON"),                 True
    NDJSON =        "ndjson",        _("declarations in JSON, one a line"),    True
    WCO =           "wco-dec",       _("WCO declaration"),                     True
    SINGLE_WINDOW = "decmessage",    _("single-window declaration"),           True
    WCO_ANSWER =    "wco-res",       _("answer of a customs office"),          False
    RECEIPT =       "dec-result",    _("single-window receipt"),               False
    ASYCUDA =       "asycuda",       _("ASYCUDA declaration"),                 False
    MANIFEST =      "manifest",      _("manifest"),                            False
    EDIFACT =       "edifact",       _("UN/EDIFACT message"),                  False
    SPREADSHEET =   "spreadsheet",   _("spreadsheet"),                         False
    ECOMMERCE =     "ceb",           _("e-commerce message"),                  False
    BONDED_LIST =   "inv",           _("bonded inventory"),                    False
    # fmt: on

    def _describe(self, *facts: bool) -> None:
        (self.is_read,) = facts


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one message, and one batch, may hold; counted before and while it is read.

    Attributes:
        message_bytes, batch_bytes: of one declaration, and of a document with many.
        batch: declarations of one document.
        lines: lines of goods of one declaration.
        parts: entries of all other lists of one declaration: containers, seals, licences, papers.
        depth: levels of elements, or of lists and objects.
        elements: elements and attributes, or values of JSON, of one message.
        text: characters of one value.
    """

    message_bytes: int = 16 << 20
    batch_bytes: int = 256 << 20
    batch: int = 10_000
    lines: int = MAX_LINES
    parts: int = 20_000
    depth: int = 32
    elements: int = 160_000
    text: int = MOST_SIGNS


@dataclass(frozen=True, slots=True)
class Defaults:
    """What stands in where the message is silent: the offices that an API client registered."""

    offices: Offices = field(default_factory=Offices)


class Places:
    """Where each canonical path stands in the sender's own document; found when first asked."""

    __slots__ = ("_find", "_known", "_pointers", "_root")

    def __init__(self, find: Callable[[], Mapping[str, str]], *, root: str = "") -> None:
        """Take what finds the places, and the place of the document as a whole."""
        self._find = find
        self._root = root
        self._known: Mapping[str, str] | None = None
        self._pointers: dict[str, str] | None = None

    @property
    def known(self) -> Mapping[str, str]:
        """Return every known place by its JSON pointer (`#/lines/0/origin`)."""
        if self._known is None:
            self._known = self._find()
        return self._known

    def source_path(self, pointer: str) -> str:
        """Return the place of a canonical path, or of its nearest parent that has one."""
        known = self.known
        while pointer:
            if pointer in known:
                return known[pointer]
            pointer = pointer.rpartition("/")[0]
        return self._root

    def pointer_at(self, place: str) -> str:
        """Return the canonical path of a place of the document; `#` where it has none."""
        if self._pointers is None:
            self._pointers = {}
            for pointer, known in self.known.items():
                self._pointers.setdefault(known, pointer)
        return self._pointers.get(place, "#")


class PointerPlaces(Places):
    """Places in a document that is canonical itself: the same JSON pointer, behind a prefix."""

    __slots__ = ("_prefix",)

    def __init__(self, prefix: str = "") -> None:
        """Take what leads to the declaration: nothing, an index (`/3`) or a line (`line 4 `)."""
        super().__init__(dict, root=prefix)
        self._prefix = prefix

    def source_path(self, pointer: str) -> str:
        """Return the pointer as the document has it."""
        return self._prefix + pointer.removeprefix("#")

    def pointer_at(self, place: str) -> str:
        """Return the canonical path of a place of the document."""
        return "#" + place.removeprefix(self._prefix)


@dataclass(frozen=True, slots=True)
class Read:
    """One declaration as it was read.

    Attributes:
        submission: what was read, or None where it could not be made.
        places: canonical path to place in the sender's document.
        faults: what was found at fault while reading, warnings among them.
        draft: the sender saved it only and does not lodge it yet.
        changed: the canonical paths that an amendment says it changes.
        possible: what the sender may have meant, where a value that cannot be read decides
            that; for checks alone, which tell what is wrong with each of them.
    """

    submission: Submission | None
    places: Places
    faults: tuple[Fault, ...] = ()
    draft: bool = False
    changed: tuple[str, ...] = ()
    possible: tuple[Submission, ...] = ()

    @property
    def sound(self) -> bool:
        """Return whether reading found nothing that has to be refused."""
        return self.submission is not None and all(f.problem.warning for f in self.faults)

    def source_path(self, fault: Fault) -> str:
        """Return the place of a fault in the sender's document."""
        place = fault.facts.get("place")
        return place if isinstance(place, str) else self.places.source_path(fault.pointer)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document: its format, its declarations, and faults of the document itself."""

    format: Format | None
    reads: tuple[Read, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def sound(self) -> bool:
        """Return whether every declaration was read and nothing has to be refused."""
        return (
            bool(self.reads)
            and all(read.sound for read in self.reads)
            and all(fault.problem.warning for fault in self.faults)
        )
