"""The forms by which a browser sends what a security key said."""

import struct
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy

from tongguan.facilities.log import note
from tongguan.kernel.text import _

NAME_LENGTH: Final = 60
_NO_KEY: Final = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    struct.error,
    TypeError,
    ValueError,
)
"""What the library meets in parts that are not what a browser sends."""


class _Said(forms.JSONField):
    """What a key said, as JSON: an object with something in it.

    The library checks nothing of what counts as false, and would take `0` for a key.
    """

    def to_python(self, value: Any) -> Any:
        """Return it as Python has it, or refuse it as one of another key."""
        try:
            said = super().to_python(value)
        except (RecursionError, ValueError):
            said = None
        if not isinstance(said, dict) or not said:
            raise get_adapter().validation_error("incorrect_code")
        return said

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return nothing to be shown again: a key answers each time anew."""
        return None


class _Noted(forms.Form):
    """Tells the log why a factor was refused, and whose it is; never what was typed."""

    def full_clean(self) -> None:
        """Look at what was typed."""
        super().full_clean()
        if self.is_bound and self.errors:
            codes = {one.code for found in self.errors.as_data().values() for one in found}
            limited = not codes.isdisjoint({"rate_limited", "too_many_login_attempts"})
            reason = "too many tries" if limited else "wrong second factor"
            note(reason=reason, account=self.user.username)  # type: ignore[attr-defined]


class _Coded(_Noted):
    """Asks for a code: of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext_lazy(_("Code of the app, or recovery code"))
        self.fields["code"].widget.attrs.pop("placeholder", None)


class CodeForm(_Coded, AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """Signs in with a code, after the password."""


class CodeAgainForm(_Coded, ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """Confirms with a code that it is the person still."""


class AddAppForm(_Noted, ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """Adds an app, whose first code shows that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext_lazy(_("Code that the app shows"))
        self.fields["code"].widget.attrs.pop("placeholder", None)


class _Careful(_Noted):
    """Refuses whatever no browser sends: the library expects the parts to be what they should."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read what the key said with care."""
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _Said(widget=forms.HiddenInput)

    def _clean_fields(self) -> None:
        self._refusing(super()._clean_fields)  # type: ignore[misc] # Django's own steps

    def _clean_form(self) -> None:
        self._refusing(super()._clean_form)  # type: ignore[misc] # Django's own steps

    def _refusing(self, step: Any) -> None:
        try:
            step()
        except _NO_KEY:
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AddKeyForm(_Careful, AddWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """Adds a security key."""

    name = forms.CharField(
        label=gettext_lazy(_("Name of the key")), required=False, max_length=NAME_LENGTH
    )


class NameForm(EditWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """Gives a security key another name."""

    name = forms.CharField(label=gettext_lazy(_("Name of the key")), max_length=NAME_LENGTH)


class KeyForm(_Careful, AuthenticateWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """Signs in with a security key, after the password."""


class KeyAgainForm(_Careful, ReauthenticateWebAuthnForm):  # type: ignore[misc] # no types
    """Confirms with a security key that it is the person still."""
