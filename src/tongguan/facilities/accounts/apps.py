"""The accounts room."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Persons, software, postings."""

    name = "tongguan.facilities.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Have the ledger told of second factors; their tables are a library's."""
        import_module(f"{self.name}.factors").watch()  # needs the models of all apps
