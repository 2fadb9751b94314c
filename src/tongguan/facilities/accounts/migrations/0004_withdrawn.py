"""When software was withdrawn stands beside when it was admitted.

Step:   expand, 1 of 1.
Locks:  the software, for an instant; no row is written anew.
Time:   at once.
Back:   drops the column; software that was withdrawn stays without credentials and postings.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0003_district_codes")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="apiclient",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
    ]
