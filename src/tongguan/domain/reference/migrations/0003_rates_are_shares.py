"""A rate of a loaded tariff is a share of 1; what was loaded as a percent is a rate not known.

Step:   expand, 1 of 1.
Locks:  the rows of loaded tariffs, while the constraints are checked.
Time:   1 s for a million rows.
Back:   drops the constraints; rates that were no shares stay empty.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0002_calendar'),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE reference_tariffrow SET
                general = CASE WHEN general >= 0 AND general < 3 THEN general END,
                mfn = CASE WHEN mfn >= 0 AND mfn < 1 THEN mfn END,
                export = CASE WHEN export >= 0 AND export < 1 THEN export END,
                consumption = CASE WHEN consumption >= 0 AND consumption < 1 THEN consumption END,
                vat = CASE WHEN vat >= 0 AND vat < 1 THEN vat END
            WHERE general >= 3 OR mfn >= 1 OR export >= 1 OR consumption >= 1 OR vat >= 1
                OR least(general, mfn, export, consumption, vat) < 0
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='tariffrow',
            constraint=models.CheckConstraint(condition=models.Q(('general', None), models.Q(('general__gte', 0), ('general__lt', 3)), _connector='OR'), name='tariff_general_share'),
        ),
        migrations.AddConstraint(
            model_name='tariffrow',
            constraint=models.CheckConstraint(condition=models.Q(('mfn', None), models.Q(('mfn__gte', 0), ('mfn__lt', 1)), _connector='OR'), name='tariff_mfn_share'),
        ),
        migrations.AddConstraint(
            model_name='tariffrow',
            constraint=models.CheckConstraint(condition=models.Q(('export', None), models.Q(('export__gte', 0), ('export__lt', 1)), _connector='OR'), name='tariff_export_share'),
        ),
        migrations.AddConstraint(
            model_name='tariffrow',
            constraint=models.CheckConstraint(condition=models.Q(('consumption', None), models.Q(('consumption__gte', 0), ('consumption__lt', 1)), _connector='OR'), name='tariff_consumption_share'),
        ),
        migrations.AddConstraint(
            model_name='tariffrow',
            constraint=models.CheckConstraint(condition=models.Q(('vat', None), models.Q(('vat__gte', 0), ('vat__lt', 1)), _connector='OR'), name='tariff_vat_share'),
        ),
    ]
