"""Keep whose a bill is, where an approved diversion sends it, and what two carriers dispute.

Step:   expand, 1 of 1; earlier bills are those of their manifest's carrier, at its office.
Locks:  bills, claims and manifests for a moment; no row is rewritten. The index by voyage is
        built in the same moment.
Time:   at once; the index reads every manifest once.
Back:   drops the columns and both tables with the disputes and diversions they hold.
"""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns, two tables, an index."""

    dependencies: ClassVar = [
        ('cargo', '0001_initial'),
        ('parties', '0002_mandate_given_once'),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=35)),
                ('name', models.CharField(max_length=35)),
                ('voyage', models.CharField(blank=True, max_length=32)),
                ('office', models.CharField(max_length=4)),
                ('bills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), default=list, size=None)),
                ('sha256', models.BinaryField()),
                ('content', models.JSONField()),
                ('raised_at', models.DateTimeField()),
                ('raised_by', models.CharField(max_length=150)),
                ('outcome', models.CharField(blank=True, default='', max_length=8)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, default='', max_length=150)),
                ('reason', models.CharField(blank=True, default='', max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Diversion',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('from_office', models.CharField(max_length=4)),
                ('from_site', models.CharField(blank=True, max_length=12)),
                ('to_office', models.CharField(max_length=4)),
                ('to_site', models.CharField(max_length=12)),
                ('reason', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=150)),
                ('approved', models.BooleanField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, default='', max_length=150)),
                ('words', models.CharField(blank=True, default='', max_length=300)),
            ],
        ),
        migrations.AddField(
            model_name='bill',
            name='carrier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.enterprise'),
        ),
        migrations.AddField(
            model_name='bill',
            name='office',
            field=models.CharField(blank=True, db_default='', default='', max_length=4),
        ),
        migrations.AddField(
            model_name='claim',
            name='departure',
            field=models.CharField(blank=True, db_default='', default='', max_length=4),
        ),
        migrations.AddIndex(
            model_name='manifest',
            index=models.Index(django.db.models.functions.text.Upper(django.db.models.functions.text.Replace('name', models.Value(' '))), django.db.models.functions.text.Upper(django.db.models.functions.text.Replace('voyage', models.Value(' '))), models.F('mode'), name='manifest_by_voyage'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='claimant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.enterprise'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='holder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.enterprise'),
        ),
        migrations.AddField(
            model_name='diversion',
            name='bill',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='diversions', to='cargo.bill'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('outcome', '')), fields=['office', 'raised_at'], name='dispute_open'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'FIRST', 'SECOND'])), name='dispute_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('number', 'claimant', 'sha256'), name='dispute_once'),
        ),
        migrations.AddConstraint(
            model_name='diversion',
            constraint=models.UniqueConstraint(condition=models.Q(('approved', None)), fields=('bill',), name='diversion_once'),
        ),
    ]
