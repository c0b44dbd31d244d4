"""What an import did, in lines a person understands."""

from collections.abc import Mapping

from holds.actions.list_kind import ImportOutcome

SHOWN = 20
ROWS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "people": (
        ("imported", "people put on record, each with a hold"),
        ("without_number", "people put on record without a usable A-number, held by name and birth date"),
        ("updated", "rows that amended someone on record"),
        ("duplicates", "rows that were here already"),
        ("rejected", "rows with neither number nor name"),
    ),
    "facilities": (
        ("imported", "facilities added"),
        ("updated", "rows that added to a facility on record"),
        ("duplicates", "rows with nothing new"),
        ("rejected", "rows not taken in"),
    ),
    "counsel": (
        ("imported", "appearances added"),
        ("without_number", "appearances added for clients given without a number"),
        ("updated", "appearances amended"),
        ("duplicates", "appearances that were here already"),
        ("rejected", "rows not taken in"),
    ),
    "custody": (
        ("imported", "changes recorded"),
        ("without_number", "changes recorded by name and birth date"),
        ("updated", "changes amended"),
        ("duplicates", "rows that change nothing"),
        ("rejected", "rows not taken in"),
    ),
    "contacts": (
        ("imported", "people with new contacts or languages"),
        ("without_number", "of whom only name and birth date were given"),
        ("updated", "people whose contacts were amended"),
        ("duplicates", "rows with nothing new"),
        ("rejected", "rows not taken in"),
    ),
}
ALSO: Mapping[str, str] = {
    "attached": "rows joined a facility on record",
    "contact.email": "e-mail addresses",
    "contact.phone": "telephone numbers",
    "contact.post": "postal addresses",
    "disappeared": "ARE NO LONGER IN THIS FILE, and nobody said where they went: look at these tasks at once",
    "doubtful": "wait for a human to say who or what is meant",
    "event.detained": "detained, or another housing unit",
    "event.released": "released",
    "event.removed": "removed",
    "event.transferred": "transferred",
    "confident": "appearances for a client who is likely; each waits for a judgement (holdfast match queue)",
    "exact": "appearances for a client who is certain; verify them with: holdfast counsel verify",
    "identity_conflicts": "share a number with someone of another birth date or name; all are held",
    "language": "languages stated",
    "late": "arrived late and went into the past of the custody line",
    "listed_counsel_unconfirmed": "people for whom the record list names counsel and no appearance is here",
    "mended": "rows of earlier imports mended",
    "not_in_this_file": "of earlier files are not in this one; does it name everyone in custody? Add --whole",
    "not_on_record": "name nobody on record",
    "place.confident": "places matched with confidence",
    "place.exact": "places matched exactly",
    "place.needs_judgement": "places wait for a human",
    "place.none": "without a place that is known",
    "places_matched_again": "location spellings found their facility",
    "removed_while_held": "REMOVED ALTHOUGH A HOLD WAS ACTIVE: look at these tasks at once",
    "withdrawn": "appearances withdrawn",
}


SKIPPED: Mapping[str, str] = {
    "blank": "blank rows",
    "note": "rows of totals, footnotes or titles",
    "redacted": "rows that the agency redacted",
    "repeated_heading": "rows that repeat the headings",
}


def summary(kind: str, outcome: ImportOutcome) -> str:
    """The counts, one a line, and what to do next."""
    counts = outcome.counts
    lines = [f"{counts['rows']:>9,}  rows"]
    lines += [f"{counts[name]:>9,}  {text}" for name, text in ROWS[kind] if counts[name]]
    lines += [f"{value:>9,}    {ALSO[name]}" for name, value in counts.items() if name in ALSO and value]
    lines += [
        f"{value:>9,}    {SKIPPED.get(name, name)}, passed over"
        for name, value in sorted(outcome.skipped.items())
        if value
    ]
    if outcome.repeated:
        lines.append("This file was imported before; nothing was changed.")
    if outcome.resumed:
        lines.append(
            "A run of this file had broken off and went on from there; these are the counts of the whole."
        )
    if outcome.retried:
        lines.append(
            f"This file was imported before; {outcome.retried:,} rows that named nobody were tried again."
        )
    if outcome.dry_run:
        lines.append("This was a trial: nothing was changed.")
    if outcome.to_mend and outcome.reference:
        lines.append(
            f"{outcome.to_mend:,} rows need mending: holdfast import report {outcome.reference} --out FILE"
        )
    elif outcome.to_mend:
        lines.append(f"{outcome.to_mend:,} rows would need mending.")
    if outcome.dry_run:
        lines += _errors(outcome)
    if outcome.shredded:
        lines.append("The file was shredded; its SHA-256 is in the ledger.")
    return "\n".join(lines)


def _errors(outcome: ImportOutcome) -> list[str]:
    """The first errors with their places: a trial leaves no report to read them in."""
    return [
        f"  {outcome.source[0]}, “{sheet}”, row {one.row}, {one.column or 'the row'}: "
        f"{one.sentence} ({one.code})"
        for sheet, one in outcome.errors[:SHOWN]
    ]
