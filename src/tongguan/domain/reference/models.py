"""What an operator loads beside the region pack: tariff releases and corrections of rates."""

from django.db import models


class TariffRelease(models.Model):
    """One tariff as it was loaded: from which file, by whom, from which day."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    valid_from = models.DateField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        """Return name and day."""
        return f"{self.name} {self.valid_from}"


class TariffRow(models.Model):
    """One ten-digit code of a release. Rates are shares of 1."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(TariffRelease, on_delete=models.PROTECT)
    code = models.CharField(max_length=10)
    name_zh = models.CharField(max_length=500)
    general = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    mfn = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    export = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    consumption = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    vat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    first_unit = models.CharField(max_length=3)
    second_unit = models.CharField(max_length=3, blank=True)
    controls = models.CharField(max_length=30, blank=True)
    elements = models.TextField(blank=True)

    class Meta:
        """A code once a release."""

        constraints = (
            models.UniqueConstraint(fields=["release", "code"], name="tariff_code_once"),
        )

    def __str__(self) -> str:
        """Return the code."""
        return self.code
