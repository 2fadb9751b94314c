"""A mandate says whether it shows what others declared, and whether guarantees are drawn under it.

No mandate given before says so: from now on its broker sees what he declared himself, and draws on no
guarantee. A principal who wants more gives another mandate.

Step:   expand, 1 of 1; the columns have defaults in the database, older code writes on.
Locks:  the mandates, for an instant; no row is written anew.
Time:   at once.
Back:   drops the columns; brokers would see again all that their principals have declared.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("parties", "0003_credit_classes_of_2026")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="mandate",
            name="sees_others",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="mandate",
            name="draws_guarantee",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
