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


class Attendance(models.Model):
    """Who attends an inspection for the enterprise, and when it began: kept before unpacking."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    witness = models.CharField(max_length=100, blank=True)
    absence = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)
    seals_before = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """A witness, or the ground of absence."""

        constraints = (
            models.CheckConstraint(
                condition=~models.Q(witness="", absence=""), name="attendance_says_who"
            ),
        )

    def __str__(self) -> str:
        """Return the witness, or why there is none."""
        return self.witness or self.absence


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


class Presence(models.Model):
    """An officer on duty at an office on a day, to be drawn for its inspections."""

    id = models.BigAutoField(primary_key=True)
    officer = models.CharField(max_length=150)
    day = models.DateField()
    office = models.CharField(max_length=4)
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=150)

    class Meta:
        """Nobody is at two offices on one day."""

        constraints = (
            models.UniqueConstraint(fields=["officer", "day"], name="presence_at_one_office"),
        )
        indexes = (models.Index(fields=["office", "day"], name="presence_of_office"),)

    def __str__(self) -> str:
        """Return who, where and when."""
        return f"{self.officer} {self.office} {self.day}"


class OfficerDraw(models.Model):
    """Which two officers were drawn for an inspection, and all that decides it; or who took over.

    `present` and `drawn` are never changed; `officers` are those who hold the inspection.
    """

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    office = models.CharField(max_length=4)
    seed_day = models.DateField()
    present = models.JSONField()
    drawn = models.JSONField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=150)
    officers = models.JSONField()
    why = models.CharField(max_length=300, blank=True)
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """Others than those drawn stand there by a reason only."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(officers=models.F("drawn")) | ~models.Q(why=""),
                name="officers_replaced_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        """Return the hold and its officers."""
        return f"{self.hold} {self.officers}"
