"""Tables of this room."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tongguan.domain.permits.values import Answer, CertificateKind


class Agency(models.Model):
    """A partner agency, and the enterprise whose people act for it."""

    code = models.CharField(max_length=12, primary_key=True)
    enterprise = models.OneToOneField("parties.Enterprise", on_delete=models.PROTECT)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class Licence(models.Model):
    """What an agency granted, and how much of it is used."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=1)
    number = models.CharField(max_length=40)
    holder = models.ForeignKey("parties.Enterprise", on_delete=models.PROTECT, related_name="+")
    granted = models.DecimalField(max_digits=19, decimal_places=5)
    drawn = models.DecimalField(max_digits=19, decimal_places=5, default=0, db_default=0)
    unit = models.CharField(max_length=3)
    valid_from = models.DateField()
    valid_until = models.DateField()
    commodities = ArrayField(models.CharField(max_length=10), default=list, db_default=[])
    port = models.CharField(max_length=8, blank=True, default="", db_default="")

    class Meta:
        """One number a kind; never drawn beyond what is granted."""

        constraints = (
            models.UniqueConstraint(fields=["kind", "number"], name="licence_once"),
            models.CheckConstraint(
                condition=Q(drawn__gte=0, drawn__lte=F("granted")), name="licence_not_overdrawn"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="licence_lasts"
            ),
        )

    def __str__(self) -> str:
        """Return kind and number."""
        return f"{self.kind} {self.number}"


class Request(models.Model):
    """What an agency is asked for one declaration, what it said, and what was debited."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    agency = models.CharField(max_length=12)
    kind = models.CharField(max_length=1)
    number = models.CharField(max_length=40)
    quantity = models.DecimalField(max_digits=19, decimal_places=5)
    unit = models.CharField(max_length=3, blank=True)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True, default="", db_default="")
    words = models.TextField(blank=True, default="", db_default="")
    answered_by = models.CharField(max_length=150, blank=True, default="", db_default="")
    answered_at = models.DateTimeField(null=True)
    debited = models.ForeignKey(Licence, null=True, on_delete=models.PROTECT, related_name="+")
    credited_at = models.DateTimeField(null=True)

    class Meta:
        """Known answers; what is credited was debited."""

        constraints = (
            models.CheckConstraint(
                condition=Q(answer__in=[str(answer) for answer in Answer]),
                name="request_answer_known",
            ),
            models.CheckConstraint(
                condition=Q(credited_at=None) | Q(debited__isnull=False),
                name="request_credited_after_debit",
            ),
        )
        indexes = (
            models.Index(
                fields=["agency", "asked_at", "hold"],
                condition=Q(answer=""),
                name="request_waiting",
            ),
        )

    def __str__(self) -> str:
        """Return kind and number."""
        return f"{self.kind} {self.number}"


class Certificate(models.Model):
    """What lowers or frees duty and taxes: granted to one enterprise, and how much of it is used.

    `basis` is the nature of levy of a relief, the agreement of a certificate of origin. `unit` is a
    code of the unit table, or CNY where the customs value is counted.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=6)
    number = models.CharField(max_length=35)
    holder = models.ForeignKey("parties.Enterprise", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10)
    origin = models.CharField(max_length=3, blank=True, default="", db_default="")
    levy_modes = ArrayField(models.CharField(max_length=1))
    frees = ArrayField(models.CharField(max_length=12))
    share = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    commodities = ArrayField(models.CharField(max_length=10))
    granted = models.DecimalField(max_digits=19, decimal_places=5)
    drawn = models.DecimalField(max_digits=19, decimal_places=5, default=0, db_default=0)
    unit = models.CharField(max_length=3)
    valid_from = models.DateField()
    valid_until = models.DateField()
    issuer = models.CharField(max_length=100)
    registered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """One number a kind; never drawn beyond what is granted."""

        constraints = (
            models.UniqueConstraint(fields=["kind", "number"], name="certificate_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in CertificateKind]),
                name="certificate_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(drawn__gte=0, drawn__lte=F("granted")),
                name="certificate_not_overdrawn",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="certificate_lasts"
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=0, share__lt=1),
                name="certificate_share_below_one",
            ),
        )

    def __str__(self) -> str:
        """Return kind and number."""
        return f"{self.kind} {self.number}"


class CertificateUse(models.Model):
    """What one line of a declaration drew on a certificate, until it is given back."""

    id = models.BigAutoField(primary_key=True)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    line = models.PositiveSmallIntegerField()
    quantity = models.DecimalField(max_digits=19, decimal_places=5)
    debited_at = models.DateTimeField()
    credited_at = models.DateTimeField(null=True)

    class Meta:
        """Something is drawn."""

        constraints = (
            models.CheckConstraint(condition=Q(quantity__gt=0), name="certificate_use_above_zero"),
        )

    def __str__(self) -> str:
        """Return line and quantity."""
        return f"{self.line}: {self.quantity}"
