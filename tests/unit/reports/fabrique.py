"""An invented edition that has everything that makes papers break: every kind of picture, masked numbers, a title of a
hundred characters, forty targets, twelve long bars, long comments, eight decisions, texts that look like formulas."""

from dataclasses import replace
from datetime import UTC, date, datetime

from indicators.nombres import write_amount, write_month
from indicators.resultats import Etat
from sections.contenu import Chiffre, Cible, Definition, Edition, Figure, Groupe, Question, ReponseFigee, Section, Suivi
from sections.images import Forme, Image, Serie

TITRE_LONG = (
    "Accompagnement renforcé vers l’emploi durable des habitants des quartiers prioritaires et des communes rurales"
)
PHRASE_LONGUE = (
    "Les sorties vers l’emploi durable reculent depuis le printemps, surtout dans les communes éloignées des gares, "
    "où la garde d’enfants et les transports manquent ; l’équipe propose d’ouvrir une permanence par mois à Astaffort. "
)
COMMENTAIRE_LONG = "\n\n".join(f"{rang}. {PHRASE_LONGUE * 3}" for rang in range(1, 6))
PETIT = "moins de 5"


def nombres(unite: str, *valeurs: float | None, sans: str = PETIT) -> tuple[tuple[float | None, ...], tuple[str, ...]]:
    """Values and the words printed for them."""
    return valeurs, tuple(sans if v is None else write_amount(v, unite) for v in valeurs)


def serie(nom: str, unite: str, *valeurs: float | None, sans: str = PETIT) -> Serie:
    """One series, written as the application writes it."""
    return Serie(nom, *nombres(unite, *valeurs, sans=sans))


def chiffre(indicateur: str, libelle: str, valeur: float | None, unite: str, **autres: str) -> Chiffre:
    """One large figure; `etat` says why there is no number."""
    etat = autres.pop("etat", PETIT)
    texte = etat if valeur is None else write_amount(valeur, unite)
    return Chiffre(indicateur, libelle, valeur, texte, unite, **autres)


def _mois(nombre: int = 12) -> tuple[str, ...]:
    return tuple(write_month(f"{2020 + (9 + i) // 12}-{(9 + i) % 12 + 1:02d}") for i in range(nombre))


def barres_longues() -> Image:
    """Twelve bars with names that do not fit on one line, one of them masked, one that looks like a formula."""
    noms = (TITRE_LONG, "=1+1", *(f"A{i} · Opération d’accompagnement de proximité numéro {i}" for i in range(1, 11)))
    valeurs = [float(v) for v in (1412, 260, 233, 190, 140, 121, 99, 84, 40, 12, 7)]
    return Image(
        code="par_operation",
        genre=Forme.BARRES,
        message="Quatre parcours sur dix sont suivis par l’opération d’accompagnement renforcé.",
        sujet="Parcours en file active, par opération",
        entete="Opération",
        categories=noms,
        series=(serie("Parcours", "parcours", *valeurs, None),),
        unite="parcours",
        indicateurs=("file_active",),
        effectif="2 598 parcours",
        note="les 12 premières lignes sur 15",
    )


def barres_avec_norme() -> Image:
    """Référents against their norm."""
    return Image(
        code="par_referent",
        genre=Forme.BARRES,
        message="Trois référents sur huit suivent plus de parcours que la norme.",
        sujet="Parcours par équivalent temps plein",
        entete="Référent",
        categories=tuple(f"REF-{i:02d}" for i in range(1, 9)),
        series=(
            serie("Parcours par ETP", "parcours par ETP", 92.5, 88, 81.3, 79, 70.2, 66, 41, None, sans="sans objet"),
        ),
        unite="parcours par ETP",
        indicateurs=("parcours_par_etp",),
        effectif="986 parcours",
        repere=80.0,
        nom_du_repere="norme : 80 au plus",
    )


def temps() -> Image:
    """Two lines of twelve months, with a hole."""
    return Image(
        code="file_active_mois",
        genre=Forme.TEMPS,
        message="La file active compte 986 parcours fin septembre, 26 de moins qu’un an plus tôt.",
        sujet="Parcours en file active à la fin de chaque mois",
        entete="Mois",
        categories=_mois(),
        series=(
            serie("Cette année", "parcours", 1012, 1008, 1001, 997, None, 990, 985, 984, 991, 990, 988, 986),
            serie("Un an plus tôt", "parcours", *(float(980 + 3 * i) for i in range(12))),
        ),
        unite="parcours",
        indicateurs=("file_active",),
        effectif="986 parcours",
    )


