"""The command line as `python -m tongguan`."""

from tongguan.interfaces.cli import main

main()
