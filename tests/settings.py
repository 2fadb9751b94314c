"""The product's settings as tests and tools load them: with the profile that `tests` sets."""

from tongguan.settings import *  # noqa: F403
from tongguan.settings import INSTALLED_APPS as OF_PRODUCT

STATEMENT_MS = 60_000
"""A hundred who wait in line for one row wait longer where the machine is busy."""
INSTALLED_APPS = [*OF_PRODUCT, "tests.emptying"]
