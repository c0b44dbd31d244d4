"""What a sheet tells beside its values: error values, formulas, what is hidden, and merged cells."""

import re
from dataclasses import dataclass, field

from holds.intake.problem import IntakeError

MOST_MERGES = 200_000
_STRING = re.compile(r'"[^"]*"')
_REACHES_OUT = re.compile(
    r"\|.*!|\b(?:HYPERLINK|WEBSERVICE|FILTERXML|RTD|DDE|CALL|REGISTER(?:\.ID)?|EXEC|EVALUATE|IMAGE|SQL\.REQUEST"
    r"|IMPORT(?:XML|DATA|HTML|FEED|RANGE))\s*\(",
    re.IGNORECASE,
)
ERROR_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Error values of the binary formats ([MS-XLS] 2.5.10 BErr, [MS-XLSB] 2.5.97.2)."""


@dataclass
class SheetFacts:
    """All zero-based. `errors`: (row, column) -> `#N/A`; `merges`: (first row, first column, last row, last
    column), of those that stand for several rows.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: set[tuple[int, int, int, int]] = field(default_factory=set)

    def add_formula(self, row: int, column: int, text: str = "") -> None:
        """Note a formula. Raises IntakeError file.active_content for one that would reach out."""
        # A quotation mark doubled within a string ends one string and begins the next: both go.
        if text and _REACHES_OUT.search(_STRING.sub("", text)):
            raise active_content()
        self.formulas.add((row, column))

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns; a sheet that hides all the rest hides them to column 16,384."""
        self.hidden_columns.update(range(first, min(last, 16_383) + 1))

    def add_merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Note merged cells that stand for several rows."""
        if last_row > first_row:
            self.merges.add((first_row, first_column, last_row, last_column))
            if len(self.merges) > MOST_MERGES:
                raise IntakeError("file.too_large", "The workbook has too many merged cells. Save it as CSV.")


def active_content() -> IntakeError:
    """A workbook that would start a program or call another machine when it is opened or clicked."""
    return IntakeError(
        "file.active_content",
        "A formula in the workbook starts a program or reaches out to the network. Nothing was run. "
        "Save the list with values in place of formulas.",
    )
