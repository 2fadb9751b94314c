"""The accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Persons, software, postings."""

    name = "tongguan.facilities.accounts"
    label = "accounts"
