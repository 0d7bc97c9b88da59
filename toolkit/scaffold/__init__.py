"""New files: a whole program's folder to begin with, one record after the other later on."""

from toolkit.scaffold.profile import profiled, profiles
from toolkit.scaffold.project import Answers, Target, demo, empty, lay

__all__ = ["Answers", "Target", "demo", "empty", "lay", "profiled", "profiles"]
