"""What the product is made of, as Django loads it."""

from typing import Final

OURS: Final = (
    "tongguan.facilities.announcements",
    "tongguan.facilities.ledger",
    "tongguan.facilities.accounts",
    "tongguan.domain.reference",
    "tongguan.domain.parties",
    "tongguan.domain.cargo",
    "tongguan.domain.declarations",
    "tongguan.domain.clearance",
    "tongguan.domain.risk",
    "tongguan.domain.permits",
    "tongguan.domain.review",
    "tongguan.domain.inspection",
    "tongguan.domain.revenue",
    "tongguan.domain.transit",
    "tongguan.domain.release",
    "tongguan.domain.coordination",
    "tongguan.processes",
    "tongguan.interfaces.pages",
    "tongguan.interfaces.portal",
    "tongguan.interfaces.workbench",
    "tongguan.interfaces.public",
    "tongguan.interfaces.api",
)
"""Our rooms, lowest first; a test sees that none is missing."""

LIBRARIES: Final = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "oauth2_provider",
)
