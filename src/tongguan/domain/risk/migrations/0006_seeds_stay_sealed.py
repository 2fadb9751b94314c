"""No seed stands in clear before it is revealed: the table sees to it.

Step:   contract, 3 of 3.
Locks:  the seeds, for an instant; all rows are looked at once, one a day.
Time:   at once.
Back:   the rule is gone; nothing else changes.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('risk', '0005_seal_seeds'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='dailyseed',
            constraint=models.CheckConstraint(
                condition=Q(revealed_at=None, seed=None, sealed__isnull=False)
                | Q(revealed_at__isnull=False, seed__isnull=False),
                name='seed_sealed_until_revealed',
            ),
        ),
    ]
