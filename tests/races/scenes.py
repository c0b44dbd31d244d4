"""What is raced: a hold against clearing, consuming, releasing, merging and the end of a clearance."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from holds.store.base import new_id
from tests.races.orders import Order, Race
from tests.races.people import People

Make = Callable[[People, "Chance"], tuple[list[uuid.UUID], Race]]
LONG, SHORT, SHORTER = 0.012, 0.0012, 0.0004
"""How far apart the three may start, in seconds: about as long as an act takes, through actions, as SQL on
PostgreSQL, and as SQL on SQLite."""
ALSO = 0.4
"""How often a third writer joins in."""


@dataclass(frozen=True)
class Chance:
    """How the three of a race differ: `span` seconds of start, and styles to draw from.

    `late`: the share of the span by which whoever has two transactions to come through may start later.
    """

    span: float
    styles: tuple[str, ...]
    late: float = 0.3

    def free(self, people: People) -> uuid.UUID:
        """Somebody free; the actions want a whole person, the statements no more than a gate."""
        return people.freed() if "action" in self.styles else people.free()

    def style(self) -> str:
        return random.choice(self.styles)

    def delay(self, share: float = 1.0) -> float:
        return random.uniform(0, self.span * share)

    def order(self, act: str, person: uuid.UUID, *, share: float = 1.0, **changes: object) -> Order:
        """`share`: how much of the span this writer may come late."""
        pause = random.choice((0.0, 0.0, self.span / 4))
        made = Order(act=act, style=self.style(), person=person, delay=self.delay(share), pause=pause)
        return replace(made, **changes)  # type: ignore[arg-type]


def clear(people: People, chance: Chance) -> tuple[list[uuid.UUID], Race]:
    """A hold comes while somebody clears the same person, or clears and boards; often a second one too."""
    person = chance.free(people)
    act = "leave" if "action" in chance.styles else random.choice(("clear", "leave"))
    leaving = chance.order(act, person, share=chance.late, clearance=new_id())
    also = chance.order("leave", person, share=chance.late, clearance=new_id())
    return [person], (chance.order("hold", person), leaving, also if random.random() < ALSO else None)


def consume(people: People, chance: Chance) -> tuple[list[uuid.UUID], Race]:
    """A hold comes while somebody uses up a clearance that was issued before, and often a second one too."""
    person, clearance = people.cleared(chance.free(people))
    boarding = chance.order("board", person, clearance=clearance)
    also = chance.order("board", person, clearance=clearance) if random.random() < ALSO else None
    return [person], (chance.order("hold", person), boarding, also)


def release(people: People, chance: Chance) -> tuple[list[uuid.UUID], Race]:
    """One hold ends and another comes while somebody clears and boards."""
    person, hold, review, proposal = people.releasable()
    ending = chance.order("release", person, share=chance.late, hold=hold, review=review, proposal=proposal)
    leaving = chance.order("leave", person, clearance=new_id())
    return [person], (ending, chance.order("hold", person), leaving)


def merge(people: People, chance: Chance) -> tuple[list[uuid.UUID], Race]:
    """Two records become one while a hold comes to either, and either is cleared and boarded."""
    one, other, doubt, judgement = people.twins()
    joining = chance.order("merge", one, other=other, doubt=doubt, judgement=judgement)
    holding = chance.order("hold", random.choice((one, other)))
    leaving = chance.order("leave", random.choice((one, other)), share=chance.late, clearance=new_id())
    return [one, other], (joining, holding, leaving)


def expire(people: People, chance: Chance) -> tuple[list[uuid.UUID], Race]:
    """A clearance ends while its gate is locked by a hold that is taken back, and somebody waits to board.

    The ledger row of a boarding lies before the trigger's look at the clock only where the writer has the
    lock before, so nobody is bare here.
    """
    person, clearance = chance.free(people), new_id()
    clearing = chance.order("clear_and_stall", person, style="house", clearance=clearance)
    clearing = replace(clearing, delay=0.0, life=random.uniform(0.003, 0.01), pause=random.uniform(0, 0.01))
    boarding = [chance.order("board", person, clearance=clearance, style="house") for _ in range(2)]
    one, other = (replace(b, delay=0.0, until_end=random.uniform(-0.001, 0.004)) for b in boarding)
    if "action" in chance.styles:
        one = replace(one, style="action", until_end=random.uniform(0.005, 0.03))
        clearing = replace(clearing, life=0.04, pause=random.uniform(0.02, 0.04))
    return [person], (clearing, one, other)


SCENES: dict[str, tuple[Make, int]] = {
    "hold against clear": (clear, 34),
    "hold against consume": (consume, 34),
    "hold against release": (release, 8),
    "hold against merge": (merge, 8),
    "hold against expiry": (expire, 16),
}
"""Each scene, and how many in a hundred are of it."""

STYLES = ("house", "bare")
BULK, BULK_ON_SQLITE = Chance(SHORT, STYLES), Chance(SHORTER, STYLES)
ACTIONS = Chance(LONG, ("action",))
IN_ACTIONS = 100
"""One race in so many goes through the actions of the house: each costs as much as fifteen of the others."""


def draw(names: tuple[str, ...] = tuple(SCENES)) -> Make:
    """A scene by chance, of these."""
    return random.choices([SCENES[name][0] for name in names], [SCENES[name][1] for name in names])[0]
