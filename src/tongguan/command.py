"""What `tongguan` starts: the command line, which Ctrl-C ends quietly from its first moment."""

import signal
from importlib import import_module


def main() -> None:
    """Load the command line, which takes a while, and run it.

    Until it looks after Ctrl-C itself, that ends the process as any program without a handler.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    import_module("tongguan.interfaces.cli").main()
