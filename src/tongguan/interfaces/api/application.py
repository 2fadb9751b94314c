"""The API as a whole: its description, who may call, and how refusals are answered."""

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
from tongguan.interfaces.api.answers import Answers
from tongguan.interfaces.api.bodies import StrictParser, refusal_of
from tongguan.interfaces.api.described import Described
from tongguan.interfaces.api.faults import fault_of
from tongguan.interfaces.api.middleware import MEGABYTE
from tongguan.interfaces.api.telling import refused
from tongguan.interfaces.api.who import Session, Token
from tongguan.kernel.problems import ProblemError

api = Described(
    parser=StrictParser(),
    renderer=Answers(),
    title="Tongguan",
    version="1.0.0",
    description=(
        "Customs clearance for a region in which many customs districts act as one. "
        "Refusals are problems by RFC 9457; each error has code, pointer, detail and remedy in "
        "the language of `Accept-Language` (zh-hans or en)."
    ),
    auth=[Token(), Session(csrf=True)],
    urls_namespace="api",
    servers=[{"url": "/", "description": "This installation"}],
    openapi_url=None,  # `description` serves it
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
    return refused(*map(fault_of, error.errors))


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
