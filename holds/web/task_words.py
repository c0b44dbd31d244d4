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
    "hold_unacknowledged": TaskWords(
        _l("A hold that no officer acknowledged"),
        _l("Call the field office or the facility now, until a named officer confirms it."),
        1,
    ),
    "hold_without_office": TaskWords(
        _l("A hold that no office was sent"),
        _l("Find out where the person is: nobody responsible is on record."),
        2,
    ),
    "hold_violated": TaskWords(
        _l("Removal in spite of a hold reported"),
        _l("Call the holding office, counsel and the court now. The evidence is frozen."),
        1,
    ),
    "return_assistance": TaskWords(
        _l("Return assistance to begin"), _l("Find the person, and begin their return with counsel today."), 1
    ),
    "citizenship_claimed": TaskWords(
        _l("Claims U.S. citizenship"),
        _l("A citizen must not be removed. It blocks; have the claim looked at now."),
        1,
    ),
    "batch_unmatched": TaskWords(
        _l("Lines of a court's order that mean nobody on record"),
        _l("The order covers them and nothing holds them. Find out who they are; the lines are numbered."),
        1,
    ),
    "near_match": TaskWords(
        _l("Somebody asked for comes near somebody held"),
        _l("Judge within fifteen minutes whether it is the same person. It blocks until two have judged."),
        1,
    ),
    "closed_person_checked": TaskWords(
        _l("Asked about at the gate, though closed"),
        _l("Protected, terminated, removed or dead: find out who asks, and why. It was blocked."),
        1,
    ),
    "hold_reinstated": TaskWords(
        _l("Hold put back"), _l("What ended it was undone. See that the office was told."), 2
    ),
    "stay_expired": TaskWords(
        _l("Stay expired"), _l("The hold stays. Ask the court or counsel what follows."), 3
    ),
    "promise_window_over": TaskWords(
        _l("Thirty days since proven service"),
        _l("The hold stays. Call the person or counsel: is a court review on its way?"),
        3,
    ),
    "names_lost": TaskWords(
        _l("Numbers or names lost when the database was put back"),
        _l("Look through the person’s papers, and enter every number again: a check finds nobody without."),
        2,
    ),
    "verify_hold": TaskWords(
        _l("Hold to compare with its order or rule"),
        _l("A second person compares it. It blocks meanwhile."),
        4,
    ),
    "serve_rejection": TaskWords(
        _l("Reasons to serve on who placed a stay"), _l("The stay holds until they are served."), 4
    ),
    "manifest_unreported": TaskWords(
        _l("A journey whose departure nobody reported"),
        _l("Ask the field office whether it took place, and who was aboard. It is still watched."),
        3,
    ),
    "manifest_watch_over": TaskWords(
        _l("A journey that is watched no more"),
        _l("Thirty days are over. Whoever boarded on a clearance is still watched; look after the others."),
        3,
    ),
    "boarded_held": TaskWords(
        _l("Somebody who boarded is held now"),
        _l("Call the office that boarded them at once: take off, or bring back. Then call counsel."),
        1,
    ),
    "manifest_red": TaskWords(
        _l("Somebody on a manifest is held now"),
        _l("Call the contacts of the manifest at once: keep off, take off, or turn back."),
        1,
    ),
    "alarm_untold": TaskWords(
        _l("An alarm that nobody could be told"),
        _l("Nobody is on call on record. Act on it yourself now, then record who is on call."),
        1,
    ),
    "alarm_unreached": TaskWords(
        _l("An alarm that reached nobody"),
        _l("Every contact failed. Call whoever it concerns now, by any way you have."),
        1,
    ),
    "near_match_overdue": TaskWords(
        _l("A near match nobody judged in fifteen minutes"),
        _l("Somebody waits at the gate, blocked. Two people judge it now."),
        1,
    ),
    "counsel_untold": TaskWords(
        _l("Removal refused, and no counsel to tell"),
        _l("Somebody asked to remove this person. Reach them, or find counsel, today."),
        2,
    ),
    "phone_check_disagreed": TaskWords(
        _l("An officer repeated another answer"),
        _l("Call the office back by the number on record: nobody boards until it is read back right."),
        1,
    ),
    "office_without_contact": TaskWords(
        _l("An office without an address on record"),
        _l("Record its mailbox and telephone; until then its holds are seen only by whoever signs in."),
        2,
    ),
    "client_probing": TaskWords(
        _l("A system asks like a prober"),
        _l("It was slowed or locked. Call who runs it; unlock it only when you know why."),
        2,
    ),
    "serve_again": TaskWords(
        _l("Service disputed: serve again"),
        _l("The clock stands still. Give the notice again, in private, and prove it."),
        2,
    ),
    "custody_disappeared": TaskWords(
        _l("No longer in the custody file"),
        _l("Call the facility now: transferred, released, or on the way out? The hold stays."),
        1,
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
    "counsel_conflict": TaskWords(
        _l("Several primary counsel"),
        _l("Ask which of them is the primary one, and mend the roster."),
        6,
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
