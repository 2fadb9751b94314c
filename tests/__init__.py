"""Tests of the product, in the same order as its source."""

import os
import secrets

# Processes that the tests start inherit both.
os.environ.setdefault("TONGGUAN_PROFILE", "test")
os.environ.setdefault("TONGGUAN_SECRET_KEY", secrets.token_urlsafe(50))
