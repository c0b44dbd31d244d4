"""Letters: a sealed PDF in the spool, sorted by facility, for those who print and deliver them."""

from dataclasses import dataclass

from notify.channels.sealed_spool import SealedSpool
from notify.domain.channel import Accepted, Outgoing, Rejected

SUFFIX = ".pdf.sealed"


@dataclass(frozen=True)
class LetterChannel:
    """`letters/<DETLOC or POST>/<reference>.<form>.pdf.sealed`: the full letter leaves the neutral one be."""

    spool: SealedSpool
    name: str = "letter"
    repeatable: bool = True

    def send(self, outgoing: Outgoing) -> Accepted:
        """Write the letter. `Accepted` means that it waits in the spool, not that anybody holds it."""
        if not outgoing.pdf.startswith(b"%PDF-"):
            raise Rejected("letter.not_typeset")
        name = f"letters/{outgoing.folder}/{outgoing.reference}.{outgoing.form.value}{SUFFIX}"
        return Accepted(self.spool.write(outgoing.key, outgoing.attempt_id, name, outgoing.pdf))
