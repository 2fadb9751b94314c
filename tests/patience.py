"""How long a test waits for what has to come in the end."""

from typing import Final

PATIENCE_SECONDS: Final = 120.0
"""Far longer than it ever takes: a test says that it comes, not how fast on a machine in use."""
