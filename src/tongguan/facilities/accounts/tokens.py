"""Access tokens of software, which nobody can make, pass on or prolong by the database alone.

A token is random text, the second in which it was given, and a code over both and its owner under
the key of this installation. The database keeps its hash only.
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from oauth2_provider.settings import oauth2_settings

from tongguan.kernel.time import utc_now

_PURPOSE: Final = "tongguan access token"
_BYTES: Final = 32


def new_token(request: Any) -> str:
    """Return a token for the software that asks; OAuth's library calls this."""
    said = f"{secrets.token_urlsafe(_BYTES)}.{int(utc_now().timestamp())}"
    return f"{said}.{_code(said, request.client.client_id, settings.SECRET_KEY)}"


def is_given(token: str, client_id: str, *, now: datetime) -> bool:
    """Return whether a token was given to this software here, and has not ended."""
    said, _, code = token.rpartition(".")
    moment = said.rpartition(".")[2]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(code, _code(said, client_id, key)) for key in keys):
        return False
    lasts = timedelta(seconds=int(oauth2_settings.ACCESS_TOKEN_EXPIRE_SECONDS))
    return now <= datetime.fromtimestamp(int(moment), UTC) + lasts


def _code(said: str, client_id: str, key: str | bytes) -> str:
    made = salted_hmac(_PURPOSE, f"{client_id} {said}", secret=key, algorithm="sha256")
    return made.hexdigest()