def flux() -> Image:
    """Entries and exits of twelve months."""
    return Image(
        code="flux_mois",
        genre=Forme.FLUX,
        message="Les sorties dépassent les entrées depuis avril.",
        sujet="Entrées et sorties de chaque mois",
        entete="Mois",
        categories=_mois(),
        series=(
            serie("Entrées", "parcours", 20, 22, 18, 25, 31, 28, 17, 15, 14, 9, 6, 19),
            serie("Sorties", "sorties", 18, 12, 19, 24, 20, 25, 27, 29, 24, 21, 0, 17),
        ),
        unite="parcours",
        indicateurs=("entrees", "sorties"),
        effectif="224 entrées, 236 sorties",
    )


def parts() -> Image:
    """Whole groups cut in parts, one part masked."""
    return Image(
        code="age_par_sexe",
        genre=Forme.PARTS,
        message="Une participante sur trois a 50 ans ou plus, contre un participant sur quatre.",
        sujet="Âge à l’entrée, par sexe",
        entete="Sexe",
        categories=("Femmes", "Hommes", "Non renseigné"),
        series=(
            serie("Moins de 26 ans", "parcours", 61, 82, None),
            serie("26 à 49 ans", "parcours", 260, 244, None),
            serie("50 ans et plus", "parcours", 164, 110, 12),
        ),
        unite="parcours",
        indicateurs=("participants",),
        effectif="940 participants",
        note="une personne compte une fois",
    )


def cascade() -> Image:
    """The flow identity."""
    return Image(
        code="identite",
        genre=Forme.CASCADE,
        message="240 entrées pour 266 sorties : la file active recule de 26 parcours.",
        sujet="De la file active du 31 décembre 2020 à celle du 30 septembre 2021",
        entete="Étape du calcul",
        categories=("Au 31/12/2020", "Entrées", "Sorties", "Au 30/09/2021"),
        series=(serie("Parcours", "parcours", 1012, 240, 266, 986),),
        unite="parcours",
        indicateurs=("file_active", "entrees", "sorties"),
    )


def parite() -> Image:
    """The part of women of several populations, this year and the year before."""
    populations = (
        "Entrées",
        "Participants accompagnés",
        "File active",
        "Sorties positives",
        "Étapes de formation qualifiante",
        "Sorties vers l’insertion par l’activité économique",
    )
    return Image(
        code="parite",
        genre=Forme.PARITE,
        message="Les femmes sont 50,7 % des participants accompagnés et 57,9 % des sorties positives.",
        sujet="Part de femmes",
        entete="Population",
        categories=populations,
        series=(
            serie("Cette année", "%", 0.512, 0.507, 0.498, 0.579, 0.393, None),
            serie("Un an plus tôt", "%", 0.5, 0.495, 0.5, 0.541, None, None),
        ),
        unite="%",
        indicateurs=("part_femmes",),
        effectif="940 participants",
        repere=0.5,
        nom_du_repere="parité : 50 %",
    )


def carte() -> Image:
    """Two communes, one of which has too few people for a rate."""
    return Image(
        code="communes",
        genre=Forme.CARTE,
        message="Où vivent les personnes suivies",
        sujet="File active et sorties positives de chaque commune",
        entete="Commune",
        categories=("Agen", "Boé"),
        series=(serie("File active", "parcours", 120, None), serie("Sorties positives", "%", 0.46, None)),
        unite="parcours",
        indicateurs=("file_active",),
        codes=("47001", "47031"),
        positions=((0.62, 44.2), (0.63, 44.17)),
    )


