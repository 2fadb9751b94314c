"""The command line as `python -m tongguan`."""

from tongguan.command import main

main()
