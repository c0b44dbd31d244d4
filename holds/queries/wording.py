"""What codes of the record are called where people read them. An unknown code is shown as it is."""

from collections.abc import Iterable, Mapping

from holds.domain.decision import Decision
from holds.domain.hold import Basis, HoldState
from holds.domain.reasons import SENTENCES
from holds.domain.review import Forum, Outcome
from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l

BASES: Mapping[str, Sentence] = {
    Basis.INCIDENT: _l("Incident"),
    Basis.PROMISE_WINDOW: _l("Promise window"),
    Basis.AUTOMATIC_STAY: _l("Automatic stay"),
    Basis.IJ_STAY: _l("Stay by an immigration judge"),
    Basis.BIA_STAY: _l("Stay by the BIA"),
    Basis.DHS_STAY: _l("Stay by DHS (I-246)"),
    Basis.TRO: _l("Temporary restraining order"),
    Basis.CIRCUIT_STAY: _l("Stay by a circuit court"),
    Basis.HABEAS: _l("Habeas order"),
    Basis.CLAIMED_CITIZENSHIP: _l("Claimed U.S. citizenship"),
    Basis.LOST_HOLD: _l("Lost when the database was put back, and placed again"),
    Basis.SPLIT_RECORD: _l("Put up when a merge of two records was undone"),
    Basis.REINSTATED: _l("Put back: what ended an earlier hold was undone"),
}
HOLD_STATES: Mapping[str, Sentence] = {
    HoldState.ASSERTED: _l("Active"),
    HoldState.REVIEW_PENDING: _l("Active, review on record"),
    HoldState.RELEASE_PROPOSED: _l("Active, release proposed"),
    HoldState.VIOLATED: _l("Violated: removed in spite of it"),
    HoldState.RELEASED: _l("Ended by hold release"),
    HoldState.STAY_REJECTED: _l("Provisional stay rejected"),
    HoldState.CLOSED_PROTECTED: _l("Closed: relief granted, still blocked"),
    HoldState.CLOSED_TERMINATED: _l("Closed: proceedings terminated, still blocked"),
    HoldState.CLOSED_DECEASED: _l("Closed: deceased, still blocked"),
    HoldState.CLOSED_DEPARTED_BY_CHOICE: _l("Closed: departs by choice, revocable until boarded"),
    HoldState.CLOSED_REMOVED: _l("Closed: removed, still blocked"),
    HoldState.CLOSED_EXTRADITED: _l("Closed: extradition ordered by a court"),
    HoldState.ENTERED_IN_ERROR: _l("Ended: entered in error"),
}
CUSTODY: Mapping[str, Sentence] = {
    "detained": _l("In custody"),
    "released": _l("Released from custody"),
    "removed": _l("Removed"),
    "unknown": _l("Not known"),
}
PLACE_JUDGEMENTS: Mapping[str, Sentence] = {
    "exact": _l("Matched exactly"),
    "confident": _l("Matched with confidence"),
    "needs_judgement": _l("Waiting for judgement"),
    "none": _l("No facility found"),
    "no_location": _l("No location in the list"),
}
FORUMS: Mapping[str, Sentence] = {
    Forum.IMMIGRATION_JUDGE: _l("Immigration judge"),
    Forum.BIA: _l("Board of Immigration Appeals"),
    Forum.CREDIBLE_FEAR_REVIEW: _l("Credible-fear review"),
    Forum.USCIS_REINTERVIEW: _l("USCIS re-interview"),
    Forum.DISTRICT_COURT: _l("District court"),
    Forum.CIRCUIT_COURT: _l("Circuit court"),
    Forum.DHS: _l("DHS"),
}
OUTCOMES: Mapping[str, Sentence] = {
    Outcome.DENIED: _l("denied"),
    Outcome.DISMISSED: _l("dismissed"),
    Outcome.GRANTED: _l("granted"),
    Outcome.REMANDED: _l("remanded"),
    Outcome.VACATED: _l("vacated"),
    Outcome.REVERSED: _l("reversed"),
    Outcome.TERMINATED: _l("proceedings terminated"),
    Outcome.EXTRADITION_ORDERED: _l("extradition ordered"),
    Outcome.APPEAL_PENDING: _l("appeal pending"),
    Outcome.MOTION_FILED: _l("motion filed"),
    Outcome.BOND: _l("bond"),
    Outcome.SCHEDULING: _l("scheduling"),
    Outcome.VENUE: _l("venue"),
}
DECISIONS: Mapping[str, Sentence] = {
    Decision.BLOCKED: _l("Blocked"),
    Decision.NO_ACTIVE_HOLD: _l("No active hold"),
    Decision.NOT_ON_RECORD: _l("Not on record"),
}
LIST_KINDS: Mapping[str, Sentence] = {
    "people": _l("Record list"),
    "facilities": _l("Facilities"),
    "counsel": _l("Counsel roster"),
    "custody": _l("Custody changes"),
    "contacts": _l("Contacts"),
}
SCOPES: Mapping[str, Sentence] = {
    "all": _l("everything"),
    "custody_and_bond": _l("custody and bond only"),
    "all_but_custody": _l("everything but custody"),
}
FIELDS: Mapping[str, Sentence] = {
    "name": _l("name"),
    "a_number": _l("A-number"),
    "birth_date": _l("birth date"),
    "nationality": _l("nationality"),
    "country_of_birth": _l("country of birth"),
    "sex": _l("sex"),
    "detention_location": _l("detention location"),
    "custody_status": _l("custody status"),
    "book_in_date": _l("book-in date"),
    "release_date": _l("release date"),
    "fear_screening": _l("fear-screening result"),
    "screening_date": _l("screening date"),
    "case_status": _l("case status"),
    "final_order": _l("final order"),
    "counsel": _l("counsel"),
    "law_firm": _l("law firm"),
    "family_unit": _l("family unit"),
    "address": _l("address"),
    "phone": _l("phone"),
    "removal_flight": _l("removal flight"),
}
PROBLEMS: Mapping[str, Sentence] = {
    "a_number.missing": _l("No A-number"),
    "a_number.malformed": _l("Not an A-number"),
    "a_number.not_for_demo": _l("Real A-number in a demonstration"),
    "a_number.several": _l("Several A-numbers in one cell"),
    "a_number.lost_precision": _l("A-number lost digits in a spreadsheet"),
    "cell.error": _l("Error value in a cell"),
    "country.unknown": _l("Unknown country"),
    "date.ambiguous": _l("Day and month cannot be told apart"),
    "date.implausible": _l("A date that cannot be right"),
    "date.malformed": _l("Not a date"),
    "date.missing": _l("No date"),
    "email.malformed": _l("Not an e-mail address"),
    "language.unknown": _l("Unknown language"),
    "name.missing": _l("No name"),
    "phone.malformed": _l("Not a telephone number"),
    "posture.unknown": _l("Unknown posture"),
    "row.no_identity": _l("Neither A-number nor name"),
}


def word(known: Mapping[str, Sentence], code: str) -> Sentence:
    """The word for a code; an unknown one is shown as it is, never hidden."""
    return known.get(code) or Sentence(code.replace("_", " "))


def reason(code: str) -> Sentence:
    """The sentence of a reason code (`holds/domain/reasons.py`)."""
    return Sentence(SENTENCES.get(code, code))


def words(known: Mapping[str, Sentence], codes: Iterable[str]) -> tuple[Sentence, ...]:
    """The words for several codes, in their order."""
    return tuple(word(known, code) for code in codes)
