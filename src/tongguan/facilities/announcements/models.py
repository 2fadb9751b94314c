"""The table of events, each with a mark that what follows from it was done."""

from django.db import models
from django.db.models.expressions import Func


class CurrentTransaction(Func):
    """PostgreSQL's number of the running transaction; kept for the first migration."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class CountedTransaction(Func):
    """The number of the running transaction, counted on where the database was restored.

    A server that a dump is restored into counts its transactions from the beginning; the era is
    what was counted before (`commands.count_on`).
    """

    template = "(announcements_era() + pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class Announcement(models.Model):
    """One event. Written in the transaction of the act, read from a cursor, never changed."""

    id = models.BigAutoField(primary_key=True)
    transaction = models.BigIntegerField(db_default=CountedTransaction())
    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    at = models.DateTimeField()
    facts = models.JSONField()
    followed_at = models.DateTimeField(null=True)

    class Meta:
        """Order by transaction and row: see `queries.after`."""

        indexes = (
            models.Index(fields=["transaction", "id"], name="announced_in_order"),
            models.Index(fields=["subject", "id"], name="announced_of_subject"),
            models.Index(
                fields=["id"],
                condition=models.Q(followed_at=None),
                name="announced_to_follow",
            ),
        )

    def __str__(self) -> str:
        """Return kind and place in the stream."""
        return f"{self.kind} {self.transaction}-{self.id}"
