"""Manifests, bills, containers, arrivals, and which declaration uses a bill.

Step:   the first of this room.
Locks:  none; the tables are new.
Back:   drops the tables and what they hold.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('bill', models.CharField(max_length=35)),
                ('declaration_id', models.UUIDField()),
                ('freed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('freed_at', None)), fields=('bill',), name='bill_used_once'), models.UniqueConstraint(condition=models.Q(('freed_at', None)), fields=('declaration_id',), name='one_bill_used')],
            },
        ),
        migrations.CreateModel(
            name='Manifest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=35, unique=True)),
                ('flow', models.CharField(max_length=6)),
                ('mode', models.CharField(max_length=1)),
                ('name', models.CharField(max_length=35)),
                ('voyage', models.CharField(blank=True, max_length=32)),
                ('office', models.CharField(max_length=4)),
                ('received_at', models.DateTimeField()),
                ('carrier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='Bill',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=35)),
                ('site', models.CharField(blank=True, max_length=12)),
                ('consignee', models.CharField(blank=True, max_length=150)),
                ('goods', models.CharField(blank=True, max_length=150)),
                ('packages', models.PositiveIntegerField()),
                ('gross', models.DecimalField(decimal_places=6, max_digits=19)),
                ('received_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('arrived_site', models.CharField(blank=True, default='', max_length=12)),
                ('left_at', models.DateTimeField(null=True)),
                ('manifest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cargo.manifest')),
            ],
        ),
        migrations.CreateModel(
            name='ManifestMessage',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('function', models.CharField(max_length=8)),
                ('sha256', models.BinaryField()),
                ('content', models.JSONField()),
                ('received_at', models.DateTimeField()),
                ('received_by', models.CharField(max_length=150)),
                ('manifest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cargo.manifest')),
            ],
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('unit', models.CharField(blank=True, max_length=35)),
                ('site', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=8)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('bill', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='cargo.bill')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bill', 'unit', 'site', 'kind'), name='reported_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['ARRIVAL', 'TALLY', 'GATE_IN'])), name='arrival_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='CargoUnit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('unit', models.CharField(max_length=35)),
                ('seals', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=35), default=list, size=None)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('arrived_site', models.CharField(blank=True, default='', max_length=12)),
                ('left_at', models.DateTimeField(null=True)),
                ('bill', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='cargo.bill')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('left_at', None)), fields=['unit'], name='unit_here_or_coming')],
                'constraints': [models.UniqueConstraint(fields=('bill', 'unit'), name='unit_once_a_bill')],
            },
        ),
        migrations.AddIndex(
            model_name='manifest',
            index=models.Index(fields=['office', '-received_at'], name='manifest_by_office'),
        ),
        migrations.AddConstraint(
            model_name='manifest',
            constraint=models.CheckConstraint(condition=models.Q(('flow__in', ('import', 'export'))), name='manifest_flow_known'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(condition=models.Q(('arrived_at', None), ('withdrawn_at', None)), fields=['site', 'received_at'], name='bill_expected'),
        ),
        migrations.AddIndex(
            model_name='bill',
            index=models.Index(condition=models.Q(('arrived_at__isnull', False), ('left_at', None)), fields=['arrived_site', '-arrived_at'], name='bill_lying'),
        ),
        migrations.AddConstraint(
            model_name='bill',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('number',), name='bill_once'),
        ),
        migrations.AddConstraint(
            model_name='bill',
            constraint=models.CheckConstraint(condition=models.Q(('gross__gte', 0)), name='bill_gross_not_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='bill',
            constraint=models.CheckConstraint(condition=models.Q(('left_at', None), ('arrived_at__isnull', False), _connector='OR'), name='bill_left_after'),
        ),
        migrations.AddConstraint(
            model_name='manifestmessage',
            constraint=models.CheckConstraint(condition=models.Q(('function__in', ['original', 'add', 'delete', 'replace'])), name='message_function_known'),
        ),
    ]
