"""Tables of this room: declarations, their versions and lines, attempts, and serial numbers."""

from django.db import models

from tongguan.domain.declarations.values import Flow, Kind, Mode


class Declaration(models.Model):
    """An accepted declaration, as lists find it; what was declared stands in its versions."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=18, unique=True)
    reference = models.CharField(max_length=35)
    trader = models.ForeignKey(
        "parties.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    declarant = models.ForeignKey(
        "parties.Enterprise", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    flow = models.CharField(max_length=6)
    kind = models.CharField(max_length=13)
    mode = models.CharField(max_length=14)
    declaration_office = models.CharField(max_length=4)
    goods_office = models.CharField(max_length=4)
    payment_office = models.CharField(max_length=4)
    inspection_office = models.CharField(max_length=4)
    site = models.CharField(max_length=12, blank=True)
    bill = models.CharField(max_length=35, blank=True)
    goods = models.CharField(max_length=120)
    line_count = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    accepted_at = models.DateTimeField()

    class Meta:
        """One declaration for each idempotency key; lists by party and by office."""

        constraints = (
            models.UniqueConstraint(fields=["declarant", "reference"], name="declared_once"),
            models.CheckConstraint(
                condition=models.Q(flow__in=list(Flow)), name="declaration_flow_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=list(Kind)), name="declaration_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(mode__in=list(Mode)), name="declaration_mode_known"
            ),
        )
        indexes = (
            models.Index(fields=["trader", "-accepted_at", "id"], name="declared_for_trader"),
            models.Index(fields=["declarant", "-accepted_at", "id"], name="declared_by_declarant"),
            models.Index(fields=["-accepted_at", "id"], name="declared_latest"),
            models.Index(fields=["bill"], name="declared_bill"),
        )

    def __str__(self) -> str:
        """Return the customs number."""
        return self.number


class Version(models.Model):
    """What was declared at one time. Never changed: an amendment is another version."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.BinaryField()
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    class Meta:
        """One version a number."""

        constraints = (
            models.UniqueConstraint(fields=["declaration", "number"], name="version_once"),
        )

    def __str__(self) -> str:
        """Return declaration and version."""
        return f"{self.declaration_id} v{self.number}"


class Line(models.Model):
    """One line of goods of the version in force, for search and history."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    number = models.PositiveSmallIntegerField()
    commodity = models.CharField(max_length=10)
    name = models.CharField(max_length=512)
    origin = models.CharField(max_length=3)
    quantity = models.DecimalField(max_digits=19, decimal_places=6)
    unit = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=19, decimal_places=4)
    currency = models.CharField(max_length=3)

    class Meta:
        """One line a number; found by commodity."""

        constraints = (models.UniqueConstraint(fields=["declaration", "number"], name="line_once"),)
        indexes = (models.Index(fields=["commodity", "declaration"], name="line_by_commodity"),)

    def __str__(self) -> str:
        """Return commodity and name."""
        return f"{self.commodity} {self.name}"


class Unit(models.Model):
    """What a gate lets out for a declaration: each container, or the bill where there is none."""

    id = models.BigAutoField(primary_key=True)
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    unit = models.CharField(max_length=35)

    class Meta:
        """A unit once a declaration; found by its number."""

        constraints = (models.UniqueConstraint(fields=["unit", "declaration"], name="unit_once"),)
        indexes = (models.Index(fields=["declaration"], name="unit_of_declaration"),)

    def __str__(self) -> str:
        """Return the unit's number."""
        return self.unit


class Attempt(models.Model):
    """One submission as it came, accepted or not. Kept for three years."""

    id = models.UUIDField(primary_key=True)
    declarant_code = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=35, blank=True)
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    format = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=150)
    sha256 = models.BinaryField()
    raw = models.BinaryField(null=True)
    faults = models.JSONField(null=True)

    class Meta:
        """Found by sender and reference, and by declaration."""

        indexes = (
            models.Index(fields=["received_by", "-received_at"], name="attempt_by_sender"),
            models.Index(
                fields=["declaration"],
                condition=models.Q(declaration__isnull=False),
                name="attempt_of_declaration",
            ),
        )

    def __str__(self) -> str:
        """Return reference and moment."""
        return f"{self.reference} {self.received_at}"


class SerialBlock(models.Model):
    """A run of serial numbers that one process took for one office, year and flow."""

    id = models.BigAutoField(primary_key=True)
    office = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    flow = models.CharField(max_length=6)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=100)

    class Meta:
        """Blocks of one series never begin alike."""

        constraints = (
            models.UniqueConstraint(fields=["office", "year", "flow", "first"], name="block_once"),
        )

    def __str__(self) -> str:
        """Return series and run."""
        return f"{self.office} {self.year} {self.flow} {self.first}–{self.last}"
