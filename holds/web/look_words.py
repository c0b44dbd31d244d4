"""What the reasons for a look are called."""

from collections.abc import Mapping

from holds.domain.look import LookReason
from holds.queries.sentence import Sentence
from holds.queries.sentence import lazy_gettext as _l

LOOKS: Mapping[str, Sentence] = {
    LookReason.CASEWORK: _l("Casework"),
    LookReason.SEARCH: _l("Search"),
    LookReason.COMMAND_LINE: _l("Command line"),
    LookReason.SERVING_NOTICE: _l("To serve a notice"),
    LookReason.CONTACT: _l("To reach the person or counsel"),
    LookReason.COURT_REVIEW: _l("To record or verify a court review"),
    LookReason.IDENTITY: _l("To tell two records apart"),
    LookReason.REMOVAL_CHECK: _l("To answer a removal check"),
}
