"""The documents that the declarations cite, so that each is named in one way, and the PLIE that each binds."""

import re
from collections.abc import Iterable
from functools import partial

from indicators.declaration import Citation

_AGAPE = "Appel à projets AGAPE 2021"
_ROUBAIX = "Appel à projets PLIE Roubaix / Lys-lez-Lannoy 2021"
_MNO = "Appel à projets PLIE Métropole Nord-Ouest 2024"
_DUNKERQUE = "Fiche projet PLIE du Dunkerquois 2026"
agape, roubaix, mno, dunkerque = (partial(Citation, document) for document in (_AGAPE, _ROUBAIX, _MNO, _DUNKERQUE))
"""Lines of the call of the seven AGAPE PLIE, of the other two calls, of the Dunkerquois project sheet."""
BILAN_NATIONAL_2014 = Citation(
    "Alliance Villes Emploi, bilan national des PLIE 2014", "114 146 suivis, 14 446 sorties positives, 25 882 autres"
)
QUESTIONNAIRE_FSE = Citation("Questionnaire FSE d’entrée", "programme national 2014-2020")
QUESTIONNAIRE_DANS_L_APPEL = agape("l. 8089-8171, questionnaire FSE d’entrée")

_PLIE_DES_DOCUMENTS = {_ROUBAIX: "ROUBAIX", _MNO: "MNO", _DUNKERQUE: "DUNKERQUOIS"}
_PAGES_D_AGAPE = (
    ("AGENAIS", 174, 1368),
    ("BORDEAUX", 1369, 2392),
    ("TECHNOWEST", 2393, 3039),
    ("GRAND_PERIGUEUX", 3040, 5286),
    ("HAUT_PERIGORD", 5287, 5778),
    ("PORTES_DU_SUD", 5779, 6612),
    ("SOURCES", 6613, 7508),
)
"""First and last line of each PLIE in the call of AGAPE; what comes before and after binds the seven."""
_PREMIERE_LIGNE = re.compile(r"\d+")
_AVANT_UNE_LIGNE = re.compile(r", (?=\d)")


def keep_sources(sources: Iterable[Citation], code_plie: str) -> tuple[Citation, ...]:
    """What that PLIE's own text says, then what is national: a committee is not shown the texts of others."""
    gardees = [_keep_lines(source, code_plie) for source in sources if source.document == _AGAPE]
    gardees += [source for source in sources if _PLIE_DES_DOCUMENTS.get(source.document) == code_plie]
    nationales = [s for s in sources if s.document != _AGAPE and s.document not in _PLIE_DES_DOCUMENTS]
    return (*(source for source in gardees if source is not None), *nationales)


def _keep_lines(source: Citation, code_plie: str) -> Citation | None:
    """The lines of the call of AGAPE that bind that PLIE; None when there is none."""
    if code_plie not in {code for code, _, _ in _PAGES_D_AGAPE}:
        return None
    morceaux = _AVANT_UNE_LIGNE.split(source.reperes.removeprefix("l. "))
    siens = [morceau for morceau in morceaux if _owner_of(morceau) in ("", code_plie)]
    return Citation(source.document, f"l. {', '.join(siens)}") if siens else None


def _owner_of(morceau: str) -> str:
    """The PLIE of whose pages a line is one; empty for the pages of all."""
    trouvee = _PREMIERE_LIGNE.search(morceau)
    ligne = int(trouvee.group()) if trouvee else 0
    return next((code for code, debut, fin in _PAGES_D_AGAPE if debut <= ligne <= fin), "")
