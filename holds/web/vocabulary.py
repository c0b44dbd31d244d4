"""What templates call codes by."""

from flask import Flask

from holds.queries import wording
from holds.queries.list_figures import IncidentFigures
from holds.queries.sentence import lazy_gettext as _l
from holds.queries.wording import reason, word
from holds.web.look_words import LOOKS

LANGUAGE_SOURCES = {
    "stated": _l("stated by the person"),
    "noted": _l("noted by others"),
    "proposed": _l("only proposed"),
}
WORDS = {
    "basis": wording.BASES,
    "hold_state": wording.HOLD_STATES,
    "custody": wording.CUSTODY,
    "judgement": wording.PLACE_JUDGEMENTS,
    "forum": wording.FORUMS,
    "outcome": wording.OUTCOMES,
    "decision": wording.DECISIONS,
    "list_kind": wording.LIST_KINDS,
    "field": wording.FIELDS,
    "scope": wording.SCOPES,
    "problem": wording.PROBLEMS,
    "look_word": LOOKS,
    "language_source": LANGUAGE_SOURCES,
}


def set_up_vocabulary(app: Flask) -> None:
    """Give templates a function for each kind of code, from code to sentence."""
    for name, words in WORDS.items():
        app.jinja_env.globals[name] = lambda code, words=words: word(words, code)
    app.jinja_env.globals["reason"] = reason
    app.jinja_env.globals["reasons_of"] = reasons_of


def reasons_of(incident: IncidentFigures) -> list[str]:
    """Problem codes of an incident's rows, those that rejected rows first, then the most frequent."""
    rejected, to_mend = incident.rejected_for, incident.to_mend
    return sorted({*rejected, *to_mend}, key=lambda c: (-rejected.get(c, 0), -to_mend.get(c, 0), c))
