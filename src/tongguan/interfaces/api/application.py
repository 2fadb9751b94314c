"""The API as a whole: its description, who may call, and how refusals are answered."""

from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tongguan.interfaces.api import (
    charges,
    claims,
    declarations,
    events,
    examinations,
    gate,
    holdings,
    interventions,
    permits,
    problems,
    receipts,
    site,
)
from tongguan.interfaces.api.bodies import StrictParser, refusal_of
from tongguan.interfaces.api.described import Described
from tongguan.interfaces.api.identifiers import NUL, REFUSED
from tongguan.interfaces.api.middleware import MEGABYTE
from tongguan.interfaces.api.telling import refused
from tongguan.interfaces.api.who import Session, Token
from tongguan.kernel.problems import Fault, ProblemError

api = Described(
    parser=StrictParser(),
    title="Tongguan",
    version="1.0.0",
    description=(
        "Customs clearance for a region in which many customs districts act as one. "
        "Refusals are problems by RFC 9457; each error has code, pointer, detail and remedy in "
        "the language of `Accept-Language` (zh-hans or en)."
    ),
    auth=[Token(), Session(csrf=True)],
    urls_namespace="api",
    docs_url=None,  # it would load scripts of another host, which no page of ours may
)
api.add_router("/declarations", declarations.router, tags=["declarations"])
api.add_router("/declarations", receipts.router, tags=["receipts"])
api.add_router("/declarations", charges.router, tags=["charges"])
api.add_router("/declarations", interventions.router, tags=["acts"])
api.add_router("/permits", permits.router, tags=["permits"])
api.add_router("/certificates", holdings.router, tags=["permits"])
api.add_router("/events", events.router, tags=["events"])
api.add_router("/gate", gate.router, tags=["gate"])
api.add_router("", claims.router, tags=["claims"])
api.add_router("", site.router, tags=["acts"])
api.add_router("", examinations.router, tags=["acts"])


@api.exception_handler(ProblemError)
def tell(_request: HttpRequest, error: ProblemError) -> HttpResponse:
    """Answer a refusal with all its faults."""
    return refused(*error.faults)


@api.exception_handler(ValidationError)
def tell_form(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a call whose parameters do not fit, with the place of each."""
    return refused(
        *(_fault(one["loc"][1:], str(one["type"]), one.get("ctx", {})) for one in error.errors)
    )


@api.exception_handler(AuthenticationError)
def tell_stranger(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Answer somebody who did not sign in."""
    answer = refused(problems.STRANGER.at(""))
    answer["WWW-Authenticate"] = 'Bearer realm="tongguan"'
    return answer


@api.exception_handler(HttpError)
def tell_plain(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework refuses: a body that is no JSON, a session that may be forged."""
    if told := refusal_of(request):
        return refused(*told)
    forged = error.status_code == HTTPStatus.FORBIDDEN
    return refused((problems.FORBIDDEN if forged else problems.BAD).at(""))


@api.exception_handler(UnreadablePostError)
def tell_broken(_request: HttpRequest, _error: UnreadablePostError) -> HttpResponse:
    """Answer a body that broke off."""
    return refused(problems.BAD.at(""))


@api.exception_handler(RequestDataTooBig)
def tell_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    """Answer a body that is too large."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
    return refused(problems.TOO_LARGE.at("", limit=limit))


def _fault(place: tuple[object, ...], kind: str, facts: Mapping[str, object]) -> Fault:
    # The first part names the parameter that holds the body, which the caller does not see.
    pointer = "#/" + "/".join(str(part) for part in place[1:] or place)
    if kind == "missing":
        return problems.MISSING.at(pointer)
    if kind == REFUSED and facts["sign"] == NUL and not place[1:]:
        return problems.BAD.at("")
    if kind == REFUSED and facts["sign"]:
        return problems.NOT_AN_IDENTIFIER.at(pointer, sign=facts["sign"])
    if kind == REFUSED:
        return problems.IDENTIFIER_TOO_LONG.at(pointer, most=facts["most"])
    code = kind.partition("_")[0]
    known = code in {str(one) for one in problems.Wanted}
    wanted = problems.Wanted(code) if known else problems.Wanted.ANYTHING
    return problems.MISFIT.at(pointer, wanted=wanted)
