"""Calendars: from plain events to .ics files, and back where an earlier one must be updated."""
