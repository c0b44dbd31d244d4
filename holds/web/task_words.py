"""The record's own kinds of task: what a human is asked, in the order of the harm of waiting."""

from collections.abc import Mapping

from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l
from holds.web.panels import TaskWords

LEAST = 9
TASKS: Mapping[str, TaskWords] = {
    "removed_while_held": TaskWords(
        _l("Removed while a hold was active"),
        _l("A violation. Call the holding office and counsel now; return assistance begins today."),
        1,
    ),
    "serve_again": TaskWords(
        _l("Service disputed: serve again"),
        _l("The clock stands still. Give the notice again, in private, and prove it."),
        2,
    ),
    "custody_doubt": TaskWords(
        _l("Custody change of somebody else?"),
        _l("Number and name disagree. Judge whose it is; nothing was changed."),
        3,
    ),
    "facility_doubt": TaskWords(
        _l("Facility known already?"), _l("Judge whether two lists mean the same facility."), 6
    ),
    "identity_conflict": TaskWords(
        _l("Same number, another person?"),
        _l("Compare both records. Both stay held until somebody has judged."),
        2,
    ),
    "person_without_number": TaskWords(
        _l("Person without a usable A-number"),
        _l("Find the number and mend the list. Until then name and birth date block."),
        3,
    ),
    "counsel_doubt": TaskWords(
        _l("Counsel matched with doubt"),
        _l("Judge whether this counsel appears for this person. Nothing is disclosed before."),
        5,
    ),
    "contact_doubt": TaskWords(
        _l("Contact of somebody else?"),
        _l("Name and birth date both disagree. Ask where the contact came from; it was not attached."),
        4,
    ),
    "confirm_counsel": TaskWords(
        _l("Counsel named on the list, no appearance"),
        _l("Ask for the G-28 or EOIR-28. Nothing is disclosed before."),
        6,
    ),
}


def words_of(kind: str, more: Mapping[str, TaskWords] | None) -> TaskWords:
    """The words of a kind; one that nobody named is shown by its code, last."""
    found = TASKS.get(kind) or (more or {}).get(kind)
    return found or TaskWords(Sentence(kind.replace("_", " ").capitalize()), Sentence(""), LEAST)
