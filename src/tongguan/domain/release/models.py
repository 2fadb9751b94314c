"""Tables of this room: one release order for each container, or for the bill without any."""

from django.db import models

from tongguan.domain.release.lifecycle import OrderState


class ReleaseOrder(models.Model):
    """A unit that may leave, sent to the office where the goods are."""

    id = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey("declarations.Declaration", on_delete=models.PROTECT)
    unit = models.CharField(max_length=35)
    office = models.CharField(max_length=4)
    site = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    executed_at = models.DateTimeField(null=True)
    executed_site = models.CharField(max_length=12, blank=True)
    recalled_at = models.DateTimeField(null=True)
    recall_asked_by = models.CharField(max_length=150, blank=True)
    recall_asked_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    signature = models.CharField(max_length=400)

    class Meta:
        """One order that is not recalled for each unit of a declaration: released exactly once."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in OrderState]),
                name="order_state_known",
            ),
            models.UniqueConstraint(
                fields=["declaration", "unit"],
                condition=~models.Q(state="RECALLED"),
                name="order_once",
            ),
        )
        indexes = (
            models.Index(fields=["unit", "-made_at"], name="order_of_unit"),
            models.Index(
                fields=["office", "made_at"],
                condition=models.Q(state__in=["SENT", "ACKNOWLEDGED"]),
                name="order_waiting_at_gate",
            ),
        )

    def __str__(self) -> str:
        """Return unit and state."""
        return f"{self.unit} {self.state}"
