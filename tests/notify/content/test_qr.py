"""The QR code of a letter: the modules that are drawn are those of the symbol, inside a quiet zone."""

import re
from urllib.parse import urlsplit

import segno

from notify.content.letter_data import verification_link
from notify.content.qr import QUIET_ZONE, qr_svg

LINK = verification_link("verify.example.org", "AB3D-EF5H-JK7M")


def drawn(svg: str) -> set[tuple[int, int]]:
    """Every module that the path fills, by column and row of the symbol."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", svg)
    assert all(right == back for _, _, right, back in runs)
    return {
        (int(x) + step - QUIET_ZONE, int(y) - QUIET_ZONE) for x, y, run, _ in runs for step in range(int(run))
    }


def test_the_code_stays_in_the_readers_browser() -> None:
    """Servers and proxies see, and log, what stands before the fragment."""
    parts = urlsplit(LINK)
    assert (parts.scheme, parts.netloc, parts.path, parts.query) == ("https", "verify.example.org", "/", "")
    assert parts.fragment == "AB3D-EF5H-JK7M"


def test_the_picture_fills_exactly_the_dark_modules() -> None:
    matrix = segno.make(LINK, error="m", micro=False).matrix
    assert drawn(qr_svg(LINK)) == {
        (x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    }


def test_the_quiet_zone_is_four_modules_on_every_side() -> None:
    svg = qr_svg(LINK)
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]
    dark = drawn(svg)
    assert {min(x for x, _ in dark), min(y for _, y in dark)} == {0}
    assert max(x for x, _ in dark) == side - 2 * QUIET_ZONE - 1
