"""Tables of this room."""

from django.db import models

from tongguan.domain.cargo.values import ArrivalKind


class Bill(models.Model):
    """One bill of a manifest; at most one declaration uses it."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=35, unique=True)
    manifest = models.CharField(max_length=35, db_index=True)
    flow = models.CharField(max_length=6)
    mode = models.CharField(max_length=1)
    name = models.CharField(max_length=35)
    voyage = models.CharField(max_length=32)
    office = models.CharField(max_length=4)
    site = models.CharField(max_length=12, blank=True)
    consignee = models.CharField(max_length=100, blank=True)
    packages = models.PositiveIntegerField()
    gross = models.DecimalField(max_digits=19, decimal_places=6)
    received_at = models.DateTimeField()
    used_by = models.UUIDField(null=True, unique=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_site = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        """What waits to arrive, by office; what lies at a site."""

        indexes = (
            models.Index(
                fields=["office", "received_at"],
                condition=models.Q(arrived_at=None),
                name="bill_expected",
            ),
            models.Index(
                fields=["arrived_site", "-arrived_at"],
                condition=models.Q(arrived_at__isnull=False),
                name="bill_lying",
            ),
        )

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class CargoUnit(models.Model):
    """A container of a bill, with the seals of the manifest."""

    id = models.BigAutoField(primary_key=True)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT)
    unit = models.CharField(max_length=35, db_index=True)
    seals = models.CharField(max_length=200, blank=True)

    class Meta:
        """A container once a bill."""

        constraints = (models.UniqueConstraint(fields=["bill", "unit"], name="unit_once_a_bill"),)

    def __str__(self) -> str:
        """Return the container's number."""
        return self.unit


class Arrival(models.Model):
    """One report of goods at a site."""

    id = models.BigAutoField(primary_key=True)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT)
    unit = models.CharField(max_length=35, blank=True)
    site = models.CharField(max_length=12)
    kind = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        """The same report again changes nothing."""

        constraints = (
            models.UniqueConstraint(fields=["bill", "unit", "site", "kind"], name="reported_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in ArrivalKind]),
                name="arrival_kind_known",
            ),
        )

    def __str__(self) -> str:
        """Return bill and site."""
        return f"{self.bill_id} {self.site}"
