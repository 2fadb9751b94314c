"""Preferences claimed. Source: REV-10: no certificate, no preference."""

from tongguan.domain.declarations import problems
from tongguan.domain.declarations.values import Submission
from tongguan.kernel.problems import Fault


def check(submission: Submission, faults: list[Fault]) -> None:
    """Tell preferences that are claimed without a certificate of origin."""
    for index, line in enumerate(submission.lines):
        claimed = line.preference
        if claimed is not None and claimed.agreement and not claimed.certificate:
            faults.append(
                problems.PREFERENCE_WITHOUT_CERTIFICATE.at(
                    f"#/lines/{index}/preference/certificate",
                    line=line.number or index + 1,
                    agreement=claimed.agreement,
                )
            )
