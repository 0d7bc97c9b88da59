"""The only door: the commands of `mentoring`. They read the clock and the environment, print, and exit."""

from toolkit.cli.app import main

__all__ = ["main"]
