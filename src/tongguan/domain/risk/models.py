"""Tables of this room: criteria in versions, seeds and commitments, selections and outcomes."""

from django.db import models
from django.db.models import F, Q


class CriterionVersion(models.Model):
    """One wording of a criterion: proposed, approved or refused by another person; kept for ever.

    `content` is the text that was hashed.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    criterion = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        """One wording a version; decided by somebody else than who proposed it."""

        constraints = (
            models.UniqueConstraint(
                fields=["kind", "criterion", "version"], name="criterion_version_once"
            ),
            models.CheckConstraint(
                condition=Q(approved=None) | Q(decided_at__isnull=False),
                name="criterion_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(approved=True) | ~Q(decided_by=F("proposed_by")),
                name="criterion_two_people",
            ),
        )
        indexes = (
            models.Index(
                fields=["kind", "criterion"],
                condition=Q(approved=None),
                name="criterion_waiting",
            ),
        )

    def __str__(self) -> str:
        """Return kind, criterion and version."""
        return f"{self.kind} {self.criterion} v{self.version}"


class Change(models.Model):
    """One change of what is in force. The log says for any moment which set was.

    Rows are written under the lock of the house's ledger chain, so ids follow the commits.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    kind = models.CharField(max_length=10)
    criterion = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    active = models.BooleanField()
    ended = models.BooleanField()
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        """The latest change of each criterion; what ended acts no more."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(active=True, ended=True), name="change_ended_or_active"
            ),
        )
        indexes = (models.Index(fields=["kind", "criterion", "-id"], name="change_latest"),)

    def __str__(self) -> str:
        """Return what changed."""
        return f"{self.kind} {self.criterion} v{self.version}: {self.active}"


class ModelFile(models.Model):
    """The bytes of a learned model, by their hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the hash."""
        return self.sha256


class ModelWatch(models.Model):
    """What was seen of the model in use on one day, and whether it was withdrawn for it."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    criterion = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    figures = models.JSONField()
    moved = models.CharField(max_length=60, blank=True)
    passed = models.JSONField()
    withdrawn = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        """One row a model and day."""

        constraints = (
            models.UniqueConstraint(fields=["day", "criterion", "version"], name="watched_once"),
        )

    def __str__(self) -> str:
        """Return day and model."""
        return f"{self.day} {self.name}"


class DailySeed(models.Model):
    """The seed of one day: its commitment is public from before the day, itself from after.

    Until it is revealed it is here sealed only, under a key that is not in the database.
    """

    day = models.DateField(primary_key=True)
    sealed = models.BinaryField(null=True)
    seed = models.BinaryField(null=True)
    commitment = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        """Sealed until it is revealed, and clear from then on."""

        constraints = (
            models.CheckConstraint(
                condition=Q(revealed_at=None, seed=None, sealed__isnull=False)
                | Q(revealed_at__isnull=False, seed__isnull=False),
                name="seed_sealed_until_revealed",
            ),
        )

    def __str__(self) -> str:
        """Return the day."""
        return str(self.day)


class SetCommitment(models.Model):
    """What was published of the criteria in force on a day, before anybody may open it.

    `pack` holds the shares that the region pack stated for the day then, which `version` hashes
    with the rest: the pack may be corrected later. It is empty where they were not kept yet.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    stamp = models.BigIntegerField()
    version = models.CharField(max_length=64)
    pack = models.TextField(null=True)
    salt = models.BinaryField()
    commitment = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.CharField(max_length=150, blank=True)

    class Meta:
        """One commitment a set and day."""

        constraints = (
            models.UniqueConstraint(fields=["day", "version"], name="set_committed_once"),
        )

    def __str__(self) -> str:
        """Return day and commitment."""
        return f"{self.day} {self.commitment}"


class Selected(models.Model):
    """What was decided on one declaration, with its facts, so that it can be decided again."""

    declaration = models.OneToOneField(
        "declarations.Declaration", on_delete=models.PROTECT, primary_key=True
    )
    at = models.DateTimeField()
    documents = models.BooleanField()
    goods = models.BooleanField()
    trader = models.CharField(max_length=18)
    peers = models.CharField(max_length=40)
    selection = models.JSONField()
    facts = models.TextField()

    class Meta:
        """In order of acceptance; an enterprise's own."""

        indexes = (
            models.Index(fields=["at"], name="selected_by_moment"),
            models.Index(fields=["trader", "at"], name="selected_of_trader"),
        )

    def __str__(self) -> str:
        """Return the declaration."""
        return str(self.declaration_id)


