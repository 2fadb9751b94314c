"""The product for a web server that speaks WSGI."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongguan.settings")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 -- a fault in a page ends the start, not the first request
