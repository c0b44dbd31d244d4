"""The provider channels against a server of our own on loopback: what they send, and what errors mean."""

import dataclasses
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import pytest

from notify.channels import sendgrid_email, twilio_calls
from notify.channels.sendgrid_email import SendgridAccount, SendgridEmail
from notify.channels.twilio_calls import TwilioAccount
from notify.channels.twilio_sms import TwilioSms
from notify.channels.twilio_voice import TwilioVoice
from notify.domain.channel import Accepted, Channel, ChannelError, NotProcessed, Outgoing, Rejected, Unclear
from notify.domain.delivery import Carriage, Form

ATTEMPT = UUID("01890000-0000-7000-8000-000000000001")


class NoKey:
    """Providers get clear text; there is nothing for them to seal."""

    def seal(self, table: str, column: str, row_id: object, plain: bytes) -> bytes:
        raise AssertionError(f"sealed {table}.{column} {row_id} {len(plain)}")


OUTGOING = Outgoing(
    attempt_id=ATTEMPT,
    carriage=Carriage.SMS,
    form=Form.NEUTRAL,
    reference="ABCDEFGHJK",
    folder="",
    address="+12125550100",
    text="An important message for you. Code: <QRSTUVWX> & more",
    subject="A message for you",
    html="<p>hello</p>",
    key=NoKey(),
)


MAIL = dataclasses.replace(OUTGOING, carriage=Carriage.EMAIL, address="kofi@example.org")


@dataclass
class Stub:
    """Answers every request the same way and keeps what it was sent."""

    url: str = ""
    status: int = 201
    body: str = '{"sid": "SM1"}'
    stall: threading.Event | None = None
    seen: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def stub() -> Iterator[Stub]:
    known = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.seen.append({"path": self.path, "body": body.decode()})
            if known.stall is not None:
                known.stall.wait(5)
            answer = known.body.encode()
            self.send_response(known.status)
            self.send_header("X-Message-Id", "mail-1")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield known
    if known.stall is not None:
        known.stall.set()
    server.shutdown()
    thread.join()
    server.server_close()


def account(stub: Stub) -> TwilioAccount:
    return TwilioAccount(
        account_sid="AC" + "0" * 32,
        auth_token="secret-token",
        from_number="+18005550199",
        base_url=stub.url,
        webhook_url="https://hooks.example.org",
    )


def mail(stub: Stub) -> SendgridEmail:
    sender = SendgridAccount(
        api_key="secret-key", from_email="post@example.org", from_name="Office", host=stub.url
    )
    return SendgridEmail.of(sender)


def channel(name: str, stub: Stub) -> Channel:
    if name == "email":
        return mail(stub)
    return TwilioSms.of(account(stub)) if name == "sms" else TwilioVoice.of(account(stub))


def test_a_text_is_not_kept_by_the_provider_and_reports_its_attempt(stub: Stub) -> None:
    assert TwilioSms.of(account(stub)).send(OUTGOING) == Accepted("SM1")
    sent = {key: value[0] for key, value in parse_qs(stub.seen[0]["body"]).items()}
    assert sent["To"] == OUTGOING.address
    assert sent["Body"] == OUTGOING.text
    assert sent["StatusCallback"] == f"https://hooks.example.org/webhooks/twilio/{ATTEMPT}"
    assert (sent["ContentRetention"], sent["AddressRetention"]) == ("discard", "obfuscate")
    assert stub.seen[0]["path"].endswith("/Messages.json")


def test_a_call_says_the_text_and_is_not_recorded(stub: Stub) -> None:
    stub.body = '{"sid": "CA1"}'
    assert TwilioVoice.of(account(stub)).send(OUTGOING) == Accepted("CA1")
    sent = {key: value[0] for key, value in parse_qs(stub.seen[0]["body"]).items()}
    assert "Code: &lt;QRSTUVWX&gt; &amp; more</Say>" in sent["Twiml"]
    assert sent["Record"].casefold() == "false"


def test_a_mail_is_not_tracked_and_carries_its_attempt(stub: Stub) -> None:
    stub.status, stub.body = 202, ""
    assert mail(stub).send(MAIL) == Accepted("mail-1")
    sent = json.loads(stub.seen[0]["body"])
    assert sent["custom_args"] == {"attempt": str(ATTEMPT)}
    assert not any(one["enable"] for one in sent["tracking_settings"].values())
    assert [part["type"] for part in sent["content"]] == ["text/plain", "text/html"]
    assert stub.seen[0]["path"] == "/v3/mail/send"


@pytest.mark.parametrize("name", ["sms", "voice", "email"])
@pytest.mark.parametrize(
    ("status", "error"),
    [(429, NotProcessed), (400, Rejected), (401, Rejected), (500, Unclear), (503, Unclear)],
)
def test_what_an_error_means(stub: Stub, name: str, status: int, error: type[ChannelError]) -> None:
    stub.status, stub.body = status, '{"code": 20429, "message": "to +12125550100"}'
    with pytest.raises(ChannelError) as raised:
        channel(name, stub).send(MAIL if name == "email" else OUTGOING)
    assert type(raised.value) is error
    assert "5550100" not in str(raised.value)


def test_an_address_that_is_none_is_refused_before_anything_is_sent(stub: Stub) -> None:
    with pytest.raises(Rejected):
        mail(stub).send(OUTGOING)
    assert stub.seen == []


@pytest.mark.parametrize("name", ["sms", "voice"])
def test_an_answer_that_cannot_be_read_is_unclear(stub: Stub, name: str) -> None:
    stub.body = "<html>"
    with pytest.raises(Unclear):
        channel(name, stub).send(MAIL if name == "email" else OUTGOING)


@pytest.mark.parametrize("name", ["sms", "voice", "email"])
def test_silence_is_unclear_and_ends(stub: Stub, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twilio_calls, "SECONDS", 0.2)
    monkeypatch.setattr(sendgrid_email, "SECONDS", 0.2)
    stub.stall = threading.Event()
    with pytest.raises(Unclear):
        channel(name, stub).send(MAIL if name == "email" else OUTGOING)


@pytest.mark.parametrize("name", ["sms", "voice", "email"])
def test_secrets_are_not_shown(stub: Stub, name: str) -> None:
    assert "secret" not in repr(channel(name, stub))
