"""Somebody at work: burns transactions, enters an act, announces an event, tells what came.

Run: python -m tests.interfaces.cli.working TRANSACTIONS AFTER, with the product's environment.
"""

import os
import sys
from pathlib import Path

import django
from django.db import connection, transaction

from tongguan.domain.clearance.events import Released
from tongguan.facilities.accounts.values import SYSTEM
from tongguan.facilities.announcements.values import Cursor
from tongguan.facilities.database import running
from tongguan.kernel.identifiers import DeclarationId, new_id
from tongguan.kernel.time import utc_now

django.setup()

from tongguan.facilities.announcements.commands import announce  # noqa: E402 -- needs Django
from tongguan.facilities.announcements.queries import after  # noqa: E402
from tongguan.facilities.ledger.commands import record  # noqa: E402
from tongguan.facilities.ledger.signing import sign_heads  # noqa: E402

with running(Path(os.environ["TONGGUAN_HOME"])):
    for _ in range(int(sys.argv[1])):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
    with transaction.atomic():
        id_, now = DeclarationId(new_id()), utc_now()
        record("RELEASED", id_, by=SYSTEM, at=now, number="1")
        announce([Released(id_, now)])
    sign_heads(now=utc_now())
    seen, reached = after(Cursor(int(sys.argv[2]), 0))
    sys.stdout.write(f"{len(seen)} {reached.transaction}\n")
    connection.close()
