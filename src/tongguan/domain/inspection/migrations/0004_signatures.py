"""Let each who holds or attends an examination sign its record, under a sign-in or by a code.

Step:   expand, 1 of 1; records signed before keep who signed them in their content.
Locks:  three tables for a moment; nothing is rewritten.
Time:   at once.
Back:   drops the columns and tables; records signed meanwhile lose who signed them how.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0001_initial'),
        ('inspection', '0003_attendance'),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='keeper',
            field=models.CharField(blank=True, db_default='', default='', max_length=150),
        ),
        migrations.AddField(
            model_name='attendance',
            name='keeper_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='refused',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddField(
            model_name='attendance',
            name='refused_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=150),
        ),
        migrations.AddField(
            model_name='inspectionrecord',
            name='sha256',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='officerdraw',
            name='wanted',
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name='officerdraw',
            name='wanted_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=150),
        ),
        migrations.AddField(
            model_name='officerdraw',
            name='wanted_ground',
            field=models.CharField(blank=True, db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='officerdraw',
            name='wanted_why',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.CreateModel(
            name='DeclaredAbsence',
            fields=[
                ('hold', models.UUIDField(primary_key=True, serialize=False)),
                ('ground', models.CharField(max_length=12)),
                ('words', models.CharField(max_length=200)),
                ('declared_by', models.CharField(max_length=150)),
                ('declared_at', models.DateTimeField()),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration')),
            ],
        ),
        migrations.CreateModel(
            name='PreparedRecord',
            fields=[
                ('hold', models.UUIDField(primary_key=True, serialize=False)),
                ('seen', models.JSONField()),
                ('prepared_by', models.CharField(max_length=150)),
                ('prepared_at', models.DateTimeField()),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration')),
            ],
        ),
        migrations.CreateModel(
            name='SigningCode',
            fields=[
                ('hold', models.UUIDField(primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('salt', models.BinaryField()),
                ('sealed', models.BinaryField()),
                ('given_to', models.CharField(max_length=150)),
                ('given_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('tries_left', models.PositiveSmallIntegerField()),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration')),
            ],
        ),
        migrations.CreateModel(
            name='Supplement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('hold', models.UUIDField(db_index=True)),
                ('words', models.TextField()),
                ('added_by', models.CharField(max_length=150)),
                ('added_at', models.DateTimeField()),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('hold', models.UUIDField()),
                ('part', models.CharField(max_length=10)),
                ('by', models.CharField(max_length=150)),
                ('name', models.CharField(max_length=100)),
                ('how', models.CharField(max_length=8)),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hold', 'sha256', 'by'), name='signature_once')],
            },
        ),
    ]
