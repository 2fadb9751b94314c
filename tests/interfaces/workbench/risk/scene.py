"""A risk desk at work: people, profiles in every state, declarations, what was found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.test import Client

from tests.domain.risk.learning.invented import trained
from tests.interfaces.scene import Scene, declared, lodged, play
from tongguan.domain.inspection import officers
from tongguan.domain.parties.queries import acting
from tongguan.domain.risk import approvals
from tongguan.domain.risk.active import forget
from tongguan.domain.risk.commands import record_outcome
from tongguan.domain.risk.criteria import Condition, Kind, ModelCard, Policy, Profile, Share
from tongguan.domain.risk.publication import publish
from tongguan.facilities.accounts.commands import admit_person
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.queries import duties_of_person
from tongguan.facilities.accounts.values import SYSTEM, Actor, NewPosting, Role
from tongguan.kernel.identifiers import DeclarationId
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import follow

EVERYBODY: Final = Profile(
    name="Everything declared at Xingang",
    conditions=(Condition("flow", "is", ("import",)),),
    treatment="sample",
    reason="goods",
    instruction="Count the boxes.",
    owner="0202",
)
PEOPLE: Final = {
    "analyst": NewPosting(Role.RISK_ANALYST),
    "analyst2": NewPosting(Role.RISK_ANALYST),
    "auditor": NewPosting(Role.AUDITOR),
    "inspector2": NewPosting(Role.INSPECTOR, office="0202"),
}


@dataclass(frozen=True)
class Desk:
    """The desk set up: the scene, the actors of it, declarations and the profile they met."""

    scene: Scene
    actors: dict[str, Actor]
    declarations: list[DeclarationId]
    profile: int

    def signed_in(self, name: str, tongue: str = "en") -> Client:
        """Return a client in which somebody is signed in, reading a language."""
        client = Client(headers={"accept-language": tongue})
        client.force_login(Person.objects.get(username=name))
        return client


def set_up(declarations: int = 3) -> Desk:
    """Admit everybody, put one of each in force, lodge, inspect, and let something wait."""
    forget()
    scene, now = play(), utc_now()
    actors = {name: admit(name, posting, now) for name, posting in PEOPLE.items()}
    publish(now=now - timedelta(days=1))
    publish(now=now)
    profile = in_force(actors, EVERYBODY)
    in_force(
        actors,
        Share(treatment="documents", share=Decimal("0.001"), office="0117"),
        Policy(name="No model yet", exploration=Decimal("0.0001"), budget=20),
    )
    ids = [lodged(declared(f"RISK-{place}", containers=())) for place in range(declarations)]
    for place, id_ in enumerate(ids):
        record_outcome(
            declaration_id=id_,
            treatment="sample",
            finding="QUANTITY" if not place else "",
            office="0202",
            by=SYSTEM,
            now=utc_now(),
            value_effect=Decimal(1_200) if not place else Decimal(0),
            officers=["inspector", "inspector2"],
        )
    follow(now=utc_now())
    for name in ("inspector", "inspector2"):
        by = _acting(name)
        officers.mark_present(officer=name, office="0202", present=True, by=by, now=utc_now())
    _let_wait(actors)
    return Desk(scene, actors, ids, profile)


def admit(name: str, posting: NewPosting, now: datetime) -> Actor:
    """Admit an officer and return what he may do."""
    id_ = admit_person(
        username=name,
        password="correct horse battery",
        name_zh=f"{name}员",
        name_en=name.title(),
        postings=[posting],
        password_is_own=True,
        by=SYSTEM,
        now=now,
    )
    duties = duties_of_person(id_, now=now)
    assert duties is not None
    return acting(duties, channel="portal", now=now)


def _acting(name: str) -> Actor:
    """Return what an officer who was admitted may do."""
    [person] = get_user_model().objects.filter(username=name)
    duties = duties_of_person(person.pk, now=utc_now())
    assert duties is not None
    return acting(duties, channel="portal", now=utc_now())


def in_force(actors: dict[str, Actor], *criteria: Any) -> int:
    """Let one analyst propose and the other approve; return the number of the first."""
    made = approvals.propose(criteria=criteria, by=actors["analyst"], now=utc_now())
    for kind in {one.kind for one in made}:
        ids = [one.id for one in made if one.kind is kind]
        approvals.approve(kind=kind, ids=ids, by=actors["analyst2"], now=utc_now())
    forget()
    return made[0].id


def watching(name: str, *names: str) -> Profile:
    """Return a profile that watches names of the overseas party."""
    return Profile(
        name=name,
        conditions=(Condition("overseas", "watched", names),),
        treatment="documents",
        reason="security",
    )


def _let_wait(actors: dict[str, Actor]) -> None:
    """Leave one of each for a second person, and one profile suspended, refused and ended."""
    by, other = actors["analyst"], actors["analyst2"]
    in_force(actors, watching("Watched sellers", "EXAMPLE PRECISION GMBH", "GOLDEN HARBOUR"))
    stopped = in_force(
        actors,
        Profile(
            name="Paper",
            conditions=(),
            treatment="documents",
            reason="documents",
            share=Decimal("0.001"),
        ),
    )
    now = utc_now()
    approvals.suspend(kind=Kind.PROFILE, id=stopped, why="far too many", by=other, now=now)
    waits = Profile(
        name="Wine from far away",
        conditions=(
            Condition("line.commodity", "prefix", ("2204", "2205")),
            Condition("line.origin", "is_not", ("FRA", "ITA")),
        ),
        treatment="laboratory",
        reason="goods",
        share=Decimal("0.25"),
        district="02",
    )
    approvals.propose(criteria=[waits], by=by, now=now)
    card = ModelCard(
        name="gradient boosting 1",
        sha256="",
        data_sha256="ab" * 32,
        learned_until=now.date(),
        metrics={"auc": 0.81, "precision@5%": 0.42},
        importances={"trader_90": 120.0, "line.price_ratio": 240.0},
        bounds={"score_drift": 0.25},
    )
    approvals.keep_model(content=trained().dump(), card=card, by=by, now=now)
    forget()
