"""An extract that is only a part of a sheet: what is stored and that it does not speak of stays."""

from data_access.classeur.anomalies import Anomalie, Rapport
from data_access.classeur.conversion import FeuilleLue, Valeurs, column_index, key_getter
from data_access.classeur.etat import DejaEnregistre
from data_access.format import Genre
from data_access.profils.controles import LIGNE_A_COMPLETER_INCONNUE
from data_access.profils.profil import Cible

_APRES_LE_FICHIER = 10_000_000  # numbers that no row of a file has


def keep_the_rest(lue: FeuilleLue, cible: Cible, enregistre: DejaEnregistre, rapport: Rapport) -> None:
    """Complete the rows of `lue` with what is stored, and hold on to the stored rows that the extract lacks."""
    if lue.feuille.cle:
        _complete_by_key(lue, cible, enregistre, rapport)
    else:
        _add_other_subjects(lue, enregistre)


def _complete_by_key(lue: FeuilleLue, cible: Cible, enregistre: DejaEnregistre, rapport: Rapport) -> None:
    cle_de = key_getter(lue.feuille)
    enregistrees = {cle_de(valeurs): valeurs for _, valeurs in enregistre.rows(lue.feuille.nom)}
    manquent = [k.nom for k in lue.feuille.colonnes if k.obligatoire and k.nom not in {"code_plie", *cible.colonnes}]
    donnees = set()
    for numero, valeurs in list(lue.lignes.items()):
        cle = cle_de(valeurs)
        donnees.add(cle)
        if cle in enregistrees:
            lue.lignes[numero] = _merge(lue, cible, valeurs, enregistrees[cle])
        elif manquent:
            colonne, detail = lue.feuille.cle[-1], f"il manque {', '.join(manquent)}"
            rapport.add(Anomalie(LIGNE_A_COMPLETER_INCONNUE, lue.feuille.nom, numero, colonne, detail, valeurs[0]))
            lue.reject(numero)
    # The stored version of a rejected row stays: that is what is wanted of the rows the extract does not have.
    lue.cles_rejetees |= enregistrees.keys() - donnees


def _merge(lue: FeuilleLue, cible: Cible, nouvelles: Valeurs, enregistrees: Valeurs) -> Valeurs:
    """The cells that the extract fills, over those that are stored; an empty cell erases nothing."""
    return tuple(
        nouvelle if nouvelle is not None and colonne.nom in cible.colonnes else ancienne
        for colonne, nouvelle, ancienne in zip(lue.feuille.colonnes, nouvelles, enregistrees, strict=True)
    )


def _add_other_subjects(lue: FeuilleLue, enregistre: DejaEnregistre) -> None:
    """Without a key, the extract replaces all it tells about the same codes (operation and indicator, parcours)."""
    rangs = [
        column_index(lue.feuille, colonne.nom)
        for colonne in lue.feuille.colonnes
        if colonne.obligatoire and colonne.genre is Genre.CODE
    ]
    sujets = {tuple(valeurs[rang] for rang in rangs) for valeurs in lue.lignes.values()}
    for numero, valeurs in enregistre.rows(lue.feuille.nom):
        if tuple(valeurs[rang] for rang in rangs) not in sujets:
            lue.lignes[_APRES_LE_FICHIER + numero] = valeurs
