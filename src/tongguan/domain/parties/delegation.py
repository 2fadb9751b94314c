"""Whether a broker may declare for a trader: pure, for whoever decides on declarations."""

from tongguan.domain.parties.rules.mandates import check_mandate

__all__ = ["check_mandate"]
