"""The form by which people sign in, in the words of this product."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy

from tongguan.kernel.text import _


class SignInForm(LoginForm):  # type: ignore[misc] # allauth has no types
    """By the name of an account or its address, which the label says: no example is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the field, and let a browser fill in what it kept as the name of an account."""
        super().__init__(*args, **kwargs)
        field = self.fields["login"]
        field.label = gettext_lazy(_("Account name or e-mail address"))
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs.pop("placeholder", None)
