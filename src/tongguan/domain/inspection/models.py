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
    agreed_by = models.CharField(max_length=150, blank=True, default="", db_default="")
    agreed_at = models.DateTimeField(null=True)

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
    seals_before = models.CharField(max_length=2000, blank=True)
    seals_listed = models.JSONField(null=True)
    early = models.CharField(max_length=300, blank=True, default="", db_default="")
    started_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=150, blank=True)
    keeper = models.CharField(max_length=150, blank=True, default="", db_default="")
    keeper_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=200, blank=True, default="", db_default="")
    refused_by = models.CharField(max_length=150, blank=True, default="", db_default="")

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


class DeclaredAbsence(models.Model):
    """That an enterprise sends nobody to an examination: said by itself, beforehand."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(max_length=12)
    words = models.CharField(max_length=200)
    declared_by = models.CharField(max_length=150)
    declared_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the ground."""
        return self.ground


class PreparedRecord(models.Model):
    """A record as it is prepared for its signatures; its hash is what is signed."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    seen = models.JSONField()
    version = models.IntegerField(default=0, db_default=0)
    prepared_by = models.CharField(max_length=150)
    prepared_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return who prepared it."""
        return self.prepared_by


class RecordVersion(models.Model):
    """A record as it could be signed at some time. Never changed; a later version takes over."""

    id = models.BigAutoField(primary_key=True)
    hold = models.UUIDField()
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    version = models.IntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=300, blank=True)
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()

    class Meta:
        """A number is given once in an examination."""

        constraints = (
            models.UniqueConstraint(fields=["hold", "version"], name="record_version_once"),
        )

    def __str__(self) -> str:
        """Return the examination and the number."""
        return f"{self.hold} {self.version}"


class Signature(models.Model):
    """That somebody signed a record of this content. Never changed; other content voids it."""

    id = models.BigAutoField(primary_key=True)
    hold = models.UUIDField()
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField(max_length=10)
    by = models.CharField(max_length=150)
    name = models.CharField(max_length=100)
    how = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Nobody signs the same content twice, in one part or in two."""

        constraints = (
            models.UniqueConstraint(fields=["hold", "sha256", "by"], name="signature_once"),
        )

    def __str__(self) -> str:
        """Return part and account."""
        return f"{self.part} {self.by}"


class SigningCode(models.Model):
    """The one-time code with which an enterprise lets its attending person sign: its hash only."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    salt = models.BinaryField()
    sealed = models.BinaryField()
    given_to = models.CharField(max_length=150)
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        """Return whom it was given to; never the code."""
        return self.given_to


class Supplement(models.Model):
    """What is added to a record after it was signed. Never changed."""

    id = models.BigAutoField(primary_key=True)
    hold = models.UUIDField(db_index=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField()
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the words."""
        return self.words


class InspectionRecord(models.Model):
    """The signed record of an inspection. Never changed."""

    hold = models.UUIDField(primary_key=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    office = models.CharField(max_length=4)
    content = models.JSONField()
    finding = models.CharField(max_length=12, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    signed_by = models.CharField(max_length=150)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return office and finding."""
        return f"{self.office} {self.finding}"


class Presence(models.Model):
    """A mark that an officer is on duty at an office on a day, or no longer. Never changed.

    The last mark of an officer on a day counts.
    """

    id = models.BigAutoField(primary_key=True)
    officer = models.CharField(max_length=150)
    day = models.DateField()
    office = models.CharField(max_length=4)
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=150)
    mark = models.CharField(max_length=6, blank=True, default="", db_default="")

    class Meta:
        """Read by office, and by officer."""

        indexes = (
            models.Index(fields=["office", "day"], name="presence_of_office"),
            models.Index(fields=["officer", "day"], name="presence_of_officer"),
        )

    def __str__(self) -> str:
        """Return who, where and when."""
        return f"{self.officer} {self.office} {self.day} {self.mark}"


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
    wanted = models.JSONField(default=list, db_default=[])
    wanted_for = models.JSONField(null=True)
    wanted_ground = models.CharField(max_length=10, blank=True, default="", db_default="")
    wanted_why = models.CharField(max_length=300, blank=True, default="", db_default="")
    wanted_by = models.CharField(max_length=150, blank=True, default="", db_default="")
    wanted_askers = models.JSONField(null=True)

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


class OfficerChoice(models.Model):
    """One choice of officers for an inspection, with all that decides it. Never changed.

    Round 0 draws the two; a later round draws or names who acts in place of some of them.
    """

    id = models.BigAutoField(primary_key=True)
    hold = models.UUIDField()
    declaration = models.ForeignKey(
        "declarations.Declaration", on_delete=models.PROTECT, related_name="+"
    )
    round = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=4)
    how = models.CharField(max_length=5)
    seed_day = models.DateField()
    key = models.CharField(max_length=50)
    candidates = models.JSONField()
    chosen = models.JSONField()
    in_place_of = models.JSONField()
    ground = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=150, blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.CharField(max_length=150)

    class Meta:
        """A round is held once."""

        constraints = (
            models.UniqueConstraint(fields=["hold", "round"], name="officer_choice_once"),
        )
        indexes = (models.Index(fields=["seed_day"], name="officer_choice_of_day"),)

    def __str__(self) -> str:
        """Return the hold, the round and who was chosen."""
        return f"{self.hold} {self.round} {self.chosen}"
