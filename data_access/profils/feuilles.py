"""The sheets of an extract found by a profile, with all that is wrong between the two told at once."""

from data_access.classeur import controles as du_classeur
from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.normalisation import normalise
from data_access.profils import controles as c
from data_access.profils.grille import Extrait, FeuilleBrute
from data_access.profils.profil import FeuilleSource, Profil
from data_access.profils.rapport import RapportDExtrait
from data_access.profils.vocabulaire import similarity

_CITEES = 10
_LONGUEUR_CITEE = 40
_RESSEMBLANCE_CITEE = 0.5


def match_sheets(extrait: Extrait, profil: Profil, rapport: RapportDExtrait) -> dict[FeuilleSource, FeuilleBrute]:
    """Each sheet of the profile with its rows; what is missing is a blocking anomaly, with the nearest name."""
    trouvees: dict[FeuilleSource, FeuilleBrute] = {}
    lues = set()
    for source in profil.feuilles:
        nom = next((nom for nom in extrait.lignes if source.is_called(nom)), None)
        if nom is None:
            rapport.add(Anomalie(c.FEUILLE_ABSENTE, detail=source.nom))
            continue
        lues.add(nom)
        brute = extrait.sheet(nom, source.source_columns(), source.ligne_entete)
        if brute is None:
            rapport.add(Anomalie(c.ENTETE_ABSENT, nom))
            continue
        for cible in source.cibles:
            rapport.name_sheet(cible.feuille, nom)
        if _has_columns(source, brute, rapport):
            trouvees[source] = brute
        _tell_what_is_left(source, brute, rapport)
    for nom in extrait.lignes.keys() - lues:
        rapport.add(Anomalie(du_classeur.FEUILLE_INCONNUE, nom[:_LONGUEUR_CITEE]))
    return trouvees


def _has_columns(source: FeuilleSource, brute: FeuilleBrute, rapport: Rapport) -> bool:
    connues = {normalise(colonne): colonne for colonne in brute.colonnes}
    voulues = source.source_columns()
    libres = [k for k in brute.colonnes if normalise(k) not in set(map(normalise, voulues))]
    completes = True
    for colonne in voulues:
        presente = connues.get(normalise(colonne))
        if presente is None:
            detail = _nearest(colonne, [k for k in libres if k not in brute.colonnes_refusees])
            rapport.add(Anomalie(c.COLONNE_ABSENTE, brute.nom, brute.ligne_entete, colonne, detail))
        elif presente in brute.colonnes_refusees:
            rapport.add(Anomalie(c.COLONNE_REFUSEE, brute.nom, brute.ligne_entete, colonne))
        else:
            continue
        completes = False
    return completes


def _nearest(colonne: str, candidates: list[str]) -> str:
    meilleure = max(candidates, key=lambda candidate: similarity(colonne, candidate), default="")
    if not meilleure or similarity(colonne, meilleure) < _RESSEMBLANCE_CITEE:
        return ""
    return f" ; la plus proche est « {meilleure[:_LONGUEUR_CITEE]} »"


def _tell_what_is_left(source: FeuilleSource, brute: FeuilleBrute, rapport: Rapport) -> None:
    voulues = set(map(normalise, source.source_columns()))
    autres = [k for k in brute.colonnes if normalise(k) not in voulues and k not in brute.colonnes_refusees]
    for controle, colonnes in ((du_classeur.COLONNE_IDENTITE, brute.colonnes_refusees), (c.COLONNES_NON_LUES, autres)):
        if colonnes:
            rapport.add(Anomalie(controle, brute.nom, detail=_quote(colonnes)))
    if brute.lignes_de_fin:
        fin = sorted(brute.lignes_de_fin)
        detail = f"ligne {fin[0]}" if len(fin) == 1 else f"lignes {fin[0]} à {fin[-1]}"
        rapport.add(Anomalie(c.LIGNES_DE_FIN, brute.nom, detail=detail))


def _quote(colonnes: list[str]) -> str:
    noms = ", ".join(f"« {colonne[:_LONGUEUR_CITEE]} »" for colonne in colonnes[:_CITEES])
    reste = len(colonnes) - _CITEES
    return noms + (f" et {reste} autres" if reste > 0 else "")
