"""Parts of the page « Étapes »: its figures, its sentence, its cards."""

from dataclasses import dataclass, replace

from components.cadre.chiffres import chiffre, chiffre_un_an_avant
from components.cadre.choix import Perimetre
from components.impression.cartes import Carte, carte_of, make_carte, show_cartes
from components.impression.cibles import find_cible, objectifs_of
from components.impression.delais_des_etapes import list_cards
from components.impression.modes import single_step_cards
from components.messages.etats import show_note
from indicators.horloges import by_clock
from indicators.nombres import ENVIRON, write_integer
from indicators.objectifs import ObjectifEvalue
from indicators.phrases import chiffres as phrases
from indicators.resultats import Cellule, Etat, ResultatPublie
from indicators.statuts import write_objectif


@dataclass(frozen=True)
class Figures:
    """The published figures that the sentence, the cards and the charts share."""

    etapes: ResultatPublie
    participants: ResultatPublie
    par_participant: ResultatPublie
    sans_etape: ResultatPublie
    par_type: ResultatPublie

    @property
    def documente(self) -> bool:
        """False when no PLIE of the perimeter gave its étapes."""
        return self.etapes.cellule.etat is not Etat.NON_DOCUMENTE

    @property
    def comptees(self) -> tuple[Cellule, ...]:
        """Cells by type that enter the total."""
        return tuple(c for c in self.par_type if not c.hors_total)

    @property
    def hors_total(self) -> tuple[Cellule, ...]:
        """Cells by type that are listed and never counted."""
        return tuple(c for c in self.par_type if c.hors_total)


def read_figures(perimetre: Perimetre) -> Figures:
    """Asks for every figure that several parts need."""
    filtres = perimetre.filtres
    return Figures(
        etapes=chiffre("etapes", filtres),
        participants=chiffre("etapes_participants", filtres),
        par_participant=chiffre("etapes_par_participant", filtres),
        sans_etape=chiffre("sans_etape", filtres),
        par_type=chiffre("etapes", filtres.split_by("plie", "classe", "type_etape")),
    )


def write_a_retenir(perimetre: Perimetre, figures: Figures) -> tuple[str, ...]:
    """The sentence, if every figure that it needs has a value."""
    cible = find_target(perimetre)
    sentence = phrases.say_etapes(
        figures.etapes,
        figures.participants,
        figures.par_participant,
        figures.sans_etape,
        cible.objectif if cible else None,
    )
    return phrases.keep((sentence,))


def find_target(perimetre: Perimetre) -> ObjectifEvalue | None:
    """The target on étapes par participant, of the protocol or of an operation."""
    return find_cible(perimetre, objectifs_of(perimetre), "etapes_par_participant")


def show_absent_sources(perimetre: Perimetre, figures: Figures) -> None:
    """Names the PLIE that never gave their étapes."""
    noms = [p.nom for p in perimetre.plie if p.code_plie in figures.etapes.plie_sans_source]
    if noms:
        suite = "leurs étapes ne sont pas documentées" if len(noms) > 1 else "ses étapes ne sont pas documentées"
        show_note(f"La feuille « Etapes » manque pour {phrases.enumerate_in_words(noms)} : {suite}, ce n’est pas zéro.")


def show_figures(perimetre: Perimetre, figures: Figures) -> None:
    """The cards."""
    filtres = perimetre.filtres
    show_cartes(
        (
            make_carte("etapes", filtres, "Étapes", "actives dans la période, hors types non comptés"),
            *single_step_cards("etapes", filtres, "Étapes des parcours d’une seule étape", "jamais ajoutées au total"),
            make_carte("etapes_participants", filtres, "Participants en étape", _share_in_etape(perimetre, figures)),
            _per_participant_card(perimetre, figures),
            make_carte("sans_etape", filtres, "Sans étape depuis 6 mois", _share_of_stock(perimetre, figures)),
            *_long_cards(perimetre),
        ),
        list_cards(perimetre),
    )


def _share_in_etape(perimetre: Perimetre, figures: Figures) -> str:
    accompagnes = chiffre("participants_accompagnes", perimetre.filtres)
    # In an operation, the étapes and the people are attached to it separately: one is not a part of the other.
    if perimetre.operation is not None:
        return ""
    part = phrases.write_share(figures.participants.cellule, accompagnes.cellule, 0)
    return f"{part} des {write_integer(accompagnes.valeur or 0)} participants accompagnés" if part else ""


def _share_of_stock(perimetre: Perimetre, figures: Figures) -> str:
    stock = chiffre("file_active", perimetre.filtres)
    part = phrases.write_share(figures.sans_etape.cellule, stock.cellule, 0)
    return f"{part} des {write_integer(stock.valeur or 0)} parcours en cours" if part else ""


def _per_participant_card(perimetre: Perimetre, figures: Figures) -> Carte:
    cible, cellule = find_target(perimetre), figures.par_participant.cellule
    ratio, partout = "", "" if perimetre.operation is None else ", toutes opérations"
    if cellule.numerateur is not None and cellule.denominateur is not None:
        ratio = (
            f"{ENVIRON if cellule.base else ''}{phrases.count(cellule.numerateur, 'étape')}{partout}, pour "
            f"{phrases.count(cellule.denominateur, 'participant accompagné', 'participants accompagnés')}"
        )
    return make_carte(
        "etapes_par_participant",
        perimetre.filtres,
        "Étapes par participant",
        ratio,
        f"{_owner(cible)} : {write_objectif(cible, cible.objectif)}" if cible else "",
    )


def _owner(cible: ObjectifEvalue) -> str:
    return f"Objectif de l’opération {cible.operation}" if cible.operation else "Objectif du protocole"


def _long_cards(perimetre: Perimetre) -> list[Carte]:
    filtres = perimetre.filtres
    actuels = chiffre("parcours_longs", filtres)
    avant = {c.par: c for c in chiffre_un_an_avant("parcours_longs", filtres)}
    return [
        carte_of(
            replace(actuels, cellules=(c,)),
            replace(actuels, cellules=(avant[c.par],)) if c.par in avant else None,
            by_clock(filtres, "Parcours de", "Entrés dans le PLIE depuis") + f" {c.at('seuil')} mois ou plus",
            by_clock(filtres, "dans la file active", "présents dans l’opération"),
        )
        for c in actuels
    ]
