"""What whoever has the keys does to a ledger: changes a row with its entry and signs anew."""

import json
from decimal import Decimal
from typing import Any

from django.db import connection

from tongguan.facilities.ledger.models import Checkpoint, Entry, Head
from tongguan.facilities.ledger.queries import signed_checkpoints
from tongguan.facilities.ledger.rules.chain import seal as seal_entry
from tongguan.facilities.ledger.rules.checkpoints import digest
from tongguan.facilities.ledger.rules.checkpoints import seal as seal_checkpoint
from tongguan.facilities.ledger.values import HeadRow
from tongguan.kernel.signing import Signer


def reseal(key: Signer) -> None:
    """Compute every seal and checkpoint anew and sign them, as whoever has a key can."""
    previous: dict[Any, bytes] = {}
    for one in Entry.objects.order_by("chain", "number"):
        before = previous.get(one.chain, bytes(32))
        said = {"kind": one.kind, "at": one.at, "by": one.by, "facts": one.facts}
        sealed = seal_entry(before, chain=one.chain, number=one.number, **said)
        Entry.objects.filter(pk=one.pk).update(previous=before, hash=sealed)
        Head.objects.filter(chain=one.chain, number=one.number).update(hash=sealed)
        previous[one.chain] = sealed
    last = bytes(32)
    public = key.public_key().public_bytes_raw()
    for row in signed_checkpoints():
        heads = Head.objects.filter(checkpoint=row.number).order_by("chain")
        count, over = digest(HeadRow(one.chain, one.number, bytes(one.hash)) for one in heads)
        sealed = seal_checkpoint(
            last, number=row.number, at=row.at, count=count, digest=over, totals=row.totals
        )
        Checkpoint.objects.filter(pk=row.number).update(
            digest=over, previous=last, hash=sealed, key=public, signature=key.sign(sealed)
        )
        last = sealed


def forge(key: Signer) -> None:
    """Halve a payment, in the row and in the ledger, and sign all anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, amount::text FROM revenue_payment ORDER BY id LIMIT 1")
        [(payment, amount)] = cursor.fetchall()
        cursor.execute("UPDATE revenue_payment SET amount = 1 WHERE id = %s", [payment])
    was = f"{Decimal(amount).normalize():f}"
    for entry in Entry.objects.filter(kind="PAYMENT_RECORDED"):
        rows = json.loads(entry.facts["rows"])
        if str(payment) in rows["revenue_payment"]:
            assert rows["revenue_payment"][str(payment)]["amount"] == was
            rows["revenue_payment"][str(payment)]["amount"] = "1"
            entry.facts["rows"] = json.dumps(rows)
            Entry.objects.filter(pk=entry.pk).update(facts=entry.facts)
    reseal(key)
