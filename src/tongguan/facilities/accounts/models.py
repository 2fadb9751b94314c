"""Tables of this room: persons, their postings, and software that acts for somebody."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from tongguan.facilities.accounts.values import Role


class Person(AbstractUser):
    """Somebody who signs in. What they may do stands in their postings."""

    name_zh = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        """Return the account name."""
        return self.username


class Posting(models.Model):
    """A role of a person or of software: at an office, a site or an enterprise, for a while.

    An empty office means every office of the region.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    client_id = models.CharField(max_length=100, blank=True, db_index=True)
    role = models.CharField(max_length=15)
    office = models.CharField(max_length=4, blank=True)
    district = models.CharField(max_length=2, blank=True)
    site = models.CharField(max_length=12, blank=True)
    enterprise = models.BigIntegerField(null=True, blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Known roles, held by a person or by software."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=[str(role) for role in Role]),
                name="posting_role_known",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) ^ ~models.Q(client_id=""),
                name="posting_of_one",
            ),
        )

    def __str__(self) -> str:
        """Return role and place."""
        return f"{self.role} {self.office or self.site or self.enterprise or '*'}"
