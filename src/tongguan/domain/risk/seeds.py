"""The seed of each day, made the day before and committed then."""

import secrets
from datetime import date, datetime

from tongguan.domain.risk.models import DailySeed
from tongguan.domain.risk.rules.draw import commitment


def ensure_seed(day: date, *, now: datetime) -> DailySeed:
    """Return the seed of a day; made when first asked for, which is the day before."""
    seed = secrets.token_bytes(32)
    defaults = {"seed": seed, "commitment": commitment(seed), "made_at": now}
    return DailySeed.objects.get_or_create(day=day, defaults=defaults)[0]
