"""The database's clock, for edges: the time, and the demo's moving of it."""

from holds.store.demo_time import database_time, move_clock

__all__ = ["database_time", "move_clock"]
