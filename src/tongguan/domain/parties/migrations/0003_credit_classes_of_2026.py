"""The credit classes of 1 April 2026 are known: certified, seriously discredited.

Step:   expand, 1 of 1; the code that gives these classes ships with it.
Locks:  the credit classes, against everything, while each row is looked at.
Time:   1 s for a million enterprises.
Back:   narrows the check again; fails where one of the two classes was given.
"""

from typing import ClassVar

from django.db import migrations, models

CLASSES = [
    "advanced",
    "certified",
    "general_certified",
    "general",
    "discredited",
    "seriously_discredited",
    "AA",
    "A",
    "B",
    "C",
    "D",
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parties", "0002_mandate_given_once")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="creditrecord", name="credit", field=models.CharField(max_length=30)
        ),
        migrations.RemoveConstraint(model_name="creditrecord", name="credit_class_known"),
        migrations.AddConstraint(
            model_name="creditrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("credit__in", CLASSES)), name="credit_class_known"
            ),
        ),
    ]
