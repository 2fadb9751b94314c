"""Keep every choice of officers with all that decides it, and a mark for whoever leaves.

Step:   expand, 1 of 1; earlier marks say that somebody was present, and earlier draws keep the
        names they were made of. Records that are being signed are written and signed anew, since
        what is signed says more; a replacement that waits to be confirmed is asked for anew.
Locks:  two tables for a moment; one table is new.
Time:   under a second: the marks of presence get another index.
Back:   drops the choices and what says that a mark is of absence; the ledger still tells them. It
        fails where an officer has two marks on one day.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0001_initial'),
        ('inspection', '0006_seals_and_earlier_beginning'),
    ]

    operations = [
        migrations.RunSQL('DELETE FROM inspection_preparedrecord', migrations.RunSQL.noop),
        migrations.CreateModel(
            name='OfficerChoice',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('hold', models.UUIDField()),
                ('round', models.PositiveSmallIntegerField()),
                ('office', models.CharField(max_length=4)),
                ('how', models.CharField(max_length=5)),
                ('seed_day', models.DateField()),
                ('key', models.CharField(max_length=50)),
                ('candidates', models.JSONField()),
                ('chosen', models.JSONField()),
                ('in_place_of', models.JSONField()),
                ('ground', models.CharField(blank=True, max_length=10)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('asked_by', models.CharField(blank=True, max_length=150)),
                ('chosen_at', models.DateTimeField()),
                ('chosen_by', models.CharField(max_length=150)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='presence',
            name='presence_at_one_office',
        ),
        migrations.AddField(
            model_name='officerdraw',
            name='wanted_for',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='presence',
            name='mark',
            field=models.CharField(blank=True, db_default='', default='', max_length=6),
        ),
        migrations.AddIndex(
            model_name='presence',
            index=models.Index(fields=['officer', 'day'], name='presence_of_officer'),
        ),
        migrations.AddField(
            model_name='officerchoice',
            name='declaration',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='declarations.declaration'),
        ),
        migrations.AddIndex(
            model_name='officerchoice',
            index=models.Index(fields=['seed_day'], name='officer_choice_of_day'),
        ),
        migrations.AddConstraint(
            model_name='officerchoice',
            constraint=models.UniqueConstraint(fields=('hold', 'round'), name='officer_choice_once'),
        ),
    ]
