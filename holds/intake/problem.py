"""What can be wrong with a file, and with one cell of it."""

from dataclasses import dataclass

from holds.domain.refusal import RefusedError

_SENTENCES = {
    "a_number.missing": "There is no A-number here.",
    "a_number.malformed": "This is no A-number: it has seven to nine digits, with or without the A.",
    "a_number.not_for_demo": "This is a demonstration database: it takes numbers from A900000000 on alone.",
    "a_number.several": "There are several A-numbers in this cell. Give each person one row and one number.",
    "a_number.lost_precision": "The spreadsheet dropped digits of this A-number. Enter it again, as text.",
    "cell.error": "The spreadsheet has an error value here. Enter the value itself.",
    "country.unknown": "This is no country we know by that spelling. Use its English name or ISO code.",
    "client.judged_another": "Somebody judged that the client is none of those on record who come near.",
    "counsel.another": "Another attorney is on record under this EOIR ID or bar number. Check both.",
    "counsel.unidentified": "Counsel needs an EOIR ID, or a bar jurisdiction with the number there.",
    "date.ambiguous": "Day and month cannot be told apart. Write the date as YYYY-MM-DD.",
    "date.implausible": "This date cannot be right: it lies in the future or before 1900.",
    "date.before_filing": "The withdrawal is older than the appearance. Check both dates.",
    "date.malformed": "This is no date we can read. Write it as YYYY-MM-DD.",
    "date.missing": "There is no date here.",
    "detloc.malformed": "A DETLOC code has three to seven letters and digits.",
    "detloc.taken": "Another facility is on record under this DETLOC code. Check both.",
    "email.malformed": "This is no e-mail address.",
    "event.unknown": "This is none of detained, transferred, released or removed.",
    "form.unknown": "This is none of G-28, EOIR-28 or EOIR-27.",
    "identity.unproven": "Neither name nor birth date bears out who this is. Compare them with the record.",
    "language.unknown": "This is no language we know by that name or code.",
    "name.missing": "There is no name here.",
    "person.not_on_record": "Nobody on record is this person. Check the number, the name and the birth date.",
    "person.several": "More than one person on record may be meant. Give the A-number, name and birth date.",
    "phone.malformed": "This is no telephone number that can be called. Write it with its country code.",
    "posture.unknown": "This case status tells no posture we know.",
    "row.no_identity": "The row has neither an A-number nor a name, so it names nobody.",
    "safe_hours.malformed": "Write safe hours as 18:00-21:00.",
    "scope.unknown": "This is none of all, custody and bond, or all but custody.",
    "scope.missing": "An EOIR-28 says for what counsel appears: all, custody and bond, or all but custody.",
    "time_zone.unknown": "This is no time zone we know. Use a name such as America/New_York.",
    "yes_no.malformed": "This is neither yes nor no.",
}


class IntakeError(RefusedError):
    """A file as a whole cannot be taken in. `code` is for machines, `sentence` for the person who sent it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class CellProblem:
    """One thing wrong with one cell, or with the row as a whole (then `column` and `letter` are empty).

    `row` is 1-based as the spreadsheet shows it, `column` the heading, `letter` the column's letter.
    Sentences never repeat the cell's content, so that they may be logged and shown.
    """

    row: int
    column: str
    letter: str
    code: str

    @property
    def sentence(self) -> str:
        """What is wrong and what to write instead, in plain words."""
        return _SENTENCES[self.code]
