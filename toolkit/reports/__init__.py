"""Reports for the program's staff: who needs a call, what expires, how it goes, what changed; pure but for git's history."""
