"""Sign-ups from a form or a spreadsheet: read a table, map its columns, plan what would change, write it."""
