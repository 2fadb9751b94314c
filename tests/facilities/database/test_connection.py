"""The tests' own database."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tables_are_made() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

        assert cursor.fetchone() == (1,)
