"""What the team writes on a meeting: kept as soon as a field is left, and never lost in silence."""

from collections.abc import Callable

import streamlit as st

from components.messages.etats import log_failure, show_note
from components.messages.texte import plain
from components.seances.brouillon import Brouillon, change_section, forget_words, keep_introduction
from data_access.refus import Refus
from seances.preparation import ChoixDeSection
from sections.contenu import Edition

LONGUEUR_COMMENTAIRE = 1500
_NON_GARDE = "seance_non_garde"
_ECHEC = (
    "Votre dernier changement n’est pas gardé : la base n’a pas répondu. Un texte est encore dans son champ : "
    "modifiez-le d’un caractère, puis sortez du champ pour réessayer. [SEA-003]"
)


def show_introduction(code: str, instance: str, brouillon: Brouillon) -> None:
    """What is said before the sections."""
    _show_field(
        "Mot d’introduction (facultatif)",
        f"seance_mot_{code}_{instance}",
        brouillon.commentaire,
        lambda texte: keep_introduction(code, instance, texte),
    )


def show_words(code: str, instance: str, choix: ChoixDeSection) -> None:
    """The comment and the points to decide of a section."""
    _show_field(
        "Commentaire de l’équipe",
        f"seance_commentaire_{code}_{instance}_{choix.code}",
        choix.commentaire,
        lambda texte: change_section(code, instance, choix.code, commentaire=texte),
    )
    _show_field(
        "Points de décision, un par ligne",
        f"seance_points_{code}_{instance}_{choix.code}",
        "\n".join(choix.points_de_decision),
        lambda texte: change_section(code, instance, choix.code, points_de_decision=_split(texte)),
    )


def show_old_words(code: str, instance: str, brouillon: Brouillon, derniere: Edition) -> None:
    """Says that nothing was written since the last edition: its words would be published again."""
    if not has_old_words(brouillon, derniere):
        return
    show_note(
        f"Les commentaires et les points de décision sont ceux de l’édition n° {derniere.numero}. "
        "Relisez-les, ou commencez une page blanche : les sections restent."
    )
    st.button(
        "Effacer les textes",
        icon=":material/ink_eraser:",
        key="seance_effacer",
        on_click=attempt,
        args=(lambda: forget_words(code, instance),),
    )


def has_old_words(brouillon: Brouillon, derniere: Edition) -> bool:
    """True when a text of the draft is, word for word, that of the last edition."""
    anciens = {s.code: (s.commentaire, s.points_de_decision) for s in derniere.sections}
    if brouillon.commentaire and brouillon.commentaire == derniere.commentaire:
        return True
    return any(
        (section.commentaire or section.points_de_decision)
        and anciens.get(section.code) == (section.commentaire, section.points_de_decision)
        for section in brouillon.sections
    )


def show_unkept() -> None:
    """Why the last text could not be kept, if so."""
    if message := st.session_state.pop(_NON_GARDE, ""):
        st.error(plain(message), icon=":material/error:")


def _show_field(libelle: str, cle: str, valeur: str, garder: Callable[[str], None]) -> None:
    """A text of the draft. What a colleague wrote meanwhile replaces what was read before, not what is being typed."""
    lu = f"{cle}_lu"
    change_ailleurs = st.session_state.get(lu) != valeur and st.session_state.get(cle, "").strip() != valeur
    if cle not in st.session_state or change_ailleurs:
        st.session_state[cle] = valeur
    st.session_state[lu] = valeur
    st.text_area(
        libelle,
        key=cle,
        max_chars=LONGUEUR_COMMENTAIRE,
        on_change=attempt,
        args=(lambda: garder(st.session_state[cle].strip()),),
    )


def attempt(ecrire: Callable[[], None]) -> None:
    """What a widget does when it changes, before the page is drawn: whatever goes wrong is told there."""
    try:
        ecrire()
    except Refus as refus:
        st.session_state[_NON_GARDE] = str(refus)
    except Exception as erreur:
        log_failure("SEA-003", erreur)
        st.session_state[_NON_GARDE] = _ECHEC


def _split(texte: str) -> tuple[str, ...]:
    return tuple(ligne.strip() for ligne in texte.splitlines() if ligne.strip())
