"""Answers of the API in JSON: every moment in one spelling."""

from datetime import datetime
from typing import Any

from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder

from tongguan.kernel.time import written_moment


class Encoder(NinjaJSONEncoder):
    """Writes moments in UTC with `Z`."""

    def default(self, o: Any) -> Any:
        """Return what JSON has for a value of another type."""
        return written_moment(o) if isinstance(o, datetime) else super().default(o)


class Answers(JSONRenderer):
    """Writes answers with `Encoder`."""

    encoder_class = Encoder
