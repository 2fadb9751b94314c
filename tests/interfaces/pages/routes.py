"""Addresses for the tests of the shared page: its own, sign-in, and a place of each frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from tongguan.interfaces.pages.shapes import DemoPerson


def place(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/portal_frame.html", {"counts": {"todo": 7}})


def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/workbench_frame.html", {"desks": ("gate", "cargo")})


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "403.html", status=403)


def sign_in(request: HttpRequest) -> HttpResponse:
    people = [DemoPerson("王芳", "declarant", "wang.fang", "river-lantern-42")]
    return render(request, "pages/parts/demo_people.html", {"demo_people": people})


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of our own")


portal = (
    [
        path("", place, name="todo"),
        path("declarations", place, name="declarations"),
        path("search", place, name="search"),
    ],
    "portal",
)
workbench = ([path("gate", desk, name="gate"), path("review", desk, name="review")], "workbench")
urlpatterns = [
    path("", include("tongguan.interfaces.pages.urls")),
    path("accounts/", include("allauth.urls")),
    path("portal/", include(portal)),
    path("workbench/", include(workbench)),
    path("refused", refused),
    path("people", sign_in),
    path("fails", fails),
]
