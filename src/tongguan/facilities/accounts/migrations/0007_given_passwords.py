"""Whether a password was given by an administrator; and languages that nobody chose are unknown.

Step:   expand, 1 of 1.
Locks:  the persons, for an instant; no row is written anew for the column.
Time:   at once; the languages take a moment for some thousand people.
Back:   drops the column: nobody is led to choose an own password. Languages stay unknown, and
        mails are in Chinese.
"""

from typing import ClassVar

from django.db import migrations, models

FORGET = "UPDATE accounts_person SET language = '' WHERE language = 'zh-hans'"
"""All who were admitted without a language had this one."""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0006_tried")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="person",
            name="password_given",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AlterField(
            model_name="person",
            name="language",
            field=models.CharField(max_length=10, blank=True),
        ),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
