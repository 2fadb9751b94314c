"""How signing in behaves: nobody signs up, secrets are sealed, the ledger knows of each try."""

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes

from tongguan.facilities.accounts.commands import change_password, note_sign_in
from tongguan.facilities.accounts.models import Person
from tongguan.facilities.accounts.values import Actor
from tongguan.kernel.time import utc_now


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts are admitted by an administrator, never self-made."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that nobody may make an account for himself."""
        return False

    def post_login(self, request: HttpRequest, user: Person, **facts: Any) -> HttpResponse:
        """Enter the sign-in in the ledger, then go where the person wanted."""
        note_sign_in(by=_actor(user), now=utc_now())
        answer: HttpResponse = super().post_login(request, user, **facts)
        return answer

    def set_password(self, user: Person, password: str) -> None:
        """Change a password, in the ledger too: one that somebody wrote by SQL is found."""
        change_password(person=user, password=password, by=_actor(user), now=utc_now())

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Enter a failed try in the ledger, under the name of the account that was tried.

        What was typed is not kept: people type their password there.
        """
        typed = (credentials.get("username") or credentials.get("email") or "").lower()
        person = Person.objects.filter(Q(username=typed) | Q(email=typed)).first()
        if typed and person is not None:
            note_sign_in(by=_actor(person), now=utc_now(), succeeded=False)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Secrets of second factors lie in the database sealed under the installation's key."""

    def encrypt(self, text: str) -> str:
        """Return the secret sealed."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret opened."""
        return _seal().decrypt(encrypted_text.encode()).decode()


def _actor(person: Person) -> Actor:
    return Actor(person.username, person.get_full_name(), person.pk)


def _seal() -> MultiFernet:
    # What an earlier key sealed stays readable while that key is named as a fallback.
    return MultiFernet(map(_key, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)))


def _key(secret: str | bytes) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"tongguan second factor")
    return Fernet(urlsafe_b64encode(derived.derive(force_bytes(secret))))
