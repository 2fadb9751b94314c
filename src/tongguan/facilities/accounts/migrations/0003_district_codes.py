"""A district is named as its region names it: up to eight digits or capital letters.

Step:   expand, 1 of 1.
Locks:  the postings, while the constraint is checked.
Time:   1 s for a million postings.
Back:   as long as every district has two digits.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_shared_counts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='posting',
            name='posting_bound_by_role',
        ),
        migrations.AlterField(
            model_name='posting',
            name='district',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['TRADER', 'BROKER', 'CARRIER', 'BANK', 'AGENCY']), ('district', ''), ('office', ''), ('enterprise_id__isnull', False), ('site', '')), models.Q(('role__in', ['SITE_OPERATOR', 'GATE']), ('district', ''), ('office', ''), ('enterprise_id', None), models.Q(('site', ''), _negated=True)), models.Q(('role__in', ['REVIEWER', 'INSPECTOR', 'REVENUE', 'RISK_ANALYST', 'COORDINATOR', 'AUDITOR']), ('enterprise_id', None), ('site', ''), models.Q(models.Q(('district__regex', '^[0-9A-Z]{0,8}$'), ('office', '')), models.Q(('district', ''), ('office__regex', '^\\d{4}$')), _connector='OR')), models.Q(('role__in', ['ADMINISTRATOR', 'ROBOT']), ('district', ''), ('office', ''), ('enterprise_id', None), ('site', '')), _connector='OR'), name='posting_bound_by_role'),
        ),
    ]
