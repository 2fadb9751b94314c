"""Which address is answered where: each interface brings its own addresses."""

from django.urls import include, path

from tongguan.interfaces import home
from tongguan.interfaces.api import description
from tongguan.interfaces.api.application import api
from tongguan.interfaces.api.tokens import TokenView
from tongguan.interfaces.pages import account
from tongguan.interfaces.pages.codes import Authenticate, Reauthenticate
from tongguan.interfaces.public import problem

own_account = [
    path("password/reset/", account.reset, name="account_reset_password"),
    path("email/", account.address, name="account_email"),
    path("confirm-email/<str:key>/", account.confirm, name="account_confirm_email"),
    path("2fa/authenticate/", Authenticate.as_view(), name="mfa_authenticate"),
    path("2fa/reauthenticate/", Reauthenticate.as_view(), name="mfa_reauthenticate"),
]
"""Before the library's pages of the same addresses."""
handler500 = "tongguan.interfaces.server.outage.trouble"
urlpatterns = [
    path("", home.page, name="home"),
    path("", include("tongguan.interfaces.pages.urls")),
    path("accounts/", include(own_account)),
    path("accounts/", include("allauth.urls")),
    path("portal/", include("tongguan.interfaces.portal.urls")),
    path("desk/", include("tongguan.interfaces.workbench.urls")),
    path("public/", include("tongguan.interfaces.public.urls")),
    path("problems/<str:code>", problem.page, name="problem"),
    path("oauth/token", TokenView.as_view(), name="token"),
    path("api/v1/openapi.json", description.page),
    path("api/v1/", api.urls),
]
