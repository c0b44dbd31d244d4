"""The embedded default for text messages, e-mail and voice: a sealed file, and nothing leaves the host."""

from dataclasses import dataclass

from notify.channels.sealed_spool import SealedSpool
from notify.domain.channel import Accepted, Outgoing

SUFFIX = ".txt.sealed"


@dataclass(frozen=True)
class SpoolChannel:
    """`messages/<carriage>/<reference>.txt.sealed`."""

    spool: SealedSpool
    name: str = "spool"
    repeatable: bool = True

    def send(self, outgoing: Outgoing) -> Accepted:
        """Write what would have been sent, with the address it would have gone to."""
        head = f"To: {outgoing.address}\n"
        if outgoing.subject:
            head += f"Subject: {outgoing.subject}\n"
        name = f"messages/{outgoing.carriage.value}/{outgoing.reference}{SUFFIX}"
        content = f"{head}\n{outgoing.text}\n".encode()
        return Accepted(self.spool.write(outgoing.key, outgoing.attempt_id, name, content))
