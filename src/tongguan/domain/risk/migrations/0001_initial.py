"""Criteria in versions, seeds and commitments, selections, outcomes, history.

Step:   the first of this room.
Locks:  none; the tables are new.
Back:   drops the tables and what they hold.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('declarations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DailySeed',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('seed', models.BinaryField()),
                ('commitment', models.CharField(max_length=64)),
                ('committed_at', models.DateTimeField()),
                ('revealed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('declaration', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='declarations.declaration')),
                ('model_version', models.CharField(max_length=100)),
                ('contributions', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='ModelFile',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
                ('kept_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('kind', models.CharField(max_length=10)),
                ('criterion', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('active', models.BooleanField()),
                ('ended', models.BooleanField()),
                ('why', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'criterion', '-id'], name='change_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('active', True), ('ended', True), _negated=True), name='change_ended_or_active')],
            },
        ),
        migrations.CreateModel(
            name='CriterionVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('criterion', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('content', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('proposed_by', models.CharField(max_length=150)),
                ('proposed_at', models.DateTimeField()),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('decided_at', models.DateTimeField(null=True)),
                ('approved', models.BooleanField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('approved', None)), fields=['kind', 'criterion'], name='criterion_waiting')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'criterion', 'version'), name='criterion_version_once'), models.CheckConstraint(condition=models.Q(('approved', None), ('decided_at__isnull', False), _connector='OR'), name='criterion_decided_at_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('approved', True), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='criterion_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commodity', models.CharField(max_length=10)),
                ('step', models.SmallIntegerField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commodity', 'step'), name='price_step_once')],
            },
        ),
        migrations.CreateModel(
            name='Selected',
            fields=[
                ('declaration', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='declarations.declaration')),
                ('at', models.DateTimeField()),
                ('documents', models.BooleanField()),
                ('goods', models.BooleanField()),
                ('trader', models.CharField(max_length=18)),
                ('peers', models.CharField(max_length=40)),
                ('selection', models.JSONField()),
                ('facts', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='selected_by_moment'), models.Index(fields=['trader', 'at'], name='selected_of_trader')],
            },
        ),
        migrations.CreateModel(
            name='SetCommitment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('stamp', models.BigIntegerField()),
                ('version', models.CharField(max_length=64)),
                ('salt', models.BinaryField()),
                ('commitment', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('opened_by', models.CharField(blank=True, max_length=150)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'version'), name='set_committed_once')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=10)),
                ('key', models.CharField(max_length=160)),
                ('day', models.DateField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('role', 'key', 'day'), name='sighting_once')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('treatment', models.CharField(max_length=12)),
                ('finding', models.CharField(blank=True, max_length=20)),
                ('value_effect', models.DecimalField(decimal_places=2, default=0, max_digits=19)),
                ('office', models.CharField(max_length=4)),
                ('officers', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='declarations.declaration')),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='outcome_by_moment')],
                'constraints': [models.UniqueConstraint(fields=('declaration', 'treatment'), name='outcome_once')],
            },
        ),
        migrations.CreateModel(
            name='Reached',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('source', models.CharField(max_length=12)),
                ('criterion', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('treatment', models.CharField(max_length=12)),
                ('acted', models.BooleanField()),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='declarations.declaration')),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'criterion', 'at'], name='reached_by_criterion')],
            },
        ),
    ]
