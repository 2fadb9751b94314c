"""Roles, and the person or machine that acts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongguan.kernel.text import Term, _


class Post(Term):
    """What a posting binds a role to."""

    ENTERPRISE = "enterprise", _("an enterprise")
    SITE = "site", _("a control site")
    OFFICE = "office", _("an office, a district, or neither for the whole region")
    HOUSE = "house", _("no place at all")


class Role(Term):
    """What someone may do here, and what a posting in that role is bound to."""

    post: Post

    # fmt: off
    TRADER =        "TRADER",        _("trader"),              Post.ENTERPRISE
    BROKER =        "BROKER",        _("customs broker"),      Post.ENTERPRISE
    CARRIER =       "CARRIER",       _("carrier"),             Post.ENTERPRISE
    BANK =          "BANK",          _("bank"),                Post.ENTERPRISE
    AGENCY =        "AGENCY",        _("partner agency"),      Post.ENTERPRISE
    SITE_OPERATOR = "SITE_OPERATOR", _("site operator"),       Post.SITE
    GATE =          "GATE",          _("gate operator"),       Post.SITE
    REVIEWER =      "REVIEWER",      _("reviewer"),            Post.OFFICE
    INSPECTOR =     "INSPECTOR",     _("inspector"),           Post.OFFICE
    CHIEF =         "CHIEF",         _("chief of examination"), Post.OFFICE
    REVENUE =       "REVENUE",       _("revenue officer"),     Post.OFFICE
    RISK_ANALYST =  "RISK_ANALYST",  _("risk analyst"),        Post.OFFICE
    COORDINATOR =   "COORDINATOR",   _("coordinator"),         Post.OFFICE
    AUDITOR =       "AUDITOR",       _("auditor"),             Post.OFFICE
    ADMINISTRATOR = "ADMINISTRATOR", _("administrator"),       Post.HOUSE
    ROBOT =         "ROBOT",         _("demonstration robot"), Post.HOUSE
    SYSTEM =        "SYSTEM",        _("the system itself"),   Post.HOUSE
    # fmt: on

    def _describe(self, post: Post) -> None:
        self.post = post


ENTERPRISE_ROLES: Final = frozenset(role for role in Role if role.post is Post.ENTERPRISE)
"""Roles of people who work for an enterprise."""
SITE_ROLES: Final = frozenset(role for role in Role if role.post is Post.SITE)
"""Roles of people at a control site."""
OFFICERS: Final = frozenset(role for role in Role if role.post is Post.OFFICE)
"""Roles of customs officers."""
DECLARANTS: Final = frozenset({Role.TRADER, Role.BROKER})
"""Roles that lodge declarations."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or looks, with all that the house lets them see at this moment.

    Attributes:
        name: account name; one a person for ever, written into the ledger.
        label: the name people read.
        person_id: row of the person, or None for machines.
        roles: from all postings in force.
        enterprise_ids: enterprises whose registration they may see: those they work for and, for a
            broker, its principals by mandates in force. Which declarations: `declarations.queries`.
        offices: four-digit codes that their postings cover.
        sites: control sites that they work at.
        channel: how they came: `portal`, `api`, `cli`, `system`.
        own_ids: of the enterprises, only those they work for and may declare as.
        capacity: an officer's standing as the ledger tells it: `0202`, or `0401 at 0202` for an
            officer of 0401 who is posted to 0202.
        posts: each role with each office or site where a posting gives it; empty for whoever acts
            in all his roles at all his places.
        mandates: rows of the mandates in force that the broker they work for holds.
        shown_ids: of the principals, those whose mandate also shows what others declared for them.
        signed_in: whether they proved who they are; an account named on the command line did not.
    """

    name: str
    label: str
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    enterprise_ids: frozenset[int] = frozenset()
    offices: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    channel: str = "portal"
    own_ids: frozenset[int] = frozenset()
    capacity: str = ""
    posts: frozenset[tuple[Role, str]] = frozenset()
    mandates: frozenset[int] = frozenset()
    shown_ids: frozenset[int] = frozenset()
    signed_in: bool = True

    def is_(self, *roles: Role) -> bool:
        """Return whether they act in one of these roles."""
        return not self.roles.isdisjoint(roles)

    def at(self, place: str, *roles: Role) -> bool:
        """Return whether they act in one of these roles, or in any, at an office or a site."""
        if self.posts and roles:
            return any((role, place) in self.posts for role in roles)
        here = place in self.offices or place in self.sites
        return here and (not roles or self.is_(*roles))

    @property
    def is_officer(self) -> bool:
        """Return whether they act as a customs officer."""
        return not self.roles.isdisjoint(OFFICERS)


SYSTEM: Final = Actor(
    "system", _("the system itself"), roles=frozenset({Role.SYSTEM}), channel="system"
)
"""The house itself: what follows from an event, what a timer does."""


@dataclass(frozen=True, slots=True)
class Employer:
    """An enterprise as a posting names it, made by the room that registers enterprises.

    Attributes:
        id: its row.
        code: the code it is known by.
        kind: what it is registered as.
        roles: those in which people act for it.
    """

    id: int
    code: str
    kind: Term
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class NewPosting:
    """A posting to be granted: a role at what the role is bound to.

    Attributes:
        role: what for.
        office: the office that an officer is posted to.
        district: the district whose offices an officer's posting covers; with no office and no
            district it covers every office of the region.
        site: the control site that people of a site work at.
        employer: the enterprise that people of an enterprise work for.
        valid_until: when it ends by itself.
    """

    role: Role
    office: str = ""
    district: str = ""
    site: str = ""
    employer: Employer | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duties:
    """Who an account is, and what its postings in force say.

    Attributes:
        name: account name.
        label: the name people read.
        person_id: row of the person, or None for software.
        roles: of all postings.
        enterprise_ids: enterprises worked for.
        sites: control sites worked at.
        capacity: see `Actor`.
        posts: each role with the office, the district and the site that a posting names; an
            officer's that names neither office nor district covers the region.
    """

    name: str
    label: str
    person_id: int | None
    roles: frozenset[Role]
    enterprise_ids: frozenset[int]
    sites: frozenset[str]
    capacity: str
    posts: frozenset[tuple[Role, str, str, str]]


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting, as a list shows it."""

    id: int
    account: str
    role: Role
    office: str
    district: str
    site: str
    enterprise_id: int | None
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, as a list shows it."""

    id: int
    username: str
    name_zh: str
    name_en: str
    email: str
    home_office: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class ClientRow:
    """Software, as a list shows it."""

    name: str
    label: str
    admitted_at: datetime
    withdrawn_at: datetime | None
