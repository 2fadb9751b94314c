"""Sessions and tokens that have expired are cleared by the schedule; those in force stay."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from oauth2_provider.models import AccessToken

from tongguan.facilities.accounts.expiry import clear_expired
from tongguan.kernel.time import utc_now
from tongguan.processes.jobs import BEATS


@pytest.mark.django_db
def test_what_has_expired_is_deleted_and_what_is_in_force_stays() -> None:
    now = utc_now()
    for name, until in (("old", now - timedelta(hours=1)), ("new", now + timedelta(hours=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=until)
        AccessToken.objects.create(token=name, expires=until, scope="api")

    clear_expired(now)

    assert [one.session_key for one in Session.objects.all()] == ["new"]
    assert [one.token for one in AccessToken.objects.all()] == ["new"]


def test_the_worker_clears_what_has_expired() -> None:
    assert clear_expired in [beat for _seconds, beat in BEATS]
