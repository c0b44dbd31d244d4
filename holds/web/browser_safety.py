"""What every answer tells the browser: load nothing from elsewhere, keep nothing, show us in no frame."""

from io import BytesIO
from typing import IO

from flask import Flask, Request, request
from werkzeug.wrappers import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No scripts at all, and no inline style: the pages need neither."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class RequestInMemory(Request):
    """An upload stays in memory, where the form's limit holds it: it is on no disk before it is sealed."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        del total_content_length, content_type, filename, content_length
        return BytesIO()


def set_up_browser_safety(app: Flask, *, https: bool) -> None:
    """Keep uploads off the disk, and set the headers on every answer, errors included."""
    app.request_class = RequestInMemory

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        # Style sheets name nobody; everything else may, and stays out of every cache.
        static = request.endpoint == "static" and response.status_code in {200, 304}
        response.headers["Cache-Control"] = "no-cache" if static else "no-store"
        if https:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response
