"""How signing in behaves: nobody signs up, secrets are sealed, the ledger knows of each try."""

from base64 import b32encode, urlsafe_b64encode
from logging import getLogger
from secrets import token_bytes
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import gettext

from tongguan.facilities.accounts import guarding, mails, words
from tongguan.facilities.accounts.commands import change_password, note_no_account, note_sign_in
from tongguan.facilities.accounts.factors import must_have_factor
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.problems import PASSWORD_WEAK
from tongguan.facilities.accounts.values import Actor
from tongguan.facilities.log import note
from tongguan.kernel.text import _
from tongguan.kernel.time import utc_now

log = getLogger(__name__)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc] # allauth has no types
    """Checks one password of one account, found by its name or by its own address.

    An address is a person's alone: one that somebody asked for and has not confirmed signs nobody
    in. A try costs one hash whether there is such an account or not.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        """Return the person whose password it is."""
        password = str(credentials.get("password") or "")
        person = guarding.named(guarding.typed(credentials))
        if person is None:
            Person().set_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts are admitted by an administrator, never self-made."""

    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **words.OF_ACCOUNTS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that nobody may make an account for himself."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try, and answer 429 where there were too many wrong ones."""
        self._try = guarding.Try.of(request, credentials)
        if self._try.username:
            note(account=self._try.username)
        if wait := self._try.count(utc_now()):
            raise ImmediateHttpResponse(too_many(request, wait))

    def post_login(self, request: HttpRequest, user: Person, **facts: Any) -> HttpResponse:
        """Enter the sign-in in the ledger, then go where the person wanted."""
        note_sign_in(by=actor_for(user), now=utc_now())
        note(who=user.username)
        answer: HttpResponse = super().post_login(request, user, **facts)
        guarding.remember(request, answer, user.pk, now=utc_now())
        return answer

    def set_password(self, user: Person, password: str) -> None:
        """Change a password, in the ledger too: one that somebody wrote by SQL is found."""
        now = utc_now()
        change_password(person=user, password=password, by=actor_for(user), now=now)
        guarding.forgive(self.request, user.pk, now=now)

    def clean_password(self, password: str, user: Person | None = None) -> str:
        """Return a password that somebody chose; refuse one that can be guessed, in our words."""
        try:
            return str(super().clean_password(password, user))
        except ValidationError:
            raise ValidationError(gettext(PASSWORD_WEAK.detail)) from None

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where the work is, once the password is changed."""
        return reverse("home")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Enter a failed try in the ledger, under the name of the account that was tried.

        What was typed is not kept: people type their password there.
        """
        person = guarding.named(guarding.typed(credentials))
        if person is None:
            note(reason="no such account")
            note_no_account()
        else:
            note(reason="wrong password" if person.is_active else "account not in use")
            note_sign_in(by=actor_for(person), now=utc_now(), succeeded=False)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return how somebody confirms that it is the same person, in our words."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": words.WAYS[way["id"]]} for way in ways]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail of this product's own words, in the language of the person."""
        mails.send(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person what was changed, at the address of the account."""
        to = email or user.email
        if to:
            told = {"user": user, "ip": self.get_client_ip(self.request), **(context or {})}
            mails.send(template_prefix, to, told)

    def _rollback_login_failed_rl_usage(self) -> None:
        """Take a right try back; the library calls this."""
        self._try.take_back()


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Secrets of second factors lie in the database sealed under the installation's key."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **words.OF_FACTORS}

    def encrypt(self, text: str) -> str:
        """Return the secret sealed."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret opened; where no known key opens it, a random one.

        The library compares codes with what it gets here. No code fits a random secret, so that a
        factor sealed under a lost key is refused like a wrong code; an empty one would let anybody
        compute the codes.
        """
        try:
            return open_secret(encrypted_text)
        except InvalidToken:
            log.error("a second factor is sealed under a secret that this node does not know")  # noqa: TRY400
            return b32encode(token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """Return how a security key is called whose owner gives it no name."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext(_("Security key {number}")).format(number=held + 1)

    def get_totp_label(self, user: Person) -> str:
        """Return what an app shows: the account name, which never changes."""
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether a factor may be removed: the last of an officer may not."""
        person = authenticator.user_id
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user_id=person, type__in=kinds)
        return others.exclude(pk=authenticator.pk).exists() or not must_have_factor(
            person, now=utc_now()
        )


def open_secret(sealed: str) -> str:
    """Return a secret that was sealed by `SecondFactorAdapter`.

    Raises:
        InvalidToken: no key that is named opens it.
    """
    return _seal().decrypt(sealed.encode()).decode()


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer that there were too many wrong tries, and what to do."""
    note(reason="too many tries")
    minutes = (seconds + 59) // 60
    answer = render(request, "429.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def actor_for(person: Person) -> Actor:
    """Return a person as somebody who changes his own account."""
    return Actor(person.username, person.get_full_name(), person.pk)


def _seal() -> MultiFernet:
    # What an earlier key sealed stays readable while that key is named as a fallback.
    return MultiFernet(map(_key, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)))


def _key(secret: str | bytes) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"tongguan second factor")
    return Fernet(urlsafe_b64encode(derived.derive(force_bytes(secret))))
