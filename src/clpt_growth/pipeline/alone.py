"""One school of many, each a question of its own: beside the trust of today, with nothing agreed before it."""

from clpt_growth.model.case import Case
from clpt_growth.model.ledger import Loads
from clpt_growth.pipeline.in_order import Entry, Place, Question, opened


def place_alone(entry: Entry, asked: Question) -> Place:
    """The school beside the trust of today; no school after it is asked about as if it had joined."""
    alone = entry._replace(joiner=entry.joiner._replace(joins=False))
    facts = {**asked.trust, **opened(entry.joiner, entry.facts or {}, asked.as_of)}
    case = Case(facts=facts, as_of=asked.as_of, inputs=(*entry.inputs, *asked.trust_inputs))
    return Place(alone, case, facts, Loads(None, None), (), asked.trust)
