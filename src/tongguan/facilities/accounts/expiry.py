"""What has expired is cleared: sessions of people, and tokens of software."""

from datetime import datetime

from django.contrib.sessions.models import Session
from oauth2_provider.models import clear_expired as clear_tokens


def clear_expired(now: datetime) -> None:
    """Delete sessions and tokens that have expired; nobody can use them any more."""
    Session.objects.filter(expire_date__lt=now).delete()
    clear_tokens()
