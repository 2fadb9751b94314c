"""Checks owed on bills, a row for each declaration that left some, so that the ledger seals them.

Rows from before are copied; `ledger adopt` describes them.

Step:   expand and contract in one: the old table is read by lodging alone.
Locks:  the old table, which is dropped.
Time:   at once: a row for each bill whose declaration was revoked before its checks were done.
Back:   makes the old table anew from the latest row of each bill.
"""

import django.db.models.deletion
from django.db import migrations, models

COPY = """
    INSERT INTO risk_carriedcheck (bill, declaration_id, reasons, at)
    SELECT bill, declaration_id, reasons, at FROM risk_owedcheck ORDER BY at, bill
"""
BACK = """
    INSERT INTO risk_owedcheck (bill, declaration_id, reasons, at)
    SELECT bill, declaration_id, reasons, at FROM (
        SELECT DISTINCT ON (bill) * FROM risk_carriedcheck ORDER BY bill, id DESC
    ) AS latest WHERE reasons <> '[]'::jsonb
"""


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0001_initial'),
        ('risk', '0008_shares_of_pack'),
    ]

    operations = [
        migrations.CreateModel(
            name='CarriedCheck',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('bill', models.CharField(db_index=True, max_length=35)),
                ('reasons', models.JSONField()),
                ('at', models.DateTimeField()),
                ('declaration', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='declarations.declaration')),
            ],
        ),
        migrations.RunSQL(COPY, BACK),
        migrations.DeleteModel(name='OwedCheck'),
    ]
