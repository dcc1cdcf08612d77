"""What the house refuses or cannot do, in words: the one family of errors that people read."""


class Refus(Exception):
    """`message`: what, where, why and what to do, in French, complete; `code`: « IMP-019 », or empty.

    As text, « message [code] ». A subclass exists only where a caller tells it apart.
    """

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message, code)
        self.message = message
        self.code = code

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]" if self.code else self.message
