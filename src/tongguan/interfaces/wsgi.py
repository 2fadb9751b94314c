"""The product for a web server that speaks WSGI."""

import os
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from tongguan.interfaces.door import marked

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongguan.settings")

_django = get_wsgi_application()


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request, also one that comes in chunks: to Django a body without a length is empty.

    The server ends the stream where the body ends; more than a call may hold is not read.
    """
    if "HTTP_TRANSFER_ENCODING" in environ and "CONTENT_LENGTH" not in environ:
        body = environ["wsgi.input"].read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
    marked(environ)
    return _django(environ, start)


get_resolver().url_patterns  # noqa: B018 -- a fault in a page ends the start, not the first request
