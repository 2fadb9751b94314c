"""Tables of this room: persons, software, and the postings that say what they may do."""

from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from tongguan.facilities.accounts.values import Post, Role


def _roles(post: Post) -> Q:
    return Q(role__in=[str(r) for r in Role if r.post is post and r is not Role.SYSTEM])


_NOWHERE = Q(office="", district="")
BOUND = (
    (_roles(Post.ENTERPRISE) & _NOWHERE & Q(enterprise_id__isnull=False, site=""))
    | (_roles(Post.SITE) & _NOWHERE & Q(enterprise_id=None) & ~Q(site=""))
    | (
        _roles(Post.OFFICE)
        & Q(enterprise_id=None, site="")
        & (
            Q(office="", district__regex=r"^[0-9A-Z]{0,8}$")
            | Q(office__regex=r"^\d{4}$", district="")
        )
    )
    | (_roles(Post.HOUSE) & _NOWHERE & Q(enterprise_id=None, site=""))
)
"""What a posting names, by its role; nobody is ever posted as the system itself."""


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. What they may do stands in their postings alone."""

    id = models.BigAutoField(primary_key=True)
    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(max_length=254, blank=True)
    name_zh = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10, blank=True)
    home_office = models.CharField(max_length=4, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    password_given = models.BooleanField(default=False, db_default=False)
    admitted_at = models.DateTimeField()

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        """One person an address; account names in small letters, so that none look alike."""

        constraints = (
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="person_email_once"
            ),
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]{1,59}$"),
                name="person_username_form",
            ),
        )

    def __str__(self) -> str:
        """Return the account name."""
        return self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Return whether this is the password; it is hashed anew only when it is changed.

        Django hashes it anew when somebody signs in after an upgrade; no act would tell of that.
        """
        return check_password(raw_password, self.password)

    def get_full_name(self) -> str:
        """Return the name in the reader's language, where there is one."""
        chinese = (get_language() or "zh").startswith("zh")
        first, second = (self.name_zh, self.name_en) if chinese else (self.name_en, self.name_zh)
        return first or second or self.username


class ApiClient(models.Model):
    """Software that acts for somebody: it signs in with the credentials of an OAuth2 client."""

    id = models.BigAutoField(primary_key=True)
    client_id = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=60, unique=True)
    label = models.CharField(max_length=100)
    admitted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Posting(models.Model):
    """A role of a person or of software: for an enterprise, at a site or an office, for a while.

    An officer's posting names an office, or a district, or neither: then it covers the region.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True)
    role = models.CharField(max_length=15)
    office = models.CharField(max_length=4, blank=True)
    district = models.CharField(max_length=8, blank=True)
    site = models.CharField(max_length=12, blank=True)
    enterprise_id = models.BigIntegerField(null=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        """Held by a person or by software, bound as the role asks, ending after it begins."""

        constraints = (
            models.CheckConstraint(
                condition=Q(person=None, client__isnull=False)
                | Q(person__isnull=False, client=None),
                name="posting_of_one",
            ),
            models.CheckConstraint(condition=BOUND, name="posting_bound_by_role"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="posting_ends_after",
            ),
        )
        indexes = (models.Index(fields=["role", "office"], name="posting_by_role"),)

    def __str__(self) -> str:
        """Return role and place."""
        place = self.office or self.district or self.site or self.enterprise_id or ""
        return f"{self.role} {place}".strip()
