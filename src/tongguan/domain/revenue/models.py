"""Tables of this room: what is owed, what was paid, and guarantees that secure it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q


class Bank(models.Model):
    """A bank with one key: receipts signed with it are believed until it is withdrawn.

    With another key the bank has another row, so that each payment keeps the key it was confirmed
    with, and an auditor can verify it after that was withdrawn.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100)
    public_key = models.BinaryField()
    registered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """A bank has one key that is believed."""

        constraints = (
            models.UniqueConstraint(
                fields=["name"], condition=Q(withdrawn_at=None), name="bank_one_key"
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Assessment(models.Model):
    """What one version of a declaration owes. Never changed but by payment and security.

    Amounts that are computed anew, because the transport was declared on another day, are another
    row: `computed` counts them, the row before says when it was replaced, and `settled` is what
    had been paid by then.
    """

    id = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, db_index=False
    )
    version = models.PositiveSmallIntegerField()
    computed = models.PositiveSmallIntegerField(default=1, db_default=1)
    hold_id = models.UUIDField(null=True)
    office = models.CharField(max_length=4)
    district = models.CharField(max_length=8)
    value = models.DecimalField(max_digits=19, decimal_places=2)
    duty = models.DecimalField(max_digits=19, decimal_places=2)
    export_duty = models.DecimalField(max_digits=19, decimal_places=2)
    remedies = models.DecimalField(max_digits=19, decimal_places=2)
    consumption_tax = models.DecimalField(max_digits=19, decimal_places=2)
    vat = models.DecimalField(max_digits=19, decimal_places=2)
    late_fee = models.DecimalField(max_digits=19, decimal_places=2)
    total = models.DecimalField(max_digits=19, decimal_places=2)
    currency = models.CharField(max_length=3)
    issued_at = models.DateTimeField()
    due_date = models.DateField()
    charges = models.JSONField()
    paid_at = models.DateTimeField(null=True)
    secured_by = models.CharField(max_length=40, blank=True, default="", db_default="")
    settled = models.DecimalField(max_digits=19, decimal_places=2, default=0, db_default=0)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        """The total is the sum; one assessment a version; what is owed is found by office."""

        constraints = (
            models.UniqueConstraint(
                fields=["declaration", "version", "computed"], name="assessed_once"
            ),
            models.CheckConstraint(
                condition=Q(settled__gte=0, settled__lte=F("total")), name="settled_of_total"
            ),
            models.CheckConstraint(
                condition=Q(
                    total=F("duty")
                    + F("export_duty")
                    + F("remedies")
                    + F("consumption_tax")
                    + F("vat")
                    + F("late_fee")
                ),
                name="assessment_adds_up",
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="assessment_not_below_zero"),
        )
        indexes = (
            models.Index(
                fields=["office", "due_date", "id"],
                condition=Q(paid_at=None, replaced_at=None, total__gt=0),
                name="assessment_owed_by_office",
            ),
        )

    def __str__(self) -> str:
        """Return declaration, version and total."""
        return f"{self.declaration_id} v{self.version}: {self.total} {self.currency}"

    @property
    def due(self) -> Decimal:
        """Return what is still to be paid of it, without surcharge."""
        return self.total - self.settled


class Payment(models.Model):
    """What a bank received for an assessment."""

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, db_index=False)
    bank_reference = models.CharField(max_length=64)
    amount = models.DecimalField(max_digits=19, decimal_places=2)
    surcharge = models.DecimalField(max_digits=19, decimal_places=2)
    paid_at = models.DateTimeField()
    received_at = models.DateTimeField()
    signature = models.BinaryField()

    class Meta:
        """A receipt counts once."""

        constraints = (
            models.UniqueConstraint(fields=["bank", "bank_reference"], name="receipt_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, surcharge__gte=0), name="payment_above_zero"
            ),
        )

    def __str__(self) -> str:
        """Return the bank's reference and the amount."""
        return f"{self.bank_reference}: {self.amount}"


class Refund(models.Model):
    """What is given back of a payment, whole: its declaration was revoked or refused."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, primary_key=True)
    amount = models.DecimalField(max_digits=19, decimal_places=2)
    ordered_at = models.DateTimeField()

    class Meta:
        """Something is given back."""

        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="refund_above_zero"),)

    def __str__(self) -> str:
        """Return the amount."""
        return str(self.amount)


class Overpayment(models.Model):
    """What is given back of payments because the duties, computed anew, are less."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, primary_key=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=19, decimal_places=2)
    ordered_at = models.DateTimeField()

    class Meta:
        """Something is given back."""

        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="overpayment_above_zero"),
        )

    def __str__(self) -> str:
        """Return the amount."""
        return str(self.amount)


class Guarantee(models.Model):
    """A guarantee of an enterprise, good in all districts of the region."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, unique=True)
    enterprise = models.ForeignKey("parties.Enterprise", on_delete=models.PROTECT)
    limit_cny = models.DecimalField(max_digits=19, decimal_places=2)
    drawn_cny = models.DecimalField(max_digits=19, decimal_places=2, default=0, db_default=0)
    valid_from = models.DateField()
    valid_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Never drawn beyond its limit."""

        constraints = (
            models.CheckConstraint(
                condition=Q(drawn_cny__gte=0, drawn_cny__lte=F("limit_cny")),
                name="guarantee_not_overdrawn",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="guarantee_lasts"
            ),
        )

    def __str__(self) -> str:
        """Return the number."""
        return self.number


class GuaranteeDebit(models.Model):
    """What one assessment draws on a guarantee, until it is paid."""

    id = models.BigAutoField(primary_key=True)
    guarantee = models.ForeignKey(Guarantee, on_delete=models.PROTECT)
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=19, decimal_places=2)
    debited_at = models.DateTimeField()
    credited_at = models.DateTimeField(null=True)

    class Meta:
        """A debit is above zero and ends after it began."""

        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="debit_above_zero"),
            models.CheckConstraint(
                condition=Q(credited_at=None) | Q(credited_at__gte=F("debited_at")),
                name="debit_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        """Return guarantee and amount."""
        return f"{self.guarantee_id}: {self.amount}"
