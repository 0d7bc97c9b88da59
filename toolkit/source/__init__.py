"""Reading: bytes to text, text to a tree of fields with spans. PyYAML is imported here and nowhere else."""

from toolkit.source.document import Source, read
from toolkit.source.faults import Fault
from toolkit.source.nodes import Mapping, Node, Route, Scalar, Sequence
from toolkit.source.prose import Heading, Link, Outline, Task, outline

__all__ = [
    "Fault",
    "Heading",
    "Link",
    "Mapping",
    "Node",
    "Outline",
    "Route",
    "Scalar",
    "Sequence",
    "Source",
    "Task",
    "outline",
    "read",
]
