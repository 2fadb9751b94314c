"""The API as a whole: its description, who may call, and how refusals are answered."""

from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tongguan.interfaces.api import declarations, events, gate, site
from tongguan.interfaces.api.who import Session, Token
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.text import _

PROBLEM: Final = "application/problem+json"

api = NinjaAPI(
    title="Tongguan",
    version="1.0.0",
    description=(
        "Customs clearance for a region in which many customs districts act as one. "
        "Refusals are problems by RFC 9457; each error has code, pointer, detail and remedy in "
        "the language of `Accept-Language` (zh-hans or en)."
    ),
    auth=[Token(), Session(csrf=True)],
    urls_namespace="api",
)
api.add_router("/declarations", declarations.router, tags=["declarations"])
api.add_router("/events", events.router, tags=["events"])
api.add_router("/gate", gate.router, tags=["gate"])
api.add_router("", site.router, tags=["acts"])


@api.exception_handler(ProblemError)
def tell(_request: HttpRequest, error: ProblemError) -> HttpResponse:
    """Answer a refusal with all its faults, in the reader's language. Source: RFC 9457."""
    first = error.faults[0].problem
    errors = [fault.told(gettext) for fault in error.faults]
    return problem(first.code, gettext(first.title), first.status, errors)


@api.exception_handler(ValidationError)
def tell_form(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a call whose parameters do not fit, with the place of each."""
    errors = [
        {
            "code": "API-001",
            "pointer": "#/" + "/".join(str(part) for part in one["loc"][1:]),
            "detail": str(one["msg"]),
            "remedy": gettext("Correct it; the description of the API shows the form."),
        }
        for one in error.errors
    ]
    title = gettext(_("The call does not fit the API"))
    return problem("API-001", title, HTTPStatus.UNPROCESSABLE_ENTITY, errors)


@api.exception_handler(AuthenticationError)
def tell_stranger(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Answer somebody who did not sign in."""
    answer = problem("API-002", gettext(_("Sign in first")), HTTPStatus.UNAUTHORIZED, [])
    answer["WWW-Authenticate"] = 'Bearer realm="tongguan"'
    return answer


@api.exception_handler(HttpError)
def tell_plain(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the framework refuses, such as a body that is no JSON."""
    return problem("API-003", str(error), HTTPStatus(error.status_code), [])


def problem(
    code: str, title: str, status: HTTPStatus, errors: list[dict[str, Any]]
) -> HttpResponse:
    """Return a problem document."""
    body = {
        "type": f"/problems/{code}",
        "title": title,
        "status": int(status),
        "errors": errors,
    }
    answer = api.create_response(HttpRequest(), body, status=int(status))
    answer["Content-Type"] = PROBLEM
    return answer
