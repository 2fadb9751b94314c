"""Certificates of relief and of origin, and what declarations drew on them.

Step:   expand, 1 of 1: two new tables; nothing that exists changes.
Locks:  none that anybody waits for.
Time:   under a second.
Back:   drops both tables, and with them what is left of each certificate; the ledger still tells it.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0001_initial'),
        ('parties', '0002_mandate_given_once'),
        ('permits', '0002_goods_and_port'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=6)),
                ('number', models.CharField(max_length=35)),
                ('basis', models.CharField(max_length=10)),
                ('origin', models.CharField(blank=True, db_default='', default='', max_length=3)),
                ('levy_modes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=1), size=None)),
                ('frees', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('share', models.DecimalField(decimal_places=5, max_digits=6, null=True)),
                ('commodities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None)),
                ('granted', models.DecimalField(decimal_places=5, max_digits=19)),
                ('drawn', models.DecimalField(db_default=0, decimal_places=5, default=0, max_digits=19)),
                ('unit', models.CharField(max_length=3)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField()),
                ('issuer', models.CharField(max_length=100)),
                ('registered_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='CertificateUse',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('line', models.PositiveSmallIntegerField()),
                ('quantity', models.DecimalField(decimal_places=5, max_digits=19)),
                ('debited_at', models.DateTimeField()),
                ('credited_at', models.DateTimeField(null=True)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='permits.certificate')),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration')),
            ],
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('kind', 'number'), name='certificate_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['RELIEF', 'ORIGIN'])), name='certificate_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('drawn__gte', 0), ('drawn__lte', models.F('granted'))), name='certificate_not_overdrawn'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='certificate_lasts'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('share', None), models.Q(('share__gte', 0), ('share__lt', 1)), _connector='OR'), name='certificate_share_below_one'),
        ),
        migrations.AddConstraint(
            model_name='certificateuse',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='certificate_use_above_zero'),
        ),
    ]
