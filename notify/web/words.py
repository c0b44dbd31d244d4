"""What the codes of notices are called on pages, and the kinds of task that notices raise."""

from collections.abc import Mapping

from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l
from holds.web.panels import TaskWords
from notify.domain.delivery import Carriage, Form, State
from notify.domain.kinds import NoticeKind
from notify.domain.plan import TaskKind

KINDS: Mapping[str, Sentence] = {
    NoticeKind.EXPOSURE_NOTICE: _l("Notice of the disclosure"),
    NoticeKind.COUNSEL_NOTICE: _l("Notice to counsel"),
    NoticeKind.HOLD_NOTICE: _l("Notice of a hold"),
    NoticeKind.RIGHTS_REMINDER: _l("Reminder of rights"),
    NoticeKind.WINDOW_NOTICE: _l("Promise window nears its end"),
    NoticeKind.CUSTODY_CHANGE: _l("Change of custody"),
    NoticeKind.REMOVAL_ATTEMPT_ALERT: _l("Alert of a removal attempt"),
    NoticeKind.RELEASE_PROPOSED: _l("Hold release proposed"),
    NoticeKind.HOLD_RELEASED: _l("Hold ended"),
    NoticeKind.CORRECTION: _l("Correction of a notice"),
    NoticeKind.RETURN_ASSISTANCE: _l("Help to return"),
    NoticeKind.FURTHER_DISCLOSURE: _l("Notice of a further disclosure"),
    NoticeKind.UPDATE: _l("News of a hold"),
}
CARRIAGES: Mapping[str, Sentence] = {
    Carriage.LETTER: _l("Letter"),
    Carriage.SMS: _l("Text message"),
    Carriage.EMAIL: _l("E-mail"),
    Carriage.VOICE: _l("Voice call"),
    Carriage.IN_PERSON: _l("In person"),
}
FORMS: Mapping[str, Sentence] = {Form.FULL: _l("in full"), Form.NEUTRAL: _l("neutral: a number and a code")}
STATES: Mapping[str, Sentence] = {
    State.PLANNED: _l("planned"),
    State.APPROVED: _l("approved"),
    State.QUEUED: _l("queued"),
    State.SENDING: _l("sending"),
    State.ACCEPTED: _l("handed over"),
    State.DELIVERED: _l("delivered"),
    State.SERVED: _l("served"),
    State.ACKNOWLEDGED: _l("acknowledged"),
    State.RETURNED: _l("returned"),
    State.FAILED: _l("failed"),
    State.UNKNOWN: _l("unclear"),
    State.SUPERSEDED: _l("superseded"),
}
STATE_TONES: Mapping[str, str] = {
    State.SERVED: "good",
    State.ACKNOWLEDGED: "good",
    State.ACCEPTED: "held",
    State.DELIVERED: "held",
    State.RETURNED: "danger",
    State.FAILED: "danger",
    State.UNKNOWN: "warning",
}
OUTCOMES: Mapping[str, tuple[Sentence, str]] = {
    "served": (_l("Served, proven"), "good"),
    "sent_in_full": (_l("Full notice handed over, service not proven"), "held"),
    "sent_neutral": (_l("Neutral message handed over only"), "plain"),
    "on_its_way": (_l("Planned or on its way"), "plain"),
    "unclear_or_lost": (_l("Unclear, returned or failed"), "danger"),
    "waiting_for_human": (_l("No written way: waits for a human"), "warning"),
    "not_planned": (_l("Not planned yet"), "danger"),
}
TASKS: Mapping[str, TaskWords] = {
    TaskKind.UNSAFE_WORDS: TaskWords(
        _l("Message stopped: unsafe words"),
        _l("It was not sent. Read what was stopped, and tell the person by another way."),
        2,
    ),
    TaskKind.DELIVERY_UNKNOWN: TaskWords(
        _l("Nobody knows whether it went out"),
        _l("Ask the provider. It is never sent again by itself."),
        3,
    ),
    TaskKind.FACILITY_UNKNOWN: TaskWords(
        _l("In custody, place unknown"), _l("Find the facility; the letter is planned at once."), 2
    ),
    TaskKind.FACILITY_TAKES_NO_MAIL: TaskWords(
        _l("Held where no mail arrives"), _l("Serve the notice in person, or find where they go next."), 2
    ),
    TaskKind.NO_SAFE_WAY: TaskWords(
        _l("No safe way to reach them"), _l("Find counsel, family with consent, or a confirmed address."), 3
    ),
    TaskKind.ORAL_INTERPRETATION: TaskWords(
        _l("To be told by an interpreter"),
        _l("The language is unknown, unwritten or not translated. Arrange a qualified interpreter."),
        4,
    ),
    TaskKind.RECORD_UNREADABLE: TaskWords(
        _l("Record that cannot be read"),
        _l("Nobody can be told from it. Restore its key or row from the backup; call the administrator."),
        2,
    ),
    TaskKind.SERVICE_NOT_PROVEN: TaskWords(
        _l("Service not proven"), _l("Serve again: the slip leaves something open."), 3
    ),
    TaskKind.DELIVERY_RETURNED: TaskWords(
        _l("Came back"), _l("Find out where the person is now, and serve again."), 4
    ),
    TaskKind.DELIVERY_FAILED: TaskWords(_l("Could not be delivered"), _l("Use another way."), 4),
    TaskKind.VERIFY_APPEARANCE: TaskWords(
        _l("Counsel to be verified"), _l("Compare the form with the roster; then counsel can be told."), 5
    ),
    TaskKind.COUNSEL_WITHOUT_EMAIL: TaskWords(
        _l("Counsel without an e-mail address"), _l("Call the firm and ask for a safe address."), 6
    ),
}
