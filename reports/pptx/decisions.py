"""Earlier decisions and what became of them."""

from collections import Counter

from indicators.nombres import write_short_date
from indicators.phrases.chiffres import count, enumerate_in_words
from reports.pptx.notes import write_source
from reports.pptx.tableaux import Colonne, add_table
from reports.pptx.toile import Toile
from sections.contenu import Suivi

_COLONNES = (
    Colonne("N°", 0.05),
    Colonne("Décision", 0.31),
    Colonne("Porteur", 0.15),
    Colonne("Échéance", 0.11),
    Colonne("État", 0.1),
    Colonne("Suivi", 0.28),
)
SANS_DATE, SANS_SUIVI = "sans date", "rien d’écrit"


def add_follow_up(toile: Toile) -> None:
    """The table of earlier decisions; nothing at a first meeting."""
    suivis = toile.edition.suivis
    if not suivis:
        return
    lignes = [(str(s.numero), s.texte, s.porteur, _due(s), s.etat, s.suivi or SANS_SUIVI) for s in suivis]
    entieres = "\n\n".join(
        f"{s.numero}. {s.texte}\n{s.porteur} · {_due(s)} · {s.etat}\n{s.suivi or SANS_SUIVI}" for s in suivis
    )
    notes = f"DÉCISIONS PRÉCÉDENTES\n{entieres}\n\n{write_source(toile.edition)}"
    nom = "Décisions précédentes et leur suivi"
    add_table(toile, _say_states(suivis), nom, notes, _COLONNES, lignes, nom)


def _due(suivi: Suivi) -> str:
    return write_short_date(suivi.echeance) if suivi.echeance else SANS_DATE


def _say_states(suivis: tuple[Suivi, ...]) -> str:
    """« 8 décisions précédentes : 2 « à faire », 3 « faite » et 1 « abandonnée ». »"""
    comptes = Counter(s.etat for s in suivis)
    parties = [f"{nombre} «\u00a0{etat}\u00a0»" for etat, nombre in comptes.most_common()]
    decisions = count(len(suivis), "décision précédente", "décisions précédentes")
    return f"{decisions} : {enumerate_in_words(parties)}."
