"""Keep a mentoring program as files: check the records, match people, publish the handbook and the pairs."""

__version__ = "0.1.0"
