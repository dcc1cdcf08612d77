"""Opérations: side by side, then one in full when it is chosen; the same kinds together where several PLIE are read."""

from collections.abc import Sequence

from indicators.arrondi import add_cells
from indicators.nombres import INSECABLE, MOTS_DES_ETATS, write_short_date, write_value
from indicators.objectifs import ObjectifEvalue, count_reached
from indicators.phrases import chiffres as phrases
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.referentiel import Operation, supports_structures
from indicators.resultats import Cellule, Etat, ResultatPublie
from indicators.statuts import write_done, write_objectif
from sections.contenu import Chiffre, Section
from sections.dessins import Barre, bar_of, draw_bars, greatest_first, join_notes, write_sum
from sections.images import Clic, Image, Tableau
from sections.lecture import Lecture
from sections.par_operation import by_operation, list_by_operation, name_operation, read_by_operation
from sections.une_operation import DEMANDES as D_UNE_OPERATION
from sections.une_operation import write_one

AUCUNE = "Aucune opération n’est enregistrée : chargez la feuille « Operations »."
COLONNES = {
    "file_active": "Présents",
    "entrees": "Entrées",
    "entrees_nouvelles": "dont nouveaux",
    "participants_accompagnes": "Accompagnés",
    "file_active_par_etp": "Présents par ETP",
    "sorties": "Sorties du PLIE",
    "taux_sorties_positives": "Positives, toutes sorties",
    "taux_sorties_positives_hors_neutres": "Positives, hors neutres",
    "sorties_operation": "Sorties de l’opération",
    "part_femmes": "Part de femmes",
    "etapes": "Étapes",
    "heures_etapes": "Heures",
}
"""The figures of a line, in order. Exits: of the PLIE on a day of the operation, then of the operation itself."""
GENRES = (
    ("Clauses d’insertion", ("clause",)),
    ("Accompagnement", ("accompagnement",)),
    ("Mise en situation et étapes de parcours", ("situation", "étapes de parcours", "etapes de parcours", "immersion")),
    ("Renforcement de l’employabilité", ("employabilité", "passage à l’action", "formation")),
    ("Relations avec les employeurs", ("employeur", "entreprise")),
    ("Coordination et ingénierie", ("coordination", "ingénierie", "animation")),
)
"""Kinds of operations, each with the words of a title by which it is known: no column of the format says it."""
DEMANDES = (
    *(demande for code in COLONNES for demande in by_operation(code)),
    *D_UNE_OPERATION,
)


def write_operations(lecture: Lecture) -> Section:
    """Every operation, or the one that is chosen."""
    choisie = next((o for o in lecture.operations if o.code_operation == lecture.filtres.operation), None)
    if choisie is not None:
        return write_one(lecture, choisie)
    suivies = [o for o in lecture.operations if not supports_structures(o)]
    return Section(
        code="operations",
        titre="Opérations",
        message=_say_busiest(lecture, suivies) if lecture.operations else AUCUNE,
        phrases=_say_latest(lecture),
        chiffres=_write_cards(lecture, suivies),
        images=tuple(image for image in (_draw_presents(lecture), _draw_kinds(lecture)) if image),
        tableaux=tuple(t for t in (_compare(lecture, suivies), _list_support(lecture)) if t.lignes),
    )


def _write_cards(lecture: Lecture, suivies: Sequence[Operation]) -> tuple[Chiffre, ...]:
    soutien = len(lecture.operations) - len(suivies)
    nombre = len(lecture.operations)
    precision = f"dont {phrases.count(soutien, 'soutien aux structures', 'soutiens aux structures')}" if soutien else ""
    atteints, comptes = count_reached([o for o in lecture.objectifs if o.operation])
    return (
        Chiffre("operations", "Opérations", float(nombre), str(nombre), "", precision),
        _distinct(lecture, "file_active", "Présents, personnes distinctes", "présents"),
        _distinct(lecture, "participants_accompagnes", "Accompagnés, personnes distinctes", "accompagnés"),
        Chiffre("objectifs", "Objectifs d’opération atteints", None, f"{atteints} / {comptes}", "", "ayant une donnée"),
    )


def _distinct(lecture: Lecture, code: str, libelle: str, quoi: str) -> Chiffre:
    """A figure of the whole PLIE, with the sum of the lines beside: the same person may be in two operations."""
    total = lecture.ask(code, large=True)
    somme = _sum(lecture, code)
    precision = (
        f"en opération ou non ; somme des opérations{INSECABLE}: {somme} {quoi}" if somme else "en opération ou non"
    )
    texte = write_value(total.cellule, total.unite)
    return Chiffre(code, libelle, total.valeur, texte, str(total.unite), precision)


def _sum(lecture: Lecture, code: str) -> str:
    cellules = [c for c in read_by_operation(lecture, code).values() if c.etat is not Etat.SANS_OBJET]
    return write_sum([Barre("", c.valeur, "", c.base) for c in cellules], lecture.ask(code, large=True).unite)


def _say_busiest(lecture: Lecture, suivies: Sequence[Operation]) -> str:
    barres = list_by_operation(lecture, "file_active")
    if not barres:
        return "Aucune opération ne suit de parcours à cette date."
    combien = phrases.count(len(suivies), "opération accompagne", "opérations accompagnent")
    nom = phrases.shorten(barres[0].nom, 60)
    return phrases.end_sentence(f"{combien} des personnes ; la plus suivie en compte {barres[0].texte} : {nom}")


def _say_latest(lecture: Lecture) -> tuple[str, ...]:
    """The targets of operations that are the furthest below what was expected."""
    des_operations = [o for o in lecture.objectifs if o.operation]
    return tuple(
        f"{o.operation} · {o.libelle} : {phrases_des_objectifs.say_pace(o)}."
        for o in phrases_des_objectifs.latest(des_operations, 3)
    )


def _compare(lecture: Lecture, suivies: Sequence[Operation]) -> Tableau:
    """One line an operation that follows people, then the distinct people of the whole PLIE."""
    lues = {code: read_by_operation(lecture, code) for code in COLONNES}
    lignes, liens = [], []
    for operation in suivies:
        cle = (operation.code_plie, operation.code_operation)
        cellules = [lues[code].get(cle) for code in COLONNES]
        ecrites = [_write(c, lecture, code) for c, code in zip(cellules, COLONNES, strict=True)]
        lignes.append((name_operation(lecture, operation), *ecrites, *_targets_of(lecture, operation)))
        liens.append((("plie", operation.code_plie), ("operation", operation.code_operation)))
    totaux = {code: lecture.ask(code, large=True) for code in COLONNES}
    lignes.append(("Personnes distinctes, en opération ou non", *(_total(r) for r in totaux.values()), "", ""))
    parts = _as_parts(lues["taux_sorties_positives"], suivies)
    return Tableau(
        ("Opération", *COLONNES.values(), "Objectifs", "Le plus en retard"),
        tuple(lignes) if suivies else (),
        "Les opérations côte à côte",
        join_notes(
            f"du {write_short_date(lecture.filtres.periode.du)} au {write_short_date(lecture.filtres.periode.au)}",
            "une personne peut être dans deux opérations : les lignes ne s’ajoutent pas",
            "« Présents », « Entrées » et « Sorties de l’opération » suivent l’horloge de l’opération",
        ),
        liens=tuple(liens),
        ouvert=True,
        essentielles=(0, 1, 2, 4, 6, 7, 8, 10, 13),
        parts=((1 + list(COLONNES).index("taux_sorties_positives"), parts),),
    )


def _write(cellule: Cellule | None, lecture: Lecture, code: str) -> str:
    return "–" if cellule is None else write_value(cellule, lecture.ask(code, large=True).unite)


def _total(resultat: ResultatPublie) -> str:
    """Figures that have no meaning outside an operation are left blank."""
    return "" if resultat.cellule.etat is Etat.SANS_OBJET else write_value(resultat.cellule, resultat.unite)


def _as_parts(cellules: dict[tuple[str, str], Cellule], suivies: Sequence[Operation]) -> tuple[float | None, ...]:
    lues = [cellules.get((o.code_plie, o.code_operation)) for o in suivies]
    return (*(c.valeur if c is not None else None for c in lues), None)


def _targets_of(lecture: Lecture, operation: Operation) -> tuple[str, str]:
    """« 3 / 5 », and the target that is the furthest below what was expected."""
    siens = _own_targets(lecture, operation)
    if not siens:
        return "–", "–"
    atteints, comptes = count_reached(siens)
    derniers = phrases_des_objectifs.latest(siens, 1)
    return f"{atteints} / {comptes}", phrases.shorten(derniers[0].libelle, 50) if derniers else "aucun"


def _own_targets(lecture: Lecture, operation: Operation) -> list[ObjectifEvalue]:
    cle = (operation.code_plie, operation.code_operation)
    return [o for o in lecture.objectifs if (o.plie, o.operation) == cle]


def _list_support(lecture: Lecture) -> Tableau:
    """Operations that support structures: what they did, never a number of people."""
    lignes = [
        (
            name_operation(lecture, operation),
            o.libelle,
            write_done(o) or MOTS_DES_ETATS[Etat.NON_DOCUMENTE],
            _promised(o),
        )
        for operation in lecture.operations
        if supports_structures(operation)
        for o in _own_targets(lecture, operation) or ()
    ]
    return Tableau(
        ("Opération", "Réalisation", "Réalisé", "Objectif"),
        tuple(lignes),
        "Les opérations de soutien aux structures",
        "elles n’ont pas de participants : leurs réalisations, chacune dans son unité, ne s’ajoutent pas",
        ouvert=True,
    )


def _promised(objectif: ObjectifEvalue) -> str:
    unite = f" {objectif.unite}" if objectif.unite and not objectif.est_taux else ""
    return "–" if objectif.objectif is None else f"{write_objectif(objectif, objectif.objectif)}{unite}"


def _draw_presents(lecture: Lecture) -> Image:
    """People present in each operation; a click opens it in full."""
    return draw_bars(
        "operations_presents",
        list_by_operation(lecture, "file_active"),
        sujet="Présents dans chaque opération",
        vide="Aucune opération ne suit de parcours à cette date.",
        entete="Opération",
        nom="Présents",
        unite="parcours",
        indicateurs=("file_active",),
        note="les barres ne s’ajoutent pas",
        clic=Clic.OPERATION,
    )


def _draw_kinds(lecture: Lecture) -> Image | None:
    """Where several PLIE are read: people present by kind of operation, known by its title."""
    if not lecture.plusieurs:
        return None
    presents = read_by_operation(lecture, "file_active")
    total = lecture.ask("file_active", large=True)
    par_genre: dict[str, list[Cellule]] = {}
    for operation in lecture.operations:
        cellule = presents.get((operation.code_plie, operation.code_operation))
        if cellule is not None and not supports_structures(operation):
            par_genre.setdefault(find_kind(operation.intitule), []).append(cellule)
    barres = [
        bar_of(f"{genre} ({phrases.count(len(siennes), 'opération')})", add_cells(siennes), total)
        for genre, siennes in par_genre.items()
    ]
    return draw_bars(
        "operations_genres",
        greatest_first(barres),
        sujet="Présents par genre d’opération, tous PLIE",
        vide="Aucune opération ne suit de parcours à cette date.",
        entete="Genre d’opération",
        nom="Présents (somme)",
        unite="parcours",
        indicateurs=("file_active",),
        note="genre reconnu à l’intitulé ; une personne dans deux opérations compte deux fois",
    )


AUTRE_GENRE = "Autres"


def find_kind(intitule: str) -> str:
    """The kind of an operation by the words of its title; the first that matches."""
    bas = intitule.lower().replace("'", "’")
    return next((nom for nom, mots in GENRES if any(mot in bas for mot in mots)), AUTRE_GENRE)
