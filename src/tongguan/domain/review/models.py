"""Tables of this room: what was asked and answered, and how reviews ended."""

from django.db import models

from tongguan.domain.review.values import Consequence


class Query(models.Model):
    """One question to the declarant, or one summons; its hold says whether it is open."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12)
    question = models.CharField(max_length=500)
    ground = models.CharField(max_length=200)
    document = models.CharField(max_length=8, blank=True)
    office = models.CharField(max_length=4, blank=True, default="", db_default="")
    due_at = models.DateTimeField(null=True)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the question."""
        return self.question


class Closure(models.Model):
    """How a documentary check ended."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    finding = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=500, blank=True)
    closed_by = models.CharField(max_length=150)
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the finding."""
        return self.finding or "sound"


class CaseDecision(models.Model):
    """What follows from a finding. On one case the latest decision stands."""

    id = models.BigAutoField(primary_key=True)
    hold = models.UUIDField()
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    consequence = models.CharField(max_length=12)
    words = models.TextField()
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()

    class Meta:
        """A known consequence, and its reason."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(consequence__in=[str(one) for one in Consequence]),
                name="case_consequence_known",
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="case_decided_with_reason"),
        )
        indexes = (models.Index(fields=["hold", "id"], name="case_decisions_of_hold"),)

    def __str__(self) -> str:
        """Return the consequence."""
        return self.consequence


class Revocation(models.Model):
    """Why a declaration was revoked or refused; in a state that is final, so there is one."""

    declaration = models.OneToOneField(
        "declarations.Declaration", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    act = models.CharField(max_length=10)
    ground = models.CharField(max_length=12, blank=True)
    words = models.TextField()
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()

    class Meta:
        """One of two acts; a revocation has a ground."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(act="CANCEL", ground__gt="") | models.Q(act="REFUSE"),
                name="revocation_has_ground",
            ),
        )

    def __str__(self) -> str:
        """Return the act and its reason."""
        return f"{self.act}: {self.words}"
