"""Acts, checkpoints and countersignatures. The database refuses to change or remove a row."""

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


class Checkpoint(models.Model):
    """A signed statement of how far the chains had come, sealed to the one before it."""

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    digest = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    key = models.BinaryField()
    signature = models.BinaryField()
    up_to = models.BigIntegerField()
    entries = models.BigIntegerField(null=True)
    chains = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        """Return its number."""
        return str(self.number)


class Head(models.Model):
    """How far a chain had come at a checkpoint."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT)
    chain = models.UUIDField()
    number = models.PositiveIntegerField()
    hash = models.BinaryField()

    class Meta:
        """An entry is the head of its chain at one checkpoint, the first that saw it."""

        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="head_once"),)

    def __str__(self) -> str:
        """Return checkpoint and place."""
        return f"{self.checkpoint_id}: {self.chain}/{self.number}"


class Countersigned(models.Model):
    """That a witness outside saw a checkpoint follow the last one he saw."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT)
    witness = models.CharField(max_length=60)
    hash = models.BinaryField()
    at = models.DateTimeField()
    key = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        """A witness countersigns a checkpoint once."""

        constraints = (
            models.UniqueConstraint(fields=["checkpoint", "key"], name="countersigned_once"),
        )

    def __str__(self) -> str:
        """Return witness and checkpoint."""
        return f"{self.witness} {self.checkpoint_id}"


class SigningKey(models.Model):
    """A public key that this installation signs with, or signed with until it was retired.

    It tells a node which private key it needs. No signature is believed by it: they are checked
    with the keys in the home of whoever checks.
    """

    id = models.BigAutoField(primary_key=True)
    purpose = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        """One key a purpose is in use."""

        constraints = (
            models.UniqueConstraint(
                fields=["purpose"],
                condition=models.Q(retired_at=None),
                name="signing_key_in_use",
            ),
            models.UniqueConstraint(fields=["purpose", "key"], name="signing_key_once"),
        )

    def __str__(self) -> str:
        """Return purpose and key."""
        return f"{self.purpose} {self.key}"


class SecretFingerprint(models.Model):
    """A fingerprint of a secret (SECRET_KEY) that nodes of this installation have, or had."""

    id = models.BigAutoField(primary_key=True)
    salt = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    since = models.DateTimeField()
    in_use = models.BooleanField()

    class Meta:
        """One secret is in use."""

        constraints = (
            models.UniqueConstraint(
                fields=["in_use"], condition=models.Q(in_use=True), name="secret_in_use"
            ),
        )

    def __str__(self) -> str:
        """Return the fingerprint."""
        return self.fingerprint
