"""The first page: how the record stands today, and what waits for a human."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from holds.actions.watchers import read_watch
from holds.queries.figures import WaitingFigures, figures
from holds.web import access
from holds.web.bars import Bar, bar_chart
from holds.web.panels import Panels, RenderedPanel, TaskWords
from holds.web.task_words import words_of


@dataclass(frozen=True)
class WaitingLine:
    """A kind of task with its words."""

    figures: WaitingFigures
    words: TaskWords


def make_today(panels: Panels) -> Blueprint:
    """The routes of the first page."""
    today = Blueprint("today", __name__)

    @today.get("/")
    def show() -> str:
        acting = access.acting()
        found = access.run(lambda session: figures(session, acting=acting))
        watch = access.run(read_watch)
        waiting = sorted(
            (WaitingLine(line, words_of(line.kind, panels.tasks)) for line in found.waiting),
            key=lambda line: (line.words.harm, line.figures.oldest),
        )
        return render_template(
            "today.html",
            figures=found,
            watch=watch,
            waiting=waiting,
            chart=bar_chart([Bar(line.words.title, line.figures.open) for line in waiting]),
            panels=[RenderedPanel(panel.title, panel.render(acting=acting)) for panel in panels.office],
        )

    return today
