"""What is right and wrong in records: one generator for each rule, gathered by the part of a program's life it watches."""

from toolkit.rules.actions import RULES as ACTIONS
from toolkit.rules.agreements import RULES as AGREEMENTS
from toolkit.rules.applications import RULES as APPLICATIONS
from toolkit.rules.base import Context, Finding, Rule
from toolkit.rules.care import RULES as CARE
from toolkit.rules.checking import RULES as CHECKING
from toolkit.rules.closures import RULES as CLOSURES
from toolkit.rules.cohorts import RULES as COHORTS
from toolkit.rules.consents import RULES as CONSENTS
from toolkit.rules.evidence import RULES as EVIDENCE
from toolkit.rules.feedback import RULES as FEEDBACK
from toolkit.rules.files import RULES as FILES
from toolkit.rules.goals import RULES as GOALS
from toolkit.rules.handbook import RULES as HANDBOOK
from toolkit.rules.instruments import RULES as INSTRUMENTS
from toolkit.rules.keeping import RULES as KEEPING
from toolkit.rules.notes import RULES as NOTES
from toolkit.rules.pairs import RULES as PAIRS
from toolkit.rules.people import RULES as PEOPLE
from toolkit.rules.plans import RULES as PLANS
from toolkit.rules.policies import RULES as POLICIES
from toolkit.rules.practice import RULES as PRACTICE
from toolkit.rules.programs import RULES as PROGRAMS
from toolkit.rules.reading import RULES as READING
from toolkit.rules.records import RULES as RECORDS
from toolkit.rules.references import RULES as REFERENCES
from toolkit.rules.rhythm import RULES as RHYTHM
from toolkit.rules.runner import Choice, check
from toolkit.rules.safeguards import RULES as SAFEGUARDS
from toolkit.rules.sessions import RULES as SESSIONS
from toolkit.rules.ties import RULES as TIES
from toolkit.rules.translations import RULES as TRANSLATIONS
from toolkit.rules.unwritten import RULES as UNWRITTEN

RULES: tuple[Rule, ...] = (
    *FILES,
    *READING,
    *CHECKING,
    *RECORDS,
    *REFERENCES,
    *PROGRAMS,
    *UNWRITTEN,
    *COHORTS,
    *INSTRUMENTS,
    *PEOPLE,
    *CONSENTS,
    *SAFEGUARDS,
    *APPLICATIONS,
    *POLICIES,
    *PLANS,
    *TIES,
    *PAIRS,
    *RHYTHM,
    *AGREEMENTS,
    *GOALS,
    *ACTIONS,
    *SESSIONS,
    *NOTES,
    *PRACTICE,
    *FEEDBACK,
    *CARE,
    *CLOSURES,
    *KEEPING,
    *HANDBOOK,
    *EVIDENCE,
    *TRANSLATIONS,
)
"""Every rule, in the order in which a program comes to need them."""

__all__ = ["RULES", "Choice", "Context", "Finding", "Rule", "check"]
