"""What each screen asks, recorded from the screen itself, so that the benchmark cannot lag behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.testing.v1 import AppTest

from components.acces.registre import ECRANS
from components.cadre import chiffres
from data_access.base.moteur import RACINE
from indicators.perimetre import Filtres


@dataclass(frozen=True)
class Question:
    """One figure asked by a screen, or the evaluation of a PLIE's targets (`code` empty)."""

    code: str
    filtres: Filtres | None
    au: date | None = None

    def about(self, cible: Filtres) -> "Question":
        """The same question over the PLIE, territory and operation of `cible`, its own period and splits kept.

        A question that the screen asks of one operation stays a question about one operation.
        """
        if self.filtres is None:
            return self
        operation = cible.operation or ("OP03" if self.filtres.operation else None)
        return replace(
            self, filtres=replace(self.filtres, plie=cible.plie, territoire=cible.territoire, operation=operation)
        )


def record_questions() -> dict[str, list[Question]]:
    """Questions of each screen for its default filters, without those that the screen asks twice."""
    return {ecran.titre: list(dict.fromkeys(_record(ecran.chemin))) for ecran in ECRANS}


def _record(chemin: str) -> Iterator[Question]:
    st.cache_data.clear()
    with _listening() as questions:
        AppTest.from_file(str(RACINE / "app.py"), default_timeout=60).switch_page(chemin).run()
        yield from questions


@contextmanager
def _listening() -> Iterator[list[Question]]:
    questions: list[Question] = []
    publier, evaluer = chiffres.publier, chiffres.evaluate_objectifs

    def listen_figure(base: Any, code: str, filtres: Filtres, droits: Any) -> Any:
        questions.append(Question(code, filtres))
        return publier(base, code, filtres, droits)

    def listen_objectifs(base: Any, code_plie: str, au: date, *autres: Any) -> Any:
        questions.append(Question("", None, au))
        return evaluer(base, code_plie, au, *autres)

    with (
        patch.object(chiffres, "publier", listen_figure),
        patch.object(chiffres, "evaluate_objectifs", listen_objectifs),
    ):
        yield questions
