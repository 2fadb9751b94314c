"""Tables of this room: manifests, bills, containers, arrivals, claims, disputes, diversions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Replace, Upper

from tongguan.domain.cargo.values import FLOWS, ArrivalKind, ManifestFunction, Outcome


def spelled(column: str) -> Upper:
    """Return a name or voyage without the spaces and capitals in which two senders differ."""
    return Upper(Replace(column, Value(" ")))


class Manifest(models.Model):
    """One voyage as its carrier reported it."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=35, unique=True)
    flow = models.CharField(max_length=6)
    mode = models.CharField(max_length=1)
    name = models.CharField(max_length=35)
    voyage = models.CharField(max_length=32, blank=True)
    office = models.CharField(max_length=4)
    carrier = models.ForeignKey(
        "parties.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    received_at = models.DateTimeField()

    class Meta:
        """A known flow; the latest of an office first."""

        constraints = (
            models.CheckConstraint(condition=Q(flow__in=FLOWS), name="manifest_flow_known"),
        )
        indexes = (
            models.Index(fields=["office", "-received_at"], name="manifest_by_office"),
            models.Index(spelled("name"), spelled("voyage"), "mode", name="manifest_by_voyage"),
        )

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class Transport(models.Model):
    """When a means of transport was declared at entry.

    `stated` is false while only goods of it were reported: then it was declared by that moment.
    """

    manifest = models.OneToOneField(Manifest, on_delete=models.PROTECT, primary_key=True)
    declared_at = models.DateTimeField()
    stated = models.BooleanField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        """Return manifest and moment."""
        return f"{self.manifest_id} {self.declared_at}"


class ManifestMessage(models.Model):
    """One message about a manifest as it came, so that the same again changes nothing."""

    id = models.BigAutoField(primary_key=True)
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT)
    function = models.CharField(max_length=8)
    sha256 = models.BinaryField()
    content = models.JSONField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=150)

    class Meta:
        """A known function."""

        constraints = (
            models.CheckConstraint(
                condition=Q(function__in=[one.value for one in ManifestFunction]),
                name="message_function_known",
            ),
        )

    def __str__(self) -> str:
        """Return function and moment."""
        return f"{self.function} {self.received_at}"


class Bill(models.Model):
    """One bill of a manifest. What was deleted from its manifest is withdrawn, not removed.

    `office` is set where an approved diversion sends the goods to another office than the
    manifest's; `carrier` where the manifest's carrier handed the bill over to another.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=35)
    manifest = models.ForeignKey(Manifest, on_delete=models.PROTECT)
    carrier = models.ForeignKey(
        "parties.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    office = models.CharField(max_length=4, blank=True, default="", db_default="")
    site = models.CharField(max_length=12, blank=True)
    consignee = models.CharField(max_length=150, blank=True)
    goods = models.CharField(max_length=150, blank=True)
    packages = models.PositiveIntegerField()
    gross = models.DecimalField(max_digits=19, decimal_places=6)
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_site = models.CharField(max_length=12, blank=True, default="")
    left_at = models.DateTimeField(null=True)

    class Meta:
        """A number once among those in force; what is expected at a site; what lies at one."""

        constraints = (
            models.UniqueConstraint(
                fields=["number"], condition=Q(withdrawn_at=None), name="bill_once"
            ),
            models.CheckConstraint(condition=Q(gross__gte=0), name="bill_gross_not_below_zero"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(arrived_at__isnull=False), name="bill_left_after"
            ),
        )
        indexes = (
            models.Index(
                fields=["site", "received_at"],
                condition=Q(arrived_at=None, withdrawn_at=None),
                name="bill_expected",
            ),
            models.Index(
                fields=["arrived_site", "-arrived_at"],
                condition=Q(arrived_at__isnull=False, left_at=None),
                name="bill_lying",
            ),
        )

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class CargoUnit(models.Model):
    """A container of a bill, with the seals of the manifest, and where it was last reported."""

    id = models.BigAutoField(primary_key=True)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, db_index=False)
    unit = models.CharField(max_length=35)
    seals = ArrayField(models.CharField(max_length=35), default=list)
    arrived_at = models.DateTimeField(null=True)
    arrived_site = models.CharField(max_length=12, blank=True, default="")
    left_at = models.DateTimeField(null=True)

    class Meta:
        """A container once a bill; found by its number while it has not left."""

        constraints = (models.UniqueConstraint(fields=["bill", "unit"], name="unit_once_a_bill"),)
        indexes = (
            models.Index(fields=["unit"], condition=Q(left_at=None), name="unit_here_or_coming"),
        )

    def __str__(self) -> str:
        """Return the container's number."""
        return self.unit


