"""Let a hold name any number of accounts on whose finding it is opened.

Step:   expand, 1 of 1.
Locks:  the table of holds for a moment; a wider text needs no rewrite.
Time:   at once.
Back:   fails where a hold names more accounts than 310 characters hold.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clearance', '0003_opened_by'),
    ]

    operations = [
        migrations.AlterField(
            model_name='hold',
            name='opened_by',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
    ]
