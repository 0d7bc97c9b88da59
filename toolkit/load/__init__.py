"""From a folder to its records: the only reader of the tree."""

from toolkit.load.records import Loaded, load, load_settings, with_files

__all__ = ["Loaded", "load", "load_settings", "with_files"]
