"""How much of the web server one request, one address and all together may take."""

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one process of the web server.

    Attributes:
        silent_seconds: so long a client may be silent: until the head of a request is whole, in a
            body, and while it takes an answer.
        least_rate: bytes a second that a body or an answer has to make beyond that.
        whole_seconds: the longest that any body may take.
        long_seconds: the longest that the work on a batch may take.
        largest_body: bytes of one body.
        spool_above: bytes of a body that stay in memory; a larger one is kept in a file.
        bodies_of_address: bodies of one address that may be on their way.
        bodies: bodies of all addresses that may be on their way.
        bytes_of_address: their bytes, of one address.
        bytes_waiting: their bytes, of all addresses.
        connections_of_address: connections of one address.
        port: where the server listens.
        connections: connections of all addresses.
        memory: bytes that requests may take in the process, and in that for batches beside it.
    """

    silent_seconds: float
    long_seconds: float
    largest_body: int
    memory: int
    port: int
    connections: int
    least_rate: int = 1_024
    whole_seconds: float = 600.0
    spool_above: int = 256 << 10
    bodies_of_address: int = 256
    bodies: int = 1_024
    bytes_of_address: int = 512 * MEGABYTE
    bytes_waiting: int = 2_048 * MEGABYTE
    connections_of_address: int = 512
