"""Who is on duty, and the two officers drawn for an inspection.

Step:   expand, 1 of 1: two new tables; nothing that exists changes.
Locks:  none that anybody waits for.
Time:   under a second.
Back:   drops both tables, and with them who was drawn; the ledger still tells it.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0001_initial'),
        ('inspection', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('officer', models.CharField(max_length=150)),
                ('day', models.DateField()),
                ('office', models.CharField(max_length=4)),
                ('marked_at', models.DateTimeField()),
                ('marked_by', models.CharField(max_length=150)),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'day'], name='presence_of_office')],
                'constraints': [models.UniqueConstraint(fields=('officer', 'day'), name='presence_at_one_office')],
            },
        ),
        migrations.CreateModel(
            name='OfficerDraw',
            fields=[
                ('hold', models.UUIDField(primary_key=True, serialize=False)),
                ('office', models.CharField(max_length=4)),
                ('seed_day', models.DateField()),
                ('present', models.JSONField()),
                ('drawn', models.JSONField()),
                ('drawn_at', models.DateTimeField()),
                ('drawn_by', models.CharField(max_length=150)),
                ('officers', models.JSONField()),
                ('why', models.CharField(blank=True, max_length=300)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('replaced_by', models.CharField(blank=True, max_length=150)),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('officers', models.F('drawn')), models.Q(('why', ''), _negated=True), _connector='OR'), name='officers_replaced_for_a_reason')],
            },
        ),
    ]
