"""Let a posting make somebody the chief of examination at an office.

Step:   expand, 1 of 1.
Locks:  the postings, while the constraint is checked.
Time:   1 s for a million postings.
Back:   as long as nobody is posted as a chief.
"""

from typing import ClassVar

from django.db import migrations, models

_NOWHERE = models.Q(office="", district="")
_AT_OFFICE = models.Q(office="", district__regex=r"^[0-9A-Z]{0,8}$") | models.Q(
    office__regex=r"^\d{4}$", district=""
)
BOUND = (
    (
        models.Q(role__in=["TRADER", "BROKER", "CARRIER", "BANK", "AGENCY"])
        & _NOWHERE
        & models.Q(enterprise_id__isnull=False, site="")
    )
    | (
        models.Q(role__in=["SITE_OPERATOR", "GATE"])
        & _NOWHERE
        & models.Q(enterprise_id=None)
        & ~models.Q(site="")
    )
    | (
        models.Q(
            role__in=[
                "REVIEWER",
                "INSPECTOR",
                "CHIEF",
                "REVENUE",
                "RISK_ANALYST",
                "COORDINATOR",
                "AUDITOR",
            ]
        )
        & models.Q(enterprise_id=None, site="")
        & _AT_OFFICE
    )
    | (
        models.Q(role__in=["ADMINISTRATOR", "ROBOT"])
        & _NOWHERE
        & models.Q(enterprise_id=None, site="")
    )
)


class Migration(migrations.Migration):
    """One constraint."""

    dependencies: ClassVar = [("accounts", "0004_withdrawn")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="posting", name="posting_bound_by_role"),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(condition=BOUND, name="posting_bound_by_role"),
        ),
    ]
