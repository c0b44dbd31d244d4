"""Who tells of a removal in spite of a hold."""

SOURCES = ("person", "family", "counsel", "agency", "consulate", "carrier", "press", "custody_list")
