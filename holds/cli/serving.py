"""`holdfast serve`: the pages."""

import click
from granian import Granian
from granian.constants import Interfaces

from holds.cli.context import Office, emit, json_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@json_option
@click.pass_obj
def serve(office: Office, *, host: str, port: int, workers: int, as_json: bool) -> None:
    """Serve the pages until stopped. Put a proxy with HTTPS before it when others are to reach it."""
    office.database.engine.dispose()  # opened once here, so that a wrong setting stops the start
    emit(as_json, {"address": f"http://{host}:{port}"}, f"Serving http://{host}:{port}  (Ctrl-C ends it)")
    Granian(
        "wsgi:app",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        factory=False,
        log_enabled=False,
    ).serve()
