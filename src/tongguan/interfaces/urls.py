"""Which address is answered where: each interface brings its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("tongguan.interfaces.pages.urls")),
    path("accounts/", include("allauth.urls")),
]
