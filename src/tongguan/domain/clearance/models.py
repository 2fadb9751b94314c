"""Tables of this room: one state and any number of holds for each declaration."""

from django.db import models

from tongguan.domain.clearance.lifecycle import HoldKind, State, Turn


class Clearance(models.Model):
    """How far one declaration has come."""

    declaration = models.OneToOneField(
        "declarations.Declaration", on_delete=models.PROTECT, primary_key=True
    )
    state = models.CharField(max_length=10)
    moved_at = models.DateTimeField()

    class Meta:
        """Only states of the table."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=[str(state) for state in State]),
                name="clearance_state_known",
            ),
        )
        indexes = (models.Index(fields=["state", "moved_at"], name="clearance_by_state"),)

    def __str__(self) -> str:
        """Return declaration and state."""
        return f"{self.declaration_id} {self.state}"


class Hold(models.Model):
    """What stands, or stood, in the way of one declaration."""

    id = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, db_index=False
    )
    kind = models.CharField(max_length=12)
    turn = models.CharField(max_length=8)
    office = models.CharField(max_length=4)
    why = models.CharField(max_length=20)
    facts = models.JSONField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True, default="")
    opened_by = models.TextField(blank=True, default="", db_default="")

    class Meta:
        """Known kinds and turns; an end is after the beginning."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in HoldKind]),
                name="hold_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(turn__in=[str(turn) for turn in Turn]),
                name="hold_turn_known",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("opened_at")),
                name="hold_ends_after_opening",
            ),
        )
        indexes = (
            models.Index(fields=["declaration", "opened_at"], name="hold_of_declaration"),
            models.Index(
                fields=["office", "turn", "opened_at", "id"],
                condition=models.Q(ended_at=None),
                name="hold_open_by_office",
            ),
            models.Index(
                fields=["kind", "opened_at", "id"],
                condition=models.Q(ended_at=None),
                name="hold_open_by_kind",
            ),
            models.Index(
                fields=["ended_at", "due_at"],
                condition=models.Q(turn="CUSTOMS", due_at__isnull=False),
                name="hold_promised",
            ),
        )

    def __str__(self) -> str:
        """Return kind and declaration."""
        return f"{self.kind} {self.declaration_id}"
