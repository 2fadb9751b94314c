"""The product's settings as tests and tools load them: with the profile that `tests` sets."""

from tongguan.settings import *  # noqa: F403
from tongguan.settings import INSTALLED_APPS as OF_PRODUCT

INSTALLED_APPS = [*OF_PRODUCT, "tests.emptying"]
