"""Tables of this room: enterprises, their credit classes through the years, mandates."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from tongguan.domain.parties.values import CreditClass, EnterpriseKind, MandateFlow


class Enterprise(models.Model):
    """An enterprise, registered once for all districts."""

    id = models.BigAutoField(primary_key=True)
    scc = models.CharField(max_length=18, unique=True)
    customs_code = models.CharField(max_length=10, unique=True, null=True)
    name_zh = models.CharField(max_length=150)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10)
    home_office = models.CharField(max_length=4)
    registered_on = models.DateField()
    suspended_from = models.DateField(null=True)
    suspended_until = models.DateField(null=True)

    class Meta:
        """Codes of full length in their own letters, a known kind; found by home office."""

        constraints = (
            models.CheckConstraint(
                condition=Q(scc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="enterprise_scc_form"
            ),
            models.CheckConstraint(
                condition=Q(customs_code=None) | Q(customs_code__regex=r"^[0-9A-Z]{10}$"),
                name="enterprise_customs_code_form",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in EnterpriseKind]),
                name="enterprise_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(suspended_until=None) | Q(suspended_until__gt=F("suspended_from")),
                name="enterprise_suspension_ends_after",
            ),
        )
        indexes = (models.Index(fields=["home_office", "name_zh"], name="enterprise_by_home"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name_zh


class CreditRecord(models.Model):
    """The credit class of an enterprise through a period."""

    id = models.BigAutoField(primary_key=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, db_index=False)
    credit = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    set_by = models.CharField(max_length=150)

    class Meta:
        """Known classes; an enterprise never has two of them on one day."""

        constraints = (
            models.UniqueConstraint(fields=["enterprise", "valid_from"], name="credit_begins_once"),
            models.CheckConstraint(
                condition=Q(credit__in=[str(credit) for credit in CreditClass]),
                name="credit_class_known",
            ),
            ExclusionConstraint(
                name="credit_one_a_day",
                expressions=[
                    # A range of one number, for which no extension of the server is needed.
                    (
                        Func("enterprise_id", "enterprise_id", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func("valid_from", "valid_until", function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        )

    def __str__(self) -> str:
        """Return class and enterprise."""
        return f"{self.credit} {self.enterprise_id}"


class Mandate(models.Model):
    """An electronic delegation from a principal to a broker."""

    id = models.BigAutoField(primary_key=True)
    principal = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    broker = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    flow = models.CharField(max_length=6, blank=True)
    chapters = ArrayField(models.CharField(max_length=2), default=list)
    valid_from = models.DateField()
    valid_until = models.DateField()
    sees_others = models.BooleanField(default=False, db_default=False)
    draws_guarantee = models.BooleanField(default=False, db_default=False)
    signed_by = models.CharField(max_length=150)
    signed_at = models.DateTimeField()
    signature = models.TextField(blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """It ends after it begins, is given to another, and once; found from either side."""

        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="mandate_ends_after_beginning"
            ),
            models.CheckConstraint(condition=~Q(principal=F("broker")), name="mandate_to_another"),
            models.CheckConstraint(
                condition=Q(flow__in=[str(flow) for flow in MandateFlow]),
                name="mandate_flow_known",
            ),
            models.UniqueConstraint(
                fields=["principal", "broker", "flow", "chapters", "valid_from", "valid_until"],
                condition=Q(revoked_at=None),
                name="mandate_given_once",
            ),
        )
        indexes = (
            models.Index(fields=["principal", "broker", "-valid_until"], name="mandate_between"),
            models.Index(fields=["broker", "-valid_until"], name="mandate_of_broker"),
        )

    def __str__(self) -> str:
        """Return whose mandate it is."""
        return f"{self.principal_id} → {self.broker_id}"
