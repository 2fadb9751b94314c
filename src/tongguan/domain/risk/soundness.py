"""Whether a criterion can be used: the public face of `rules.soundness`."""

from tongguan.domain.risk.rules.soundness import faults as faults_of

__all__ = ["faults_of"]
