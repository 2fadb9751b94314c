"""Tables of this room."""

from django.db import models


class Movement(models.Model):
    """One movement under customs control.

    `mode` is that of the inland leg; `early` is when an arrival was reported sooner than the way
    allows, by whom; `enquired` when customs began to ask for an overdue movement, `called` when
    its guarantor was called.
    """

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
    mode = models.CharField(max_length=1, blank=True, default="", db_default="")
    from_site = models.CharField(max_length=12, blank=True, default="", db_default="")
    to_site = models.CharField(max_length=12, blank=True, default="", db_default="")
    early_at = models.DateTimeField(null=True)
    early_by = models.CharField(max_length=150, blank=True, default="", db_default="")
    enquired_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
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
