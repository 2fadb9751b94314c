"""Which address is answered where: each interface brings its own addresses."""

from django.urls import include, path

from tongguan.interfaces import home
from tongguan.interfaces.api.application import api
from tongguan.interfaces.api.tokens import TokenView
from tongguan.interfaces.pages import account

urlpatterns = [
    path("", home.page, name="home"),
    path("", include("tongguan.interfaces.pages.urls")),
    path("accounts/password/reset/", account.reset, name="account_reset_password"),
    path("accounts/email/", account.address, name="account_email"),
    path("accounts/confirm-email/<str:key>/", account.confirm, name="account_confirm_email"),
    path("accounts/", include("allauth.urls")),
    path("portal/", include("tongguan.interfaces.portal.urls")),
    path("desk/", include("tongguan.interfaces.workbench.urls")),
    path("public/", include("tongguan.interfaces.public.urls")),
    path("oauth/token", TokenView.as_view(), name="token"),
    path("api/v1/", api.urls),
]
