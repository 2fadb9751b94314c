"""What an operator loads beside the region pack: tariff releases, and corrections of rates."""

from django.db import models
from django.db.models import F, Q


def declined(name: str, waits: Q) -> models.CheckConstraint:
    """Return that something is declined by somebody, with a reason, while it waits; or not."""
    nobody = Q(declined_by="", declined_at=None, decline_reason="")
    somebody = Q(declined_at__isnull=False) & ~Q(declined_by="") & ~Q(decline_reason="")
    return models.CheckConstraint(
        condition=nobody | (somebody & waits), name=f"{name}_declined_while_it_waits"
    )


def two_people(name: str) -> tuple[models.CheckConstraint, ...]:
    """Return that a release is approved by another than who loaded it, or waits, or neither."""
    return (
        declined(name, Q(waiting_since__isnull=False)),
        models.CheckConstraint(
            condition=~Q(loaded_by=F("approved_by")), name=f"{name}_approved_by_another"
        ),
        models.CheckConstraint(
            condition=Q(approved_by="", approved_at=None)
            | (~Q(approved_by="") & Q(approved_at__isnull=False, waiting_since=None)),
            name=f"{name}_approved_or_waiting",
        ),
    )


class Stamp(models.Model):
    """One row that counts changes: whoever keeps a snapshot compares with it, and is renewed."""

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        """There is one."""

        constraints = (models.CheckConstraint(condition=Q(id=1), name="reference_one_stamp"),)

    def __str__(self) -> str:
        """Return the count."""
        return str(self.number)


class TariffRelease(models.Model):
    """One tariff as it was loaded: from which file, by whom, from which day.

    A `whole` release is the entire tariff: codes that it lacks end on its first day. It is in force
    once it waits no more; one that was declined waits for ever. `backdated` says why it begins on a
    day that was over when it was loaded.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField()
    whole = models.BooleanField()
    backdated = models.CharField(max_length=500, blank=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150)
    waiting_since = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    declined_by = models.CharField(max_length=150, blank=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """Approved by another than who loaded it; what waits is not approved."""

        constraints = two_people("tariff")

    def __str__(self) -> str:
        """Return name and day."""
        return f"{self.name} {self.valid_from}"


class TariffRow(models.Model):
    """One ten-digit code of a release. Rates are shares of 1; NULL: no rate is known."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(TariffRelease, on_delete=models.PROTECT)
    code = models.CharField(max_length=10)
    name_zh = models.CharField(max_length=500)
    general = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    mfn = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    export = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    consumption = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    vat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    first_unit = models.CharField(max_length=3)
    second_unit = models.CharField(max_length=3, blank=True)
    controls = models.CharField(max_length=30, blank=True)
    elements = models.TextField(blank=True)

    class Meta:
        """A code once a release; rates as shares, and consumption tax below its own base."""

        constraints = (
            models.UniqueConstraint(fields=["release", "code"], name="tariff_code_once"),
            models.CheckConstraint(
                condition=Q(general=None) | Q(general__gte=0, general__lt=3),
                name="tariff_general_share",
            ),
            models.CheckConstraint(
                condition=Q(mfn=None) | Q(mfn__gte=0, mfn__lt=1), name="tariff_mfn_share"
            ),
            models.CheckConstraint(
                condition=Q(export=None) | Q(export__gte=0, export__lt=1),
                name="tariff_export_share",
            ),
            models.CheckConstraint(
                condition=Q(consumption=None) | Q(consumption__gte=0, consumption__lt=1),
                name="tariff_consumption_share",
            ),
            models.CheckConstraint(
                condition=Q(vat=None) | Q(vat__gte=0, vat__lt=1), name="tariff_vat_share"
            ),
        )

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class CalendarRelease(models.Model):
    """Holidays as they were loaded: from which file, by whom. A later release stands first.

    It is in force once it waits no more; one that was declined waits for ever. `backdated` says why
    it changes today or days that were over.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    backdated = models.CharField(max_length=500, blank=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150)
    waiting_since = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    declined_by = models.CharField(max_length=150, blank=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """Approved by another than who loaded it; what waits is not approved."""

        constraints = two_people("calendar")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class CalendarDay(models.Model):
    """One day of a release: a holiday, or worked although it is a Saturday or Sunday."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(CalendarRelease, on_delete=models.PROTECT)
    day = models.DateField()
    worked = models.BooleanField()
    source = models.CharField(max_length=300)

    class Meta:
        """A day once a release."""

        constraints = (
            models.UniqueConstraint(fields=["release", "day"], name="calendar_day_once"),
        )

    def __str__(self) -> str:
        """Return the day."""
        return str(self.day)


class RateCorrection(models.Model):
    """An exchange rate for one month, proposed by one person and in force once another confirms.

    It stands before the rate of the pack; a month that the pack lacks is given in this way too.
    """

    id = models.BigAutoField(primary_key=True)
    currency = models.CharField(max_length=3)
    month = models.DateField()
    rate = models.DecimalField(max_digits=12, decimal_places=6)
    reason = models.CharField(max_length=500)
    source = models.CharField(max_length=300)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    declined_by = models.CharField(max_length=150, blank=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """Two people, a rate above nothing, the first day of a month."""

        constraints = (
            declined("rate", Q(confirmed_at=None)),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("confirmed_by")), name="rate_confirmed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by="", confirmed_at=None)
                | (~Q(confirmed_by="") & Q(confirmed_at__isnull=False)),
                name="rate_confirmed_by_someone",
            ),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_above_nothing"),
            models.CheckConstraint(condition=Q(month__day=1), name="rate_of_whole_month"),
        )

    def __str__(self) -> str:
        """Return currency, month and rate."""
        return f"{self.currency} {self.month:%Y-%m}: {self.rate}"
