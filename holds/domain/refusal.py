"""The root of everything that is refused with a sentence for the person who asked."""


class RefusedError(Exception):
    """Refused; `str()` is one plain sentence that says what to do. Nothing was changed."""
