"""Exports: everything of one person for that person, and tables that a spreadsheet opens without running them."""
