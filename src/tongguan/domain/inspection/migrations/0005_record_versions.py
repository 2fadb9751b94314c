"""Keep every version of an examination record, with who wrote it and on what ground it changed.

Step:   expand, 1 of 1; records that are being signed are written and signed anew afterwards.
Locks:  one table for a moment; one table is new.
Time:   at once.
Back:   drops the earlier versions; the records that all signed stay.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0001_initial'),
        ('inspection', '0004_signatures'),
    ]

    operations = [
        migrations.AddField(
            model_name='preparedrecord',
            name='version',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='RecordVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('hold', models.UUIDField()),
                ('version', models.IntegerField()),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('written_by', models.CharField(max_length=150)),
                ('written_at', models.DateTimeField()),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hold', 'version'), name='record_version_once')],
            },
        ),
    ]
