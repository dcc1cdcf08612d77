"""The documents that the declarations cite, so that each is named in one way."""

from indicators.declaration import Source

_AGAPE = "Appel à projets AGAPE 2021"
_ROUBAIX = "Appel à projets PLIE Roubaix / Lys-lez-Lannoy 2021"
_MNO = "Appel à projets PLIE Métropole Nord-Ouest 2024"
_DUNKERQUE = "Fiche projet PLIE du Dunkerquois 2026"


def agape(reperes: str) -> Source:
    """Lines of the call of the seven AGAPE PLIE."""
    return Source(_AGAPE, reperes)


def roubaix(reperes: str) -> Source:
    """Lines of the Roubaix / Lys-lez-Lannoy call."""
    return Source(_ROUBAIX, reperes)


def mno(reperes: str) -> Source:
    """Lines of the Métropole Nord-Ouest call."""
    return Source(_MNO, reperes)


def dunkerque(reperes: str) -> Source:
    """Lines of the Dunkerquois project sheet."""
    return Source(_DUNKERQUE, reperes)


BILAN_NATIONAL_2014 = Source(
    "Alliance Villes Emploi, bilan national des PLIE 2014", "114 146 suivis, 14 446 sorties positives, 25 882 autres"
)
QUESTIONNAIRE_FSE = Source(_AGAPE, "l. 8089-8171, questionnaire FSE d’entrée")
