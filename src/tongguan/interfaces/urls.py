"""Which address is answered where: each interface brings its own addresses."""

from django.urls import include, path
from oauth2_provider.views import TokenView

from tongguan.interfaces import home
from tongguan.interfaces.api.application import api

urlpatterns = [
    path("", home.page, name="home"),
    path("", include("tongguan.interfaces.pages.urls")),
    path("accounts/", include("allauth.urls")),
    path("portal/", include("tongguan.interfaces.portal.urls")),
    path("desk/", include("tongguan.interfaces.workbench.urls")),
    path("public/", include("tongguan.interfaces.public.urls")),
    path("oauth/token", TokenView.as_view(), name="token"),
    path("api/v1/", api.urls),
]
