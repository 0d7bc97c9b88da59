"""Pages: records are projected for one audience first, and only what is left is written, built and proved."""
