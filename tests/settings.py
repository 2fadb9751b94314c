"""The product's settings as tests and tools load them: with the profile that `tests` sets."""

from tongguan.settings import *  # noqa: F403
