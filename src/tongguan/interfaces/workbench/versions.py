"""The versions of an examination record, for officers and auditors to read."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from tongguan.domain.inspection.values import Finding, VersionRow


def shown(written: Sequence[VersionRow]) -> list[tuple[VersionRow, str, list[tuple[Any, str]]]]:
    """Return the versions of a record with the words for each, where there is more than one."""
    if len(written) < 2:
        return []
    return [
        (
            row,
            gettext(Finding(row.signed.finding).label),
            [(one, gettext(one.part.label)) for one in row.signatures],
        )
        for row in written
    ]