def cible(rang: int, operation: str | None = None, **autres: object) -> Cible:
    """One target among many: a status in turn."""
    statuts = ("en_retard", "dans_le_rythme", "atteint", "en_avance", "non_atteint")
    part = 0.35 + 0.05 * (rang % 20)
    courante = Cible(
        operation=operation,
        libelle=f"Objectif {rang} : participants accompagnés vers un emploi durable",
        realise=round(200 * part),
        objectif=200.0,
        attendu=150.0,
        part=part,
        attendu_part=0.75,
        est_taux=False,
        statut=statuts[rang % 5],
        texte=f"{round(200 * part)} sur 200 participants · {round(100 * part)} % de l’objectif · "
        "attendu à ce jour : 150",
        projection="au rythme actuel : 190, entre 171 et 209, le 31/12/2021",
        debut=date(2021, 1, 1),
        fin=date(2021, 12, 31),
        source="Convention 2021, article 4, l. 3192-3195",
    )
    return replace(courante, **autres)  # type: ignore[arg-type]


def groupes() -> tuple[Groupe, ...]:
    """Forty targets in three groups: without data, without number, masked, a rate, beyond 130 %."""
    sans_donnee = cible(
        900,
        "A1",
        libelle="Nombre de conventions signées avec les bailleurs sociaux et les missions locales",
        realise=None,
    )
    sans_donnee = replace(
        sans_donnee,
        part=None,
        statut="sans_donnee",
        texte="aucune donnée pour un objectif de 5 conventions",
        projection="",
    )
    sans_nombre = replace(sans_donnee, libelle="Qualité de l’accompagnement", objectif=None, attendu=None)
    sans_nombre = replace(sans_nombre, attendu_part=None, statut="non_parametre", texte="objectif sans nombre")
    masquee = replace(sans_donnee, libelle="Sorties positives de l’opération", texte="moins de 5")
    taux = cible(
        901,
        "A1",
        libelle="Taux de sorties positives",
        realise=0.393,
        objectif=0.5,
        attendu=0.5,
        part=0.786,
        attendu_part=1.0,
        est_taux=True,
        texte="39,3 % pour un objectif de 50,0 %",
        projection="",
    )
    depassee = cible(902, "A1", libelle="Parcours par référent", realise=320.0, part=1.6, statut="depasse")
    resume = "12 objectifs : 3 atteints sur 12 suivis, 4 en retard"
    return (
        Groupe(None, "Protocole 2015-2021", resume, tuple(map(cible, range(12)))),
        Groupe("A1", f"A1 · {TITRE_LONG}", "11 objectifs : 2 atteints sur 8 suivis", (
            *(cible(i, "A1") for i in range(6)), taux, depassee, sans_donnee, sans_nombre, masquee,
        )),
        Groupe("A2", "A2 · Clauses d’insertion", "17 objectifs", tuple(cible(i, "A2") for i in range(17))),
    )  # fmt: skip


def sections() -> tuple[Section, ...]:
    """Every section, with comments and decisions asked for."""
    synthese = Section(
        code="synthese",
        titre="Synthèse",
        message="La file active compte 986 parcours au 30 septembre 2021, soit 2,6 % de moins qu’un an plus tôt.",
        phrases=(
            "Sur 266 sorties, 98 sont positives : 36,8 % de toutes les sorties, 39,3 % hors sorties neutres.",
            "54,2 % des participants accompagnés sont des femmes : + 4,2 points par rapport à la parité.",
            "14 objectifs atteints sur 38 ; les plus en retard : A1 « Sorties positives » (78 % de l’attendu).",
        ),
        chiffres=(
            chiffre(
                "file_active", "File active", 986, "parcours", evolution="− 2,6 % en un an", precision="au 30/09/2021"
            ),
            chiffre("entrees", "Entrées", 240, "parcours", evolution="+ 3,2 % en un an"),
            chiffre("sorties", "Sorties", 266, "sorties", evolution="+ 8,1 % en un an"),
            chiffre(
                "taux_positives", "Sorties positives, parmi toutes les sorties", 0.368, "%", cible="objectif : 50,0 %"
            ),
            chiffre("taux_hors_neutres", "Sorties positives, hors sorties neutres", 0.393, "%", precision="98 sur 249"),
            chiffre("part_femmes", "Part de femmes parmi les participants accompagnés", 0.542, "%"),
            chiffre("duree", "Durée moyenne des parcours terminés", 14.2, "mois", evolution="+ 0,4 mois en un an"),
            chiffre("handicap", "Participants en situation de handicap", None, "%", precision="effectif trop faible"),
            chiffre("six_mois", "En emploi six mois après", None, "%", etat="non documenté"),
        ),
        images=(cascade(),),
        commentaire=PHRASE_LONGUE,
    )
    return (
        synthese,
        Section(
            code="objectifs",
            titre="Objectifs",
            message="14 objectifs atteints sur 38 ; les plus en retard sont ceux de l’opération A1.",
            groupes=groupes(),
            commentaire=COMMENTAIRE_LONG,
            points_de_decision=(PHRASE_LONGUE,) * 4,
        ),
        Section(
            code="file_active",
            titre="File active",
            message="986 parcours, 26 de moins qu’un an plus tôt.",
            images=(temps(), barres_longues(), barres_avec_norme()),
            commentaire='=HYPERLINK("http://exemple.invalid") n’est pas une formule.',
        ),
        Section(
            code="entrees_sorties",
            titre="Entrées et sorties",
            message="240 entrées pour 266 sorties ; 98 sorties sont positives.",
            phrases=("12 sorties sur 266 ne sont pas documentées : elles pèsent sur les deux taux.",),
            images=(flux(),),
            points_de_decision=("Valider la bascule de 12 sorties en attente.",),
        ),
        Section(
            "publics",
            "Publics et parité",
            "Les femmes sont 50,7 % des participants accompagnés.",
            images=(parts(), parite()),
        ),
    )


