"""Make the pictures of the pages anew, from a running demo. Needs chromium, which nothing else does.

    make demo                     # leave it running; it prints the demo credentials
    .venv/bin/python docs/screenshots.py http://127.0.0.1:8000 LOGIN A-NUMBER docs

Asks for the credential, signs in, and writes page.png and person.png into the folder.
"""

import getpass
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Reader:
    """A browser that keeps cookies and hands pages over as files with their style inside."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.site + path) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **form: str) -> str:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/"))
        if token is None:
            raise SystemExit(f"{self.site} shows no form; is the demo running?")
        body = urllib.parse.urlencode(form | {"csrf_token": token.group(1)}).encode()
        with self.opener.open(self.site + path, data=body) as answer:
            return str(answer.read().decode())

    def picture(self, page: str, target: Path, height: int) -> None:
        style = self.get("/static/holdfast.css")
        page = re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{style}</style>", page)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "page.html"
            file.write_text(page, encoding="utf-8")
            subprocess.run(  # noqa: S603 - our own page, from our own server
                [  # noqa: S607
                    "chromium",
                    *QUIET,
                    f"--user-data-dir={folder}/profile",
                    f"--window-size=1280,{height}",
                    f"--screenshot={target}",
                    file.as_uri(),
                ],
                check=True,
                capture_output=True,
                timeout=120,
            )


def main(site: str, login: str, a_number: str, folder: str) -> None:
    """Sign in and make both pictures."""
    reader = Reader(site.rstrip("/"))
    reader.post("/sign-in", login=login, credential=getpass.getpass(f"Credential of {login}: "))
    reader.picture(reader.get("/"), Path(folder).resolve() / "page.png", 1240)
    reader.picture(reader.post("/people", text=a_number), Path(folder).resolve() / "person.png", 1240)


if __name__ == "__main__":
    main(*sys.argv[1:])
