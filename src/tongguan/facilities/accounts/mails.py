"""Mails to people about their account: plain text, in the language that the person chose.

Where the person never chose one, a mail is in the language of the request that causes it; what
another person causes is then in the language of the house.

A mail is sent after the answer, by a thread of its own: a mail server that is slow or away holds up
no page, and how long an answer takes does not tell whether there is such an account. What could not
be sent is one line in the log, with the name of the account and without what the mail said.
"""

import atexit
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Full, Queue
from threading import Lock, Thread
from time import monotonic
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, override

from tongguan.facilities.accounts.models import Person
from tongguan.facilities.private_files import private_folder
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

_LOG: Final = logging.getLogger(__name__)
_MOST: Final = 500
_AT_END_SECONDS: Final = 10.0
NOT_YOU: Final = _(
    "If it was not you, somebody else is in your account: choose another password at once, and "
    "tell your administrator."
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says.

    Attributes:
        subject: its subject.
        said: what happened, or what to do.
        note: what to do if it was somebody else.
    """

    subject: str
    said: str
    note: str = NOT_YOU


MAILS: Final[Mapping[str, Words]] = {
    "account/email/password_reset_key": Words(
        _("Choose another password"),
        _("Open this link within two hours to choose another password:"),
        _("If you did not ask for it, do nothing: your password stays as it is."),
    ),
    "account/email/password_reset": Words(
        _("Your password was changed"), _("Your password was changed by a link sent to you.")
    ),
    "account/email/password_changed": Words(
        _("Your password was changed"), _("Your password was changed.")
    ),
    "account/email/password_set": Words(
        _("Your password was changed"), _("Your password was changed.")
    ),
    "account/email/password_given": Words(
        _("Your password was changed"),
        _("An administrator gave you another first password. Change it when you have signed in."),
        _("If you did not ask for it, tell your administrator."),
    ),
    "account/email/address_confirm": Words(
        _("Confirm your address"),
        _("Open this link within a day, signed in, to confirm this address for your account:"),
        _("If you did not ask for it, do nothing: this address is given to no account."),
    ),
    "account/email/address_changed": Words(
        _("Your address was changed"),
        _("Your account has another e-mail address. This one signs in no more."),
    ),
    "mfa/email/totp_activated": Words(
        _("Second factor added"), _("An authenticator app was added to your account.")
    ),
    "mfa/email/totp_deactivated": Words(
        _("Second factor removed"), _("The authenticator app was removed from your account.")
    ),
    "mfa/email/webauthn_added": Words(
        _("Second factor added"), _("A security key was added to your account.")
    ),
    "mfa/email/webauthn_removed": Words(
        _("Second factor removed"), _("A security key was removed from your account.")
    ),
    "mfa/email/recovery_codes_generated": Words(
        _("New recovery codes"), _("New recovery codes were made; the earlier ones are void.")
    ),
    "mfa/email/factors_withdrawn": Words(
        _("Second factor removed"),
        _("An administrator removed your second factor. Activate another when you sign in."),
        _("If you did not ask for it, tell your administrator."),
    ),
}
"""By the names that the library of sign-in calls them; the others are our own."""


def compose(kind: str, to: str, context: Mapping[str, Any]) -> EmailMessage:
    """Return a mail to a person.

    Args:
        kind: of `MAILS`.
        to: the address.
        context: `user`, whose language it is in; `password_reset_url` or `url`, and `ip`, where it
            tells of them.
    """
    words, person = MAILS[kind], context["user"]
    link = context.get("password_reset_url") or context.get("url", "")
    with override(person.language or get_language() or settings.LANGUAGE_CODE):
        facts = [gettext("Account: {account}").format(account=person.username)]
        moment = localtime(utc_now()).strftime("%Y-%m-%d %H:%M")
        facts.append(gettext("When: {moment} (Beijing time)").format(moment=moment))
        if address := context.get("ip"):
            facts.append(gettext("From: {address}").format(address=address))
        said = [
            gettext("{name}:").format(name=person.get_full_name()),
            gettext(words.said),
            link,
            gettext(words.note),
            "\n".join(facts),
            "Tongguan 通关",
        ]
        subject = gettext(words.subject)
        return EmailMessage(subject, "\n\n".join(filter(None, said)), to=[to])


def send(kind: str, to: str, context: Mapping[str, Any]) -> None:
    """Have a mail sent, where mails are sent at all; return at once."""
    if settings.MAIL_OFFERED:
        _POST.put(context["user"].username, compose(kind, to, context))


def tell(person: Person, kind: str) -> None:
    """Have a person told what somebody else changed in the account, where it has an address."""
    if person.email:
        with override(person.language or settings.LANGUAGE_CODE):
            send(kind, person.email, {"user": person})


def settle(seconds: float = _AT_END_SECONDS) -> bool:
    """Wait until all mails are sent, or the time is over; return whether they are."""
    return _POST.settle(seconds)


class _Post:
    """Mails that wait, and the thread that sends them."""

    def __init__(self) -> None:
        self._waiting: Queue[tuple[str, EmailMessage]] = Queue(_MOST)
        self._lock = Lock()
        self._thread: Thread | None = None

    def put(self, account: str, mail: EmailMessage) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._send_all, name="mails", daemon=True)
                self._thread.start()
                atexit.register(settle)
        try:
            self._waiting.put_nowait((account, mail))
        except Full:
            _LOG.error("mail for account %s not sent: %d are waiting", account, _MOST)

    def settle(self, seconds: float) -> bool:
        ends = monotonic() + seconds
        with self._waiting.all_tasks_done:
            while self._waiting.unfinished_tasks and (left := ends - monotonic()) > 0:
                self._waiting.all_tasks_done.wait(left)
            return not self._waiting.unfinished_tasks

    def _send_all(self) -> None:
        while True:
            account, mail = self._waiting.get()
            try:
                if folder := getattr(settings, "EMAIL_FILE_PATH", None):
                    private_folder(Path(folder))
                mail.send()
            except Exception as error:  # noqa: BLE001 # one mail that fails stops no other
                # Without the trace: it could tell what the mail said.
                _LOG.error("mail for account %s not sent: %s", account, type(error).__name__)
            finally:
                self._waiting.task_done()


_POST: Final = _Post()
