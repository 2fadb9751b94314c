"""The table of acts. The database refuses to change or remove a row."""

from django.db import models


class Entry(models.Model):
    """One act, sealed to the act before it on the same chain."""

    id = models.BigAutoField(primary_key=True)
    chain = models.UUIDField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    facts = models.JSONField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        """One entry a place: two writers cannot both follow the same entry."""

        constraints = (
            models.UniqueConstraint(fields=["chain", "number"], name="entry_place_once"),
        )

    def __str__(self) -> str:
        """Return kind and place."""
        return f"{self.kind} {self.chain}/{self.number}"
