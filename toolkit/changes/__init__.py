"""Changes of state: from a pair or a goal and what happened to it, to the exact bytes that say so; nothing is written."""