class Arrival(models.Model):
    """One report of goods at a site; `unit` is empty where the bill was reported as a whole."""

    id = models.BigAutoField(primary_key=True)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, db_index=False)
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
                condition=Q(kind__in=[str(kind) for kind in ArrivalKind]),
                name="arrival_kind_known",
            ),
        )

    def __str__(self) -> str:
        """Return bill and site."""
        return f"{self.bill_id} {self.site}"


class Claim(models.Model):
    """That a declaration uses a bill, whether or not a manifest names it yet.

    The declaration is named by its id alone: its room stands above this one. `departure` is the
    office at which goods are cleared before they move under seal to the office of exit.
    """

    id = models.BigAutoField(primary_key=True)
    bill = models.CharField(max_length=35)
    declaration_id = models.UUIDField()
    departure = models.CharField(max_length=4, blank=True, default="", db_default="")
    freed_at = models.DateTimeField(null=True)

    class Meta:
        """One declaration a bill, one bill a declaration, until it is freed."""

        constraints = (
            models.UniqueConstraint(
                fields=["bill"], condition=Q(freed_at=None), name="bill_used_once"
            ),
            models.UniqueConstraint(
                fields=["declaration_id"], condition=Q(freed_at=None), name="one_bill_used"
            ),
        )

    def __str__(self) -> str:
        """Return bill and declaration."""
        return f"{self.bill} {self.declaration_id}"


class Dispute(models.Model):
    """That a second carrier claims a voyage or bills, with its manifest as it came.

    `holder` is the carrier that announced them first, if it is known; `outcome` is empty until an
    officer has decided.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=35)
    name = models.CharField(max_length=35)
    voyage = models.CharField(max_length=32, blank=True)
    office = models.CharField(max_length=4)
    bills = ArrayField(models.CharField(max_length=35), default=list)
    holder = models.ForeignKey(
        "parties.Enterprise", on_delete=models.PROTECT, null=True, related_name="+"
    )
    claimant = models.ForeignKey("parties.Enterprise", on_delete=models.PROTECT, related_name="+")
    sha256 = models.BinaryField()
    content = models.JSONField()
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=150)
    outcome = models.CharField(max_length=8, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        """A known outcome; the same claim waits once; what waits at an office."""

        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=["", *(str(one) for one in Outcome)]),
                name="dispute_outcome_known",
            ),
            models.UniqueConstraint(
                fields=["number", "claimant", "sha256"],
                condition=Q(outcome=""),
                name="dispute_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["office", "raised_at"], condition=Q(outcome=""), name="dispute_open"
            ),
        )

    def __str__(self) -> str:
        """Return the manifest's number and the office."""
        return f"{self.number} {self.office}"


class Diversion(models.Model):
    """That a carrier asks to bring goods to another place than the manifest says."""

    id = models.UUIDField(primary_key=True)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="diversions")
    from_office = models.CharField(max_length=4)
    from_site = models.CharField(max_length=12, blank=True)
    to_office = models.CharField(max_length=4)
    to_site = models.CharField(max_length=12)
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150)
    approved = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True, default="")
    words = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        """One that waits for a bill."""

        constraints = (
            models.UniqueConstraint(
                fields=["bill"], condition=Q(approved=None), name="diversion_once"
            ),
        )

    def __str__(self) -> str:
        """Return where from and where to."""
        return f"{self.from_site or self.from_office} → {self.to_site}"
