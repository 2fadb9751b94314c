"""The table of events, each with a mark that what follows from it was done; events that failed."""

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


class FailedEvent(models.Model):
    """An event whose consequences failed. The row is gone once they are done, or dropped.

    It is written before a try, so that a worker that is killed by the try leaves a trace. Without
    an error the event is being tried now, or the worker ended while it was tried.
    """

    event = models.OneToOneField(Announcement, on_delete=models.PROTECT, primary_key=True)
    subject = models.UUIDField()
    tries = models.PositiveSmallIntegerField()
    first_at = models.DateTimeField()
    tried_at = models.DateTimeField()
    next_at = models.DateTimeField()
    parked_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, default="")
    trace = models.TextField(default="")

    class Meta:
        """Later events of a subject wait behind a failed one: they look for it here."""

        indexes = (models.Index(fields=["subject", "event"], name="failed_of_subject"),)

    def __str__(self) -> str:
        """Return the event and how often it was tried."""
        return f"event {self.event_id}, {self.tries} tries"


class PeriodicJob(models.Model):
    """When a worker last ran a periodic job, and how that ended."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    node = models.CharField(max_length=120)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, default="")

    class Meta:
        """One row a job and node."""

        constraints = (models.UniqueConstraint(fields=["name", "node"], name="job_of_node"),)

    def __str__(self) -> str:
        """Return the job and where it runs."""
        return f"{self.name} at {self.node}"
