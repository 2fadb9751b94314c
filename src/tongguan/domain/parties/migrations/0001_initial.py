"""Enterprises, their credit classes, mandates.

Step:   the first of this room.
Locks:  none; the tables are new.
Back:   drops the tables and what they hold.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('scc', models.CharField(max_length=18, unique=True)),
                ('customs_code', models.CharField(max_length=10, null=True, unique=True)),
                ('name_zh', models.CharField(max_length=150)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(max_length=10)),
                ('home_office', models.CharField(max_length=4)),
                ('registered_on', models.DateField()),
                ('suspended_from', models.DateField(null=True)),
                ('suspended_until', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['home_office', 'name_zh'], name='enterprise_by_home')],
                'constraints': [models.CheckConstraint(condition=models.Q(('scc__regex', '^[0-9A-HJ-NPQRTUWXY]{18}$')), name='enterprise_scc_form'), models.CheckConstraint(condition=models.Q(('customs_code', None), ('customs_code__regex', '^[0-9A-Z]{10}$'), _connector='OR'), name='enterprise_customs_code_form'), models.CheckConstraint(condition=models.Q(('kind__in', ['TRADER', 'BROKER', 'CARRIER', 'OPERATOR', 'BANK', 'AGENCY'])), name='enterprise_kind_known'), models.CheckConstraint(condition=models.Q(('suspended_until', None), ('suspended_until__gt', models.F('suspended_from')), _connector='OR'), name='enterprise_suspension_ends_after')],
            },
        ),
        migrations.CreateModel(
            name='CreditRecord',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('credit', models.CharField(max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('reason', models.CharField(max_length=200)),
                ('set_by', models.CharField(max_length=150)),
                ('enterprise', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='parties.enterprise')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enterprise', 'valid_from'), name='credit_begins_once'), models.CheckConstraint(condition=models.Q(('credit__in', ['advanced', 'general_certified', 'general', 'discredited', 'AA', 'A', 'B', 'C', 'D'])), name='credit_class_known'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('enterprise_id', 'enterprise_id', models.Value('[]'), function='int8range'), '&&'), (models.Func('valid_from', 'valid_until', function='daterange'), '&&')], name='credit_one_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('flow', models.CharField(blank=True, max_length=6)),
                ('chapters', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField()),
                ('signed_by', models.CharField(max_length=150)),
                ('signed_at', models.DateTimeField()),
                ('signature', models.TextField(blank=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_by', models.CharField(blank=True, max_length=150)),
                ('broker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.enterprise')),
                ('principal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.enterprise')),
            ],
            options={
                'indexes': [models.Index(fields=['principal', 'broker', '-valid_until'], name='mandate_between'), models.Index(fields=['broker', '-valid_until'], name='mandate_of_broker')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='mandate_ends_after_beginning'), models.CheckConstraint(condition=models.Q(('principal', models.F('broker')), _negated=True), name='mandate_to_another'), models.CheckConstraint(condition=models.Q(('flow__in', ['', 'import', 'export'])), name='mandate_flow_known')],
            },
        ),
    ]
