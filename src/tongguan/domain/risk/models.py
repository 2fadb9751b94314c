"""Tables of this room."""

from django.db import models


class ProfileVersion(models.Model):
    """One wording of a profile: proposed, approved by another person, ended; kept for ever."""

    id = models.BigAutoField(primary_key=True)
    profile = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    content = models.JSONField()
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One wording a version; approved by somebody else than who proposed it."""

        constraints = (
            models.UniqueConstraint(fields=["profile", "version"], name="profile_version_once"),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("proposed_by")) | models.Q(approved_by=""),
                name="profile_two_people",
            ),
        )
        indexes = (
            models.Index(
                fields=["profile"],
                condition=models.Q(approved_at__isnull=False, ended_at=None),
                name="profile_in_force",
            ),
        )

    def __str__(self) -> str:
        """Return profile and version."""
        return f"{self.profile} v{self.version}"


class DailySeed(models.Model):
    """The seed of one day, and the commitment that is published before it."""

    day = models.DateField(primary_key=True)
    seed = models.BinaryField()
    commitment = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the day."""
        return str(self.day)


class Selected(models.Model):
    """What was decided on one declaration, with its facts, so that it can be decided again."""

    declaration = models.OneToOneField(
        "declarations.Declaration", on_delete=models.PROTECT, primary_key=True
    )
    at = models.DateTimeField()
    documents = models.BooleanField()
    goods = models.BooleanField()
    selection = models.JSONField()
    facts = models.JSONField()

    class Meta:
        """What was selected, by moment."""

        indexes = (
            models.Index(
                fields=["-at"],
                condition=models.Q(documents=True) | models.Q(goods=True),
                name="selected_latest",
            ),
        )

    def __str__(self) -> str:
        """Return the declaration."""
        return str(self.declaration_id)


class Outcome(models.Model):
    """How one treatment ended: the coded finding, for hit rates."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey("declarations.Declaration", on_delete=models.PROTECT)
    treatment = models.CharField(max_length=12)
    finding = models.CharField(max_length=12, blank=True)
    office = models.CharField(max_length=4)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        """One end a treatment."""

        constraints = (
            models.UniqueConstraint(fields=["declaration", "treatment"], name="outcome_once"),
        )

    def __str__(self) -> str:
        """Return treatment and finding."""
        return f"{self.treatment} {self.finding}"
