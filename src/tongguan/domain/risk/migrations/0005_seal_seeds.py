"""Seals the seeds that stand in clear and are not revealed: those of today and tomorrow.

The key is `seeds.key` below TONGGUAN_KEYS; it is made here where it is not there. A dump from before
this step still tells those seeds.

Step:   backfill, 2 of 3.
Locks:  two or three rows, for an instant.
Time:   at once.
Back:   the seeds stand in clear again.
"""

import os
import secrets
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def key() -> ChaCha20Poly1305:
    path = Path(settings.KEYS_DIR) / 'seeds.key'
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, 'wb') as file:
            file.write(secrets.token_bytes(32))
    return ChaCha20Poly1305(path.read_bytes())


def bound_to(day: date) -> bytes:
    return f'tongguan seed {day.isoformat()}'.encode()


def seal(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for row in apps.get_model('risk', 'DailySeed').objects.filter(revealed_at=None, sealed=None):
        nonce = secrets.token_bytes(12)
        row.sealed = nonce + key().encrypt(nonce, bytes(row.seed), bound_to(row.day))
        row.seed = None
        row.save(update_fields=['sealed', 'seed'])


def unseal(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for row in apps.get_model('risk', 'DailySeed').objects.filter(seed=None):
        sealed = bytes(row.sealed)
        row.seed = key().decrypt(sealed[:12], sealed[12:], bound_to(row.day))
        row.save(update_fields=['seed'])


class Migration(migrations.Migration):

    dependencies = [
        ('risk', '0004_sealed_seeds'),
    ]

    operations = [migrations.RunPython(seal, unseal)]
