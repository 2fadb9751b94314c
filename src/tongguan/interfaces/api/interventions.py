"""What officers do to one declaration by hand: stop it, let it go on, revoke or refuse it."""

from django.http import HttpRequest
from ninja import Router

from tongguan.domain.coordination import commands as coordination
from tongguan.domain.review import revocations
from tongguan.facilities.accounts.rules.duties import require
from tongguan.facilities.accounts.values import Role
from tongguan.interfaces.api.declarations import seen
from tongguan.interfaces.api.identifiers import Declaration
from tongguan.interfaces.api.shapes import Done
from tongguan.interfaces.api.taken import RevocationIn, WordsIn
from tongguan.interfaces.api.who import caller
from tongguan.kernel.time import utc_now

router = Router()


@router.post("/{number}/instruction", response=Done, summary="Stop by hand")
def stop(request: HttpRequest, number: Declaration, sent: WordsIn) -> Done:
    """Stop a declaration, with the reason; two officers have to lift it again."""
    by = caller(request)
    require(by, Role.COORDINATOR)
    id_ = seen(number, by).id
    coordination.stop(declaration_id=id_, reason=sent.text, by=by, now=utc_now())
    return Done()


@router.post("/{number}/instruction/lift", response=Done, summary="Lift what stopped it")
def lift(request: HttpRequest, number: Declaration, sent: WordsIn) -> Done:
    """Ask for the lifting, or confirm what another asked: `done` tells whether it is lifted."""
    by = caller(request)
    require(by, Role.COORDINATOR)
    id_ = seen(number, by).id
    done = coordination.lift(declaration_id=id_, words=sent.text, by=by, now=utc_now())
    return Done(done=done)


@router.post("/{number}/cancel", response=Done, summary="Revoke before release")
def cancel(request: HttpRequest, number: Declaration, sent: RevocationIn) -> Done:
    """Revoke an accepted declaration on a ground of the law, with the reason in words."""
    by = caller(request)
    require(by, Role.REVIEWER)
    id_ = seen(number, by).id
    revocations.cancel(
        declaration_id=id_, ground=sent.ground, words=sent.words, by=by, now=utc_now()
    )
    return Done()


@router.post("/{number}/refuse", response=Done, summary="Refuse")
def refuse(request: HttpRequest, number: Declaration, sent: WordsIn) -> Done:
    """Refuse an accepted declaration: its goods are not released on it."""
    by = caller(request)
    require(by, Role.REVIEWER, Role.COORDINATOR)
    id_ = seen(number, by).id
    revocations.refuse(declaration_id=id_, words=sent.text, by=by, now=utc_now())
    return Done()
