"""Tables of this room."""

from django.db import models


class Appointment(models.Model):
    """When and where an inspection is held."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    place = models.CharField(max_length=100)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        """Return moment and place."""
        return f"{self.at} {self.place}"


class InspectionRecord(models.Model):
    """The signed record of an inspection. Never changed."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    office = models.CharField(max_length=4)
    content = models.JSONField()
    finding = models.CharField(max_length=12, blank=True)
    signed_by = models.CharField(max_length=150)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return office and finding."""
        return f"{self.office} {self.finding}"
