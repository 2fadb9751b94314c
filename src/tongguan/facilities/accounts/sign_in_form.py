"""The forms by which people sign in and choose passwords, in the words of this product."""

from typing import Any, Final

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy

from tongguan.facilities.accounts import mails
from tongguan.facilities.accounts.models import Person
from tongguan.kernel.text import _

LONGEST_NAME: Final = 254
LONGEST_PASSWORD: Final = 1000
"""A longer one would keep the processor busy with its hash."""
PASSWORD: Final = gettext_lazy(_("Password"))
NEW: Final = gettext_lazy(_("New password"))
AGAIN: Final = gettext_lazy(_("New password again"))
GOOD: Final = gettext_lazy(
    _("Take 12 characters or more that nobody would guess; a sentence does well.")
)


def _name(form: forms.Form, **labels: Any) -> None:
    """Name the fields of a form of passwords; none shows an example in the field."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
        if name == "password1":
            form.fields[name].help_text = GOOD


class SignInForm(LoginForm):  # type: ignore[misc] # allauth has no types
    """By the name of an account or its address, which the label says: no example is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field, and let a browser fill in what it kept as the name of an account."""
        super().__init__(*args, **kwargs)
        login = gettext_lazy(_("Account name or e-mail address"))
        _name(self, login=login, password=PASSWORD)
        field = self.fields["login"]
        field.widget.attrs["autocomplete"] = "username"
        self.fields["remember"].label = gettext_lazy(_("Stay signed in when the browser is closed"))
        field.validators.append(MaxLengthValidator(LONGEST_NAME))
        password = self.fields["password"]
        password.help_text = ""
        password.validators.append(MaxLengthValidator(LONGEST_PASSWORD))


class ResetForm(ResetPasswordForm):  # type: ignore[misc] # allauth has no types
    """Asks for the address of an account, and sends a link there; it does not tell if there is one.

    Only an address that an account has counts, never one that somebody asked for.
    """

    email = forms.EmailField(
        label=gettext_lazy(_("E-mail address of your account")), max_length=LONGEST_NAME
    )

    def clean_email(self) -> str:
        """Find whose address it is."""
        email: str = self.cleaned_data["email"].lower()
        self.users = list(Person.objects.filter(email=email, is_active=True))
        return email

    def save(self, request: Any, **kwargs: Any) -> str:
        """Send the link; for an address of nobody compose one that is not sent."""
        if not self.users:
            nobody = Person(username="nobody")
            context = {"user": nobody, "password_reset_url": request.build_absolute_uri()}
            mails.compose("account/email/password_reset_key", self.cleaned_data["email"], context)
        said: str = super().save(request, **kwargs)
        return said


class ChosenForm(ResetPasswordKeyForm):  # type: ignore[misc] # allauth has no types
    """Takes another password from somebody who opened a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the fields."""
        super().__init__(*args, **kwargs)
        _name(self, password1=NEW, password2=AGAIN)


class ChangeForm(ChangePasswordForm):  # type: ignore[misc] # allauth has no types
    """Takes another password from somebody who is signed in and knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the fields."""
        super().__init__(*args, **kwargs)
        present = gettext_lazy(_("Present password"))
        _name(self, oldpassword=present, password1=NEW, password2=AGAIN)

    def clean_password1(self) -> str:
        """Return the new password; it is another one than the present."""
        password: str = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(gettext_lazy(_("Choose another one than the present.")))
        return password


class AgainForm(ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """Asks somebody who is signed in for the password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field."""
        super().__init__(*args, **kwargs)
        _name(self, password=PASSWORD)


class AddressForm(forms.Form):
    """Asks for another address; it counts once its link was opened."""

    email = forms.EmailField(label=gettext_lazy(_("New e-mail address")), max_length=LONGEST_NAME)

    def clean_email(self) -> str:
        """Return it in small letters."""
        return str(self.cleaned_data["email"]).lower()
