"""Tables of this room."""

from django.db import models


class Instruction(models.Model):
    """What stopped one declaration by hand, and who let it go on."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField()
    stopped_by = models.CharField(max_length=150)
    stopped_at = models.DateTimeField()
    lift_words = models.TextField(blank=True)
    lift_asked_by = models.CharField(max_length=150, blank=True)
    lift_asked_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        """One open instruction a declaration; lifted by two."""

        constraints = (
            models.UniqueConstraint(
                fields=["declaration"],
                condition=models.Q(lifted_at=None),
                name="instruction_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_by="") | ~models.Q(lifted_by=models.F("lift_asked_by")),
                name="instruction_lifted_by_two",
            ),
        )

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason
