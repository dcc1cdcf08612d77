"""Proposing a profile for an extract never seen: sheets and columns by their names and by what they hold.

Nothing is proposed for sure: each column bears a confidence, and a person checks.
"""

from dataclasses import dataclass, replace

from data_access.colonnes import Colonne, Feuille, Genre
from data_access.format import FEUILLES
from data_access.format import feuille as sheet_of_format
from data_access.profils.contenu import ColonneVisee, FeuilleSource, Profil, RegleDeColonne
from data_access.profils.correspondances import PropositionValeur, References, content_score, propose_values
from data_access.profils.dates import guess_format
from data_access.profils.grille import Extrait, FeuilleBrute
from data_access.profils.vocabulaire import similarity, synonyms

SEUR = 0.9
"""Below this confidence, « à vérifier »."""

_PROPOSEES = [origine for origine in FEUILLES if origine.personnelle or origine.nom == "Realisations"]
_SEUIL = 0.62
_ECART = 0.08  # how far from its best use a column may still serve
_AUTRES = 3
_CONTENU_SEUL = 0.75
_DISTINCTES_MIN = 2
_COMPLEMENT_MIN = 2
_SUR_MESURE = "*"


@dataclass(frozen=True)
class PropositionColonne:
    """A column of ours, the rule proposed for it, how sure (0 to 1), other columns it could be, values one by one."""

    feuille_source: str
    feuille: str
    colonne: str
    regle: RegleDeColonne
    confiance: float
    autres: tuple[str, ...] = ()
    valeurs: tuple[PropositionValeur, ...] = ()

    @property
    def a_verifier(self) -> bool:
        """True when the names, or one of the values, leave a doubt."""
        return self.confiance < SEUR or any(valeur.confiance < SEUR for valeur in self.valeurs)


@dataclass(frozen=True)
class Proposition:
    """A profile to check and complete. `refusees`: sheet → columns of identity; `ignorees`: columns left aside."""

    profil: Profil
    colonnes: tuple[PropositionColonne, ...]
    refusees: dict[str, tuple[str, ...]]
    ignorees: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Couple:
    source: str
    feuille: Feuille
    colonne: Colonne
    note: float


def propose_profil(
    extrait: Extrait, code_plie: str, nom: str, logiciel: str, references: References | None = None
) -> Proposition:
    """The likeliest profile. Its `feuilles` may be empty: then nothing was recognised."""
    connues = references or References()
    brutes = extrait.sheets()
    retenues: dict[str, tuple[FeuilleBrute, list[PropositionColonne]]] = {}
    for brute in brutes:
        for feuille, colonnes in _propose_targets(brute, connues).items():
            note = sum(colonne.confiance for colonne in colonnes)
            if feuille not in retenues or note > sum(c.confiance for c in retenues[feuille][1]):
                retenues[feuille] = (brute, colonnes)
    toutes = tuple(colonne for _, colonnes in retenues.values() for colonne in colonnes)
    sources = tuple(
        _as_source(brute.nom if len(extrait.lignes) > 1 else _SUR_MESURE, cibles)
        for brute in brutes
        if (cibles := tuple(_as_target(f, colonnes) for f, (origine, colonnes) in retenues.items() if origine is brute))
    )
    utiles = {(c.feuille_source, source) for c in toutes for source in c.regle.sources}
    return Proposition(
        Profil(nom, code_plie, logiciel, sources),
        toutes,
        {b.nom: tuple(b.colonnes_refusees) for b in brutes if b.colonnes_refusees},
        {b.nom: tuple(k for k in _readable(b) if (b.nom, k) not in utiles) for b in brutes},
    )


def _as_target(nom: str, colonnes: list[PropositionColonne]) -> ColonneVisee:
    feuille = sheet_of_format(nom)
    remplies = {colonne.colonne for colonne in colonnes}
    partielle = not {k.nom for k in feuille.colonnes if k.obligatoire} - {"code_plie"} <= remplies or not feuille.cle
    regroupee = nom in ("Participants", "Parcours", "Participations")
    return ColonneVisee(nom, {c.colonne: c.regle for c in colonnes}, regrouper=regroupee, garder_le_reste=partielle)


def _as_source(nom: str, cibles: tuple[ColonneVisee, ...]) -> FeuilleSource:
    """An extract that only completes the parcours does not list everybody either."""
    if any(cible.feuille == "Parcours" and cible.garder_le_reste for cible in cibles):
        cibles = tuple(replace(k, garder_le_reste=True) if k.feuille == "Participants" else k for k in cibles)
    return FeuilleSource(nom, cibles)


def _readable(brute: FeuilleBrute) -> list[str]:
    return [colonne for colonne in brute.colonnes if colonne not in brute.colonnes_refusees]


def _propose_targets(brute: FeuilleBrute, references: References) -> dict[str, list[PropositionColonne]]:
    couples = _rate(brute, references)
    propositions = {}
    for feuille in _PROPOSEES:
        choisis = _assign([couple for couple in couples if couple.feuille is feuille])
        colonnes = [_propose_column(brute, couple, couples, references) for couple in choisis]
        colonnes += _fill_the_key(brute, feuille, colonnes) + _constants(brute, feuille, colonnes, references)
        if _is_plausible(feuille, colonnes):
            propositions[feuille.nom] = sorted(colonnes, key=lambda c: feuille.rangs[c.colonne])
    return propositions


def _rate(brute: FeuilleBrute, references: References) -> list[_Couple]:
    """The couples worth a look: each column of the extract with what it suits best, or nearly."""
    retenus = []
    for source in _readable(brute):
        valeurs = brute.values(source)
        couples = [
            _Couple(source, feuille, colonne, _score(source, feuille, colonne, valeurs, references))
            for feuille in _PROPOSEES
            for colonne in feuille.colonnes
            if colonne.nom != "code_plie"
        ]
        meilleure = max(couple.note for couple in couples)
        retenus += [couple for couple in couples if couple.note >= max(_SEUIL, meilleure - _ECART)]
    return retenus


def _score(source: str, feuille: Feuille, colonne: Colonne, valeurs: list[object], references: References) -> float:
    intitules = synonyms().get((feuille.nom, colonne.nom), (colonne.nom.replace("_", " "),))
    nom = max(similarity(source, intitule) for intitule in intitules)
    contenu = content_score(colonne, valeurs, references.of(colonne.nom))
    if _speaks_for_itself(colonne, contenu, valeurs, references):
        nom = max(nom, _CONTENU_SEUL)
    if nom < _SEUIL / 2:
        return 0.0
    if contenu is None:
        return nom * 0.95
    if contenu < 0.3 and colonne.genre is not Genre.TEXTE:
        return nom / 3
    poids = 0.1 if colonne.genre in (Genre.TEXTE, Genre.CODE) else 0.25
    return (1 - poids) * nom + poids * contenu


def _speaks_for_itself(colonne: Colonne, contenu: float | None, valeurs: list[object], references: References) -> bool:
    """True when nearly every cell is a word of the list of `colonne`, or one of its known codes or wordings."""
    if contenu is None or contenu < SEUR or len(set(map(str, valeurs))) < _DISTINCTES_MIN:
        return False
    est_liste = colonne.genre is Genre.LISTE and not {"oui", "non"} <= set(colonne.valeurs)
    return est_liste or bool(references.of(colonne.nom))


def _assign(couples: list[_Couple]) -> list[_Couple]:
    """The best couples first; a column of the extract serves once in a sheet, a column of ours is filled once."""
    choisis: list[_Couple] = []
    for couple in sorted(couples, key=lambda c: -c.note):
        if all(couple.source != c.source and couple.colonne.nom != c.colonne.nom for c in choisis):
            choisis.append(couple)
    return choisis


def _propose_column(
    brute: FeuilleBrute, couple: _Couple, couples: list[_Couple], references: References
) -> PropositionColonne:
    colonne, lues = couple.colonne, brute.values(couple.source)
    autres = [c.source for c in couples if c.colonne is colonne and c.feuille is couple.feuille and c != couple]
    valeurs = propose_values(colonne, lues, references.of(colonne.nom))
    regle = RegleDeColonne(
        sources=(couple.source,),
        valeurs=_value_map(colonne, valeurs, references),
        format_date=guess_format([v for v in lues if isinstance(v, str)]) if colonne.genre is Genre.DATE else None,
    )
    return PropositionColonne(
        brute.nom, couple.feuille.nom, colonne.nom, regle, round(couple.note, 2), tuple(autres[:_AUTRES]), valeurs
    )


def _value_map(colonne: Colonne, valeurs: tuple[PropositionValeur, ...], references: References) -> dict[str, str]:
    """The values found, and the wordings that next month may bring."""
    if not valeurs:
        return {}
    attendues = {libelle: code for code, libelle in references.of(colonne.nom).items()}
    return attendues | {v.valeur_source: v.valeur for v in valeurs if v.valeur is not None}


def _missing(feuille: Feuille, colonnes: list[PropositionColonne]) -> list[Colonne]:
    remplies = {c.colonne for c in colonnes}
    return [k for k in feuille.colonnes if k.obligatoire and k.nom != "code_plie" and k.nom not in remplies]


def _fill_the_key(
    brute: FeuilleBrute, feuille: Feuille, colonnes: list[PropositionColonne]
) -> list[PropositionColonne]:
    """A tool that numbers nothing: the number is made of the other required columns, the same every month."""
    manquantes = _missing(feuille, colonnes)
    if len(manquantes) != 1 or feuille.cle != ("code_plie", manquantes[0].nom):
        return []
    sources = tuple(
        c.regle.sources[0]
        for c in sorted(colonnes, key=lambda c: feuille.rangs[c.colonne])
        if feuille.colonne(c.colonne).obligatoire and feuille.colonne(c.colonne).genre is not Genre.LISTE
    )
    if len(sources) < _COMPLEMENT_MIN:
        return []
    return [PropositionColonne(brute.nom, feuille.nom, manquantes[0].nom, RegleDeColonne(sources=sources), 0.5)]


def _constants(
    brute: FeuilleBrute, feuille: Feuille, colonnes: list[PropositionColonne], references: References
) -> list[PropositionColonne]:
    """An extract about one operation or one indicator names it in its titles, not on each row."""
    if feuille.personnelle:
        return []
    contexte = [brute.nom, *brute.titres, *(c.regle.sources[0] for c in colonnes if c.regle.sources)]
    constantes = []
    for colonne in _missing(feuille, colonnes):
        notes = [
            (max(similarity(libelle, texte) for texte in contexte), code)
            for code, libelle in references.of(colonne.nom).items()
        ]
        note, code = max(notes, default=(0.0, ""), key=lambda paire: paire[0])
        if code and note > _SEUIL / 2:
            regle = RegleDeColonne(constante=code)
            constantes.append(PropositionColonne(brute.nom, feuille.nom, colonne.nom, regle, round(note / 2, 2)))
    return constantes


def _is_plausible(feuille: Feuille, colonnes: list[PropositionColonne]) -> bool:
    """All that is required and something more; or the key, and enough to complete what is stored."""
    lues = [c for c in colonnes if c.regle.sources]
    remplies = {c.colonne for c in colonnes}
    if not _missing(feuille, colonnes):
        return len(lues) >= _COMPLEMENT_MIN
    cle = set(feuille.cle) - {"code_plie"}
    supplement = [c for c in lues if c.colonne not in cle and c.confiance >= SEUR]
    return bool(cle) and cle <= remplies and len(supplement) >= _COMPLEMENT_MIN
