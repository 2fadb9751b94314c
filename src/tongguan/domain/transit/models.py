"""Tables of this room."""

from django.db import models


class Movement(models.Model):
    """One movement under customs control."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    hold = models.UUIDField(unique=True)
    departure = models.CharField(max_length=4)
    destination = models.CharField(max_length=4)
    carrier = models.CharField(max_length=100)
    carrier_id = models.BigIntegerField(null=True)
    vehicle = models.CharField(max_length=30)
    seals = models.CharField(max_length=200)
    departed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    intact = models.BooleanField(null=True)

    class Meta:
        """What is on the way."""

        indexes = (
            models.Index(
                fields=["destination", "due_at"],
                condition=models.Q(arrived_at=None),
                name="movement_under_way",
            ),
        )

    def __str__(self) -> str:
        """Return vehicle and way."""
        return f"{self.vehicle} {self.departure} → {self.destination}"
