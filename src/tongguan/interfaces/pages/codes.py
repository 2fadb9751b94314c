"""The pages that ask for a code of the second factor: too many wrong ones are not heard."""

from typing import Any

from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from django.http import HttpRequest, HttpResponse

from tongguan.facilities.accounts.factor_tries import CodeTry
from tongguan.facilities.accounts.sign_in import too_many
from tongguan.facilities.log import note
from tongguan.kernel.time import utc_now


class Authenticate(AuthenticateView):  # type: ignore[misc] # allauth has no types
    """Signs in with a code or a security key, after the password."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at a code, unless there were too many wrong ones; at a key always."""
        if "code" not in request.POST:
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        person = self.stage.login.user
        note(account=person.username)
        tried = CodeTry.of(request, person.pk)
        if wait := tried.count(utc_now()):
            return too_many(request, wait)
        answer = super().post(request, *args, **kwargs)
        if self.form.is_valid():
            tried.take_back()
        return answer


class Reauthenticate(ReauthenticateView):  # type: ignore[misc] # allauth has no types
    """Confirms with a code that it is the person still."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at the code, unless there were too many wrong ones."""
        self._tried = CodeTry.of(request, int(request.user.pk or 0))
        if wait := self._tried.count(utc_now()):
            return too_many(request, wait)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the try back, for the code was right."""
        self._tried.take_back()
        answer: HttpResponse = super().form_valid(form)
        return answer
