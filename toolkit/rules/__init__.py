"""What is right and wrong in records: one generator for each rule, gathered by the part of a program's life it watches."""

from toolkit.rules.base import Context, Finding, Rule
from toolkit.rules.cohorts import RULES as COHORTS
from toolkit.rules.consents import RULES as CONSENTS
from toolkit.rules.people import RULES as PEOPLE
from toolkit.rules.programs import RULES as PROGRAMS
from toolkit.rules.reading import RULES as READING
from toolkit.rules.records import RULES as RECORDS
from toolkit.rules.references import RULES as REFERENCES
from toolkit.rules.runner import Choice, check
from toolkit.rules.safeguards import RULES as SAFEGUARDS

RULES: tuple[Rule, ...] = (*READING, *RECORDS, *REFERENCES, *PROGRAMS, *COHORTS, *PEOPLE, *CONSENTS, *SAFEGUARDS)
"""Every rule, in the order in which a program comes to need them."""

__all__ = ["RULES", "Choice", "Context", "Finding", "Rule", "check"]