class Reached(models.Model):
    """One reason of one selection, to be counted by criterion; also of those a draw spared."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey("declarations.Declaration", on_delete=models.PROTECT)
    at = models.DateTimeField()
    source = models.CharField(max_length=12)
    criterion = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    treatment = models.CharField(max_length=12)
    acted = models.BooleanField()

    class Meta:
        """By criterion and moment."""

        indexes = (models.Index(fields=["source", "criterion", "at"], name="reached_by_criterion"),)

    def __str__(self) -> str:
        """Return source, criterion and declaration."""
        return f"{self.source} {self.criterion}: {self.declaration_id}"


class CarriedCheck(models.Model):
    """What was not done on a declaration that is no more: whoever declares its bill again meets it.

    `reasons` are those of its selection, as the next declaration carries them; none where all that
    was owed on the bill has been done. The latest row of a bill counts.
    """

    id = models.BigAutoField(primary_key=True)
    bill = models.CharField(max_length=35, db_index=True)
    declaration = models.OneToOneField("declarations.Declaration", on_delete=models.PROTECT)
    reasons = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the bill."""
        return self.bill


class Outcome(models.Model):
    """How one treatment ended: the coded finding and what it changed, for hit rates."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey("declarations.Declaration", on_delete=models.PROTECT)
    treatment = models.CharField(max_length=12)
    finding = models.CharField(max_length=20, blank=True)
    value_effect = models.DecimalField(max_digits=19, decimal_places=2, default=0)
    office = models.CharField(max_length=4)
    officers = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        """One end a treatment."""

        constraints = (
            models.UniqueConstraint(fields=["declaration", "treatment"], name="outcome_once"),
        )
        indexes = (models.Index(fields=["at"], name="outcome_by_moment"),)

    def __str__(self) -> str:
        """Return treatment and finding."""
        return f"{self.treatment} {self.finding}"


class Explanation(models.Model):
    """What moved the score of a selected declaration, worked out after it was accepted."""

    declaration = models.OneToOneField(
        "declarations.Declaration", on_delete=models.PROTECT, primary_key=True
    )
    model_version = models.CharField(max_length=100)
    contributions = models.JSONField()

    def __str__(self) -> str:
        """Return the declaration."""
        return str(self.declaration_id)


class Sighting(models.Model):
    """How often something was declared on a day: a trader, a partner, a route, a commodity."""

    id = models.BigAutoField(primary_key=True)
    role = models.CharField(max_length=10)
    key = models.CharField(max_length=160)
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        """One row a day."""

        constraints = (
            models.UniqueConstraint(fields=["role", "key", "day"], name="sighting_once"),
        )

    def __str__(self) -> str:
        """Return role, key and day."""
        return f"{self.role} {self.key} {self.day}"


class Price(models.Model):
    """How many lines of a commodity cost about so much a kg; steps of a sixteenth of doubling."""

    id = models.BigAutoField(primary_key=True)
    commodity = models.CharField(max_length=10)
    step = models.SmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        """One row a step."""

        constraints = (
            models.UniqueConstraint(fields=["commodity", "step"], name="price_step_once"),
        )

    def __str__(self) -> str:
        """Return commodity and step."""
        return f"{self.commodity} {self.step}"


class Backtest(models.Model):
    """A policy tried on the past: who asked, with what, how far it has come, and what came of it.

    `asked` and `settled` are all it takes to run it again; `weeks` holds the figures so far.
    """

    id = models.UUIDField(primary_key=True)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    asked = models.JSONField()
    settled = models.JSONField()
    state = models.CharField(max_length=10)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reached_date = models.DateField(null=True)
    weeks = models.JSONField(default=list)
    totals = models.JSONField(null=True)
    trouble = models.JSONField(null=True)

    class Meta:
        """One runs at a time; what is done has its totals."""

        constraints = (
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running"), name="backtest_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(state__in=["waiting", "running"]),
                name="backtest_ended_once_over",
            ),
        )
        indexes = (models.Index(fields=["-asked_at"], name="backtest_latest"),)

    def __str__(self) -> str:
        """Return who asked, and the state."""
        return f"{self.asked_by} {self.state}"
