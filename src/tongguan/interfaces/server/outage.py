"""What is answered to a request that failed by us: the database is away, or trouble."""

import sys
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.defaults import server_error

from tongguan.facilities.outage import is_outage
from tongguan.interfaces.api.telling import refused
from tongguan.interfaces.server.asked import API
from tongguan.interfaces.server.problems import DATABASE_AWAY

RETRY_SECONDS: Final = 15
"""So long a database of another machine takes to be started again, or replaced by its copy."""


def trouble(request: HttpRequest) -> HttpResponse:
    """Answer 503 and when to try again where the database is away, else 500."""
    if not is_outage(sys.exception()):
        return server_error(request)
    fault = DATABASE_AWAY.at("")
    if request.path.startswith(API):
        answer = refused(fault)
    else:
        page = render_to_string("pages/refused.html", {"fault": fault.told(gettext)})
        answer = HttpResponse(page, status=int(DATABASE_AWAY.status))
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer
