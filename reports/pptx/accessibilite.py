"""What is read aloud instead of what is seen."""

from typing import Any


def describe(forme: Any, texte: str) -> None:
    """Gives a shape its alternative text."""
    forme._element.xpath("./*/p:cNvPr")[0].set("descr", texte)


def description_of(forme: Any) -> str:
    """The alternative text of a shape, empty when it has none."""
    return forme._element.xpath("./*/p:cNvPr")[0].get("descr", "")
