"""QR codes for the one thing a letter needs: a short web address, as an SVG of one path."""

import re

import segno

QUIET_ZONE = 4
"""Empty modules on every side (ISO/IEC 18004)."""


def qr_svg(text: str) -> str:
    """The symbol with its quiet zone, one unit a module; a seventh of it may be smudged (level M)."""
    rows = ["".join(map(str, row)) for row in segno.make(text, error="m", micro=False).matrix]
    side = len(rows) + 2 * QUIET_ZONE
    path = "".join(
        f"M{run.start() + QUIET_ZONE} {y + QUIET_ZONE}h{len(run.group())}v1h-{len(run.group())}z"
        for y, row in enumerate(rows)
        for run in re.finditer("1+", row)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'
