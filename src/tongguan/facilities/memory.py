"""Memory of a process: what stays is not looked through for garbage again."""

import gc


def keep() -> None:
    """Leave all that is loaded now out of what the collector of garbage goes through.

    For what a process loads once and uses to its end: its code, law and region. Going through them
    again and again takes a tenth of the time of a batch. What is let go later is freed as before,
    but for rings of things that refer to one another. Cost: 1 µs.
    """
    gc.freeze()
