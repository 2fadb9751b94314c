"""Tables of this room."""

from django.db import models

from tongguan.domain.parties.values import EnterpriseKind


class Enterprise(models.Model):
    """An enterprise, registered once for all districts."""

    id = models.BigAutoField(primary_key=True)
    scc = models.CharField(max_length=18, unique=True)
    customs_code = models.CharField(max_length=10, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, blank=True)
    kind = models.CharField(max_length=10)
    home_office = models.CharField(max_length=4)
    registered_on = models.DateField()
    suspended_from = models.DateField(null=True)
    suspended_until = models.DateField(null=True)

    class Meta:
        """Codes of full length, a known kind."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(scc__regex=r"^.{18}$"), name="enterprise_scc_whole"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in EnterpriseKind]),
                name="enterprise_kind_known",
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name_zh


class CreditRecord(models.Model):
    """The credit class of an enterprise through a period."""

    id = models.BigAutoField(primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT)
    credit = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        """One class begins on a day."""

        constraints = (
            models.UniqueConstraint(fields=["enterprise", "valid_from"], name="credit_begins_once"),
        )

    def __str__(self) -> str:
        """Return class and enterprise."""
        return f"{self.credit} {self.enterprise_id}"


class Mandate(models.Model):
    """An electronic delegation from a principal to a broker."""

    id = models.BigAutoField(primary_key=True)
    principal = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    broker = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    flow = models.CharField(max_length=6, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    revoked_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=150)

    class Meta:
        """It ends after it begins."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("valid_from")),
                name="mandate_ends_after_beginning",
            ),
        )
        indexes = (
            models.Index(fields=["principal", "broker", "-valid_from"], name="mandate_between"),
        )

    def __str__(self) -> str:
        """Return whose mandate it is."""
        return f"{self.principal_id} → {self.broker_id}"
