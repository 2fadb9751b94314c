"""Keep the seals of the manifest, and why an examination begins before its appointed time.

Step:   expand, 1 of 1; examinations that began before list no seals, and records that are being
        signed are written and signed anew, since what is signed says more.
Locks:  two tables for a moment; nothing is rewritten.
Time:   at once.
Back:   drops the columns; the records that all signed keep what they say.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0005_record_versions'),
    ]

    operations = [
        migrations.RunSQL('DELETE FROM inspection_preparedrecord', migrations.RunSQL.noop),
        migrations.AddField(
            model_name='appointment',
            name='agreed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='appointment',
            name='agreed_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=150),
        ),
        migrations.AddField(
            model_name='attendance',
            name='early',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='attendance',
            name='seals_listed',
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='seals_before',
            field=models.CharField(blank=True, max_length=2000),
        ),
    ]
