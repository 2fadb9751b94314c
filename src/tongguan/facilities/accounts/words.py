"""What this product says where the library of sign-in has words of its own."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tongguan.kernel.text import _

_WRONG: Final = gettext_lazy(_("The account name, the address or the password is not right."))
_WRONG_CODE: Final = gettext_lazy(_("This is not right, or was used already. Try again."))
_TOO_MANY: Final = gettext_lazy(_("There were too many tries. Wait some minutes, then try again."))

OF_ACCOUNTS: Final[Mapping[str, Promise]] = {
    "account_inactive": gettext_lazy(_("This account is not in use. Ask your administrator.")),
    "email_password_mismatch": _WRONG,
    "enter_current_password": gettext_lazy(_("This is not your present password.")),
    "incorrect_code": _WRONG_CODE,
    "incorrect_password": gettext_lazy(_("This is not your password.")),
    "invalid_login": _WRONG,
    "invalid_password_reset": gettext_lazy(_("This link is too old, or was used already.")),
    "rate_limited": _TOO_MANY,
    "too_many_login_attempts": _TOO_MANY,
    "username_password_mismatch": _WRONG,
}
OF_FACTORS: Final[Mapping[str, Promise]] = {
    "cannot_delete_authenticator": gettext_lazy(
        _("It is your last second factor, and you must have one. Add another first.")
    ),
    "cannot_generate_recovery_codes": gettext_lazy(
        _("Recovery codes need a second factor. Add an app or a security key first.")
    ),
    "incorrect_code": _WRONG_CODE,
}
WAYS: Final[Mapping[str, Promise]] = {
    "reauthenticate": gettext_lazy(_("Use your password")),
    "mfa_reauthenticate": gettext_lazy(_("Use a code")),
    "mfa_reauthenticate:webauthn": gettext_lazy(_("Use a security key")),
}
"""How somebody who is signed in confirms that it is still the same person."""
