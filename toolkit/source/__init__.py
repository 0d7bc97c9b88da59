"""Reading and writing: text to a tree of fields with spans, new fields to text. PyYAML is imported here alone."""

from toolkit.source.document import Source, of_bytes, read
from toolkit.source.edit import Append, Edit, Set, edited
from toolkit.source.emit import emit, emit_front
from toolkit.source.faults import Fault
from toolkit.source.nodes import Mapping, Node, Route, Scalar, Sequence
from toolkit.source.prose import Heading, Link, Outline, Task, fenced, outline

__all__ = [
    "Append",
    "Edit",
    "Fault",
    "Heading",
    "Link",
    "Mapping",
    "Node",
    "Outline",
    "Route",
    "Scalar",
    "Sequence",
    "Set",
    "Source",
    "Task",
    "edited",
    "emit",
    "emit_front",
    "fenced",
    "of_bytes",
    "outline",
    "read",
]
