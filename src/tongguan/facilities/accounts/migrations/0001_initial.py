"""Persons, software and their postings.

Step:   the first of this room.
Locks:  none; the tables are new.
Back:   drops the tables and what they hold.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiClient',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('client_id', models.CharField(max_length=100, unique=True)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('label', models.CharField(max_length=100)),
                ('admitted_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=60, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('name_zh', models.CharField(blank=True, max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=100)),
                ('language', models.CharField(default='zh-hans', max_length=10)),
                ('home_office', models.CharField(blank=True, max_length=4)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('admitted_at', models.DateTimeField()),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=15)),
                ('office', models.CharField(blank=True, max_length=4)),
                ('district', models.CharField(blank=True, max_length=2)),
                ('site', models.CharField(blank=True, max_length=12)),
                ('enterprise_id', models.BigIntegerField(null=True)),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField(null=True)),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.apiclient')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='person_email_once'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('username__regex', '^[a-z0-9][a-z0-9._-]{1,59}$')), name='person_username_form'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['role', 'office'], name='posting_by_role'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('person', None)), models.Q(('client', None), ('person__isnull', False)), _connector='OR'), name='posting_of_one'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['TRADER', 'BROKER', 'CARRIER', 'BANK', 'AGENCY']), ('district', ''), ('office', ''), ('enterprise_id__isnull', False), ('site', '')), models.Q(('role__in', ['SITE_OPERATOR', 'GATE']), ('district', ''), ('office', ''), ('enterprise_id', None), models.Q(('site', ''), _negated=True)), models.Q(('role__in', ['REVIEWER', 'INSPECTOR', 'REVENUE', 'RISK_ANALYST', 'COORDINATOR', 'AUDITOR']), ('enterprise_id', None), ('site', ''), models.Q(models.Q(('district__regex', '^(\\d{2})?$'), ('office', '')), models.Q(('district', ''), ('office__regex', '^\\d{4}$')), _connector='OR')), models.Q(('role__in', ['ADMINISTRATOR', 'ROBOT']), ('district', ''), ('office', ''), ('enterprise_id', None), ('site', '')), _connector='OR'), name='posting_bound_by_role'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='posting_ends_after'),
        ),
    ]
