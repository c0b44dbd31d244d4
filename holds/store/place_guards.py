"""What the database refuses of a judgement of a place; in the terms of `guards.py`."""

# Which of two words is the later decides where letters go, so no client tells the time of one.
JUDGED_OUTSIDE_NOW = "NEW.judged_at > {now} OR {plus:NEW.judged_at:15 minutes} <= {now}"
NOT_OF_STAFF = (
    "NOT EXISTS (SELECT 1 FROM {s}actor a WHERE a.id = NEW.judged_by AND a.kind = 'staff' AND a.active "
    "AND a.role IN ('caseworker', 'supervisor'))"
)