def suivis(nombre: int = 8) -> tuple[Suivi, ...]:
    """Earlier decisions, one without date nor follow-up."""
    etats = ("faite", "en cours", "à faire", "abandonnée")
    suivies = [
        Suivi(
            rang,
            PHRASE_LONGUE,
            "Direction du PLIE et communauté de communes",
            date(2021, 6, rang),
            etats[rang % 4],
            PHRASE_LONGUE,
        )
        for rang in range(1, nombre)
    ]
    return (*suivies, Suivi(nombre, "=Relancer la Région", "Équipe", None, "à faire", ""))


def definitions() -> tuple[Definition, ...]:
    """One per indicator of the pictures and figures."""
    codes = (
        *("file_active", "entrees", "sorties", "taux_positives", "taux_hors_neutres", "part_femmes", "duree"),
        *("handicap", "six_mois", "parcours_par_etp", "participants"),
    )
    return tuple(
        Definition(
            code,
            f"Libellé de {code}",
            f"Définition de {code} : parcours dont l’entrée est au plus tard le dernier jour et la sortie après ce "
            "jour, une personne comptant autant de fois qu’elle a de parcours.",
            "parcours",
            ("Protocole de Bordeaux, l. 212", "Annexe 3, page 4"),
            ("Le texte ne dit pas si le jour de la sortie compte.",) if code == "sorties" else (),
        )
        for code in codes
    )


def edition(**autres: object) -> Edition:
    """The whole edition, published; `autres` replaces fields."""
    question = Question("file_active", date(2021, 1, 1), date(2021, 9, 30))
    entiere = Edition(
        code_plie="AGENAIS",
        plie="PLIE de l’Agenais",
        instance="comite_pilotage",
        titre="Comité de pilotage, chiffres au 30 septembre 2021",
        audience="comite",
        du=date(2021, 1, 1),
        au=date(2021, 9, 30),
        date_donnees=date(2021, 9, 30),
        perimetre="PLIE de l’Agenais, toutes opérations, tout le territoire, du 1er janvier au 30 septembre 2021",
        operation=None,
        territoire=None,
        version=7,
        version_le=datetime(2021, 10, 4, 9, 30, tzinfo=UTC),
        arrondi_a=5,
        inventees=True,
        mention="fse",
        regles=(
            "Sortie positive : contrat de six mois ou plus (commission du 12/03/2015).",
            "=Règle qui ressemble à une formule",
        ),
        sections=sections(),
        suivis=suivis(),
        definitions=definitions(),
        figures=(Figure(question, "parcours", (ReponseFigee((), Etat.EXACT, 986.0, 986.0, None),)),),
        commentaire=PHRASE_LONGUE,
        numero=3,
        publie_le=datetime(2021, 10, 8, 14, 0, tzinfo=UTC),
        publie_par="animation@plie.invalid",
    )
    return replace(entiere, **autres)  # type: ignore[arg-type]
