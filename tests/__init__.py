"""Tests of the product, in the same order as its source."""

import os
import secrets

# Processes that the tests start inherit all of these.
os.environ.setdefault("TONGGUAN_PROFILE", "test")
os.environ.setdefault("TONGGUAN_SECRET_KEY", secrets.token_urlsafe(50))
# Tests run beside one another: where each learns with a thread a core, the threads wait in turns.
os.environ.setdefault("OMP_NUM_THREADS", "1")
