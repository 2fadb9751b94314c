"""Pages on one's own account: resetting the password by mail, and the address of the account."""

from typing import Final

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_reset
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tongguan.facilities.accounts import tries
from tongguan.facilities.accounts.addresses import (
    address_of_link,
    address_of_person,
    send_link,
    take,
)
from tongguan.facilities.accounts.sign_in import too_many
from tongguan.facilities.accounts.sign_in_form import AddressForm
from tongguan.facilities.accounts.tries import Limit
from tongguan.kernel.problems import ProblemError
from tongguan.kernel.time import utc_now

LINKS: Final = Limit(most=5, seconds=3600)
"""Links that somebody may have sent for another address."""


def reset(request: HttpRequest) -> HttpResponse:
    """Offer to reset the password by mail; where there are no mails, say whom to ask."""
    if settings.MAIL_OFFERED:
        answer: HttpResponse = password_reset(request)
        return answer
    return render(request, "account/no_mail.html")


@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def address(request: HttpRequest) -> HttpResponse:
    """Show the address of the account, and send a link to another one.

    Nobody is told that another account has the address: no mail is sent then.
    """
    person_id = int(request.user.pk or 0)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and settings.MAIL_OFFERED and form.is_valid():
        if wait := tries.count([(f"address:{person_id}", LINKS)], now=utc_now()):
            return too_many(request, wait)
        email = form.cleaned_data["email"]
        send_link(person_id=person_id, email=email, link=lambda key: _link(request, key))
        told = gettext("A link was sent to {address}. The address counts once you open it.")
        messages.info(request, told.format(address=email))
        return redirect("account_email")
    shown = {"form": form, "address": address_of_person(person_id)}
    return render(request, "account/email.html", {**shown, "mail_offered": settings.MAIL_OFFERED})


@login_required
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Give the account the address of a link, which its own person opened, by a press."""
    person_id = int(request.user.pk or 0)
    try:
        if request.method != "POST":
            shown = {"address": address_of_link(key, person_id=person_id)}
            return render(request, "account/email_confirm.html", shown)
        email = take(key, person_id=person_id, now=utc_now())
    except ProblemError as error:
        fault = error.faults[0]
        told = {"problem": fault.told(gettext)}
        return render(request, "account/email_confirm.html", told, status=fault.problem.status)
    messages.success(request, gettext("Your address is now {address}.").format(address=email))
    return redirect("account_email")


def _link(request: HttpRequest, key: str) -> str:
    return request.build_absolute_uri(reverse("account_confirm_email", args=[key]))
