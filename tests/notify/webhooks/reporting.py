"""Providers as they report: signed with their own keys, by their own ways of signing."""

import base64
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from sqlalchemy import select
from twilio.request_validator import RequestValidator
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, TestResponse

from holds.actions.clock import database_time
from notify.store.deliveries import Attempt, Delivery, Receipt
from notify.webhooks.application import PREFIX, Reporters, make_webhooks
from notify.webhooks.sendgrid_reports import SIGNATURE, TIMESTAMP

ACCOUNT, TOKEN = f"AC{'0' * 32}", "the account's token"
SID = f"SM{'0' * 31}1"
OUTSIDE = "https://hooks.example.org/holdfast"
"""Where providers see us: behind a proxy that cuts the folder off and speaks plain HTTP to us."""


def public_key(private: ec.EllipticCurvePrivateKey) -> str:
    """As SendGrid shows it."""
    der = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


@dataclass
class Providers:
    """What the two of them send, and what became of it."""

    record: Any
    attempt_id: uuid.UUID
    keys: tuple[ec.EllipticCurvePrivateKey, ...] = field(
        default_factory=lambda: (
            ec.generate_private_key(ec.SECP256R1()),
            ec.generate_private_key(ec.SECP256R1()),
        )
    )

    @property
    def web(self) -> Client:
        reporters = Reporters(
            external_url=OUTSIDE,
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=TOKEN,
            sendgrid_keys=tuple(map(public_key, self.keys)),
        )
        app = make_webhooks(self.record.database, reporters)
        return Client(DispatcherMiddleware(Flask(__name__), {PREFIX: app}))

    def calls_back(self, status: str, **more: Any) -> TestResponse:
        """Twilio's callback about the attempt; `url`, `token`, `signature`: what it was signed for, and with;
        `web`: who asks. Any other word is a form field."""
        web = more.pop("web", None) or self.web
        path = f"{PREFIX}/twilio/{more.pop('attempt_id', self.attempt_id)}"
        url, token = more.pop("url", OUTSIDE + path), more.pop("token", TOKEN)
        signature = more.pop("signature", None)
        form = {"AccountSid": ACCOUNT, "MessageSid": SID, "MessageStatus": status} | more
        form = {name: value for name, value in form.items() if value is not None}
        signed = signature or RequestValidator(token).compute_signature(url, form)
        tampered = form | ({"MessageStatus": "delivered"} if signature == "of another status" else {})
        headers = {"X-Twilio-Signature": signed}
        return web.post(path, data=tampered, headers=headers)

    def tells(
        self,
        *events: dict[str, Any] | str,
        key: int | ec.EllipticCurvePrivateKey = 0,
        hours_ago: float = 0,
        body: bytes | None = None,
        altered: bytes = b"",
        web: Client | None = None,
    ) -> TestResponse:
        """SendGrid's events of the attempt, each a kind or the whole of it; `altered` replaces the body after
        it was signed."""
        told = [
            {"event": one, "sg_event_id": f"event-{one}", "attempt": str(self.attempt_id)}
            if isinstance(one, str)
            else one
            for one in events
        ]
        body = json.dumps(told).encode() if body is None else body
        with self.record.database.reading() as session:
            now = database_time(session)
        stamp = str(int(now.timestamp() - hours_ago * 3600))
        private = self.keys[key] if isinstance(key, int) else key
        signature = base64.b64encode(private.sign(stamp.encode() + body, ec.ECDSA(SHA256()))).decode()
        return (web or self.web).post(
            f"{PREFIX}/sendgrid",
            data=altered or body,
            headers={SIGNATURE: signature, TIMESTAMP: stamp},
            content_type="application/json",
        )

    @property
    def state(self) -> str:
        with self.record.database.reading() as session:
            return str(
                session.scalars(
                    select(Delivery.state)
                    .join(Attempt, Attempt.delivery_id == Delivery.id)
                    .where(Attempt.id == self.attempt_id)
                ).one()
            )

    @property
    def receipts(self) -> list[tuple[str, str | None]]:
        with self.record.database.reading() as session:
            rows = session.execute(
                select(Receipt.state, Receipt.code).order_by(Receipt.received_at, Receipt.id)
            )
            return [(state, code) for state, code in rows]
