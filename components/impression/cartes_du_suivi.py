"""Cards of the follow-up on the page « File active »: who is suspended, how often people are met."""

from components.cadre.chiffres import chiffre
from components.impression.cartes import Carte, make_carte
from indicators.nombres import write_ratio, write_value
from indicators.perimetre import Filtres

PAR_MOIS, PREMIER = "contacts_par_participant_et_mois", "premier_entretien"


def follow_up_cards(filtres: Filtres) -> tuple[Carte, ...]:
    """Who is suspended, how often the others are met, and how soon."""
    vus = chiffre("entretien_du_mois", filtres).cellule
    return (
        make_carte("file_active_suspendus", filtres, "Parcours suspendus", "compris dans la file active"),
        make_carte(
            "entretien_du_mois", filtres, "Vus en entretien dans le mois", write_ratio(vus, "parcours non suspendus")
        ),
        make_carte(PAR_MOIS, filtres, "Contacts par personne et par mois", _of_which_meetings(filtres)),
        make_carte(PREMIER, filtres, "Délai du premier entretien", _within(filtres)),
    )


def _of_which_meetings(filtres: Filtres) -> str:
    """« dont entretiens : 0,8 »."""
    par_nature = chiffre(PAR_MOIS, filtres.split_by("nature_contact"))
    entretiens = next((c for c in par_nature if dict(c.par).get("nature_contact") == "entretien"), None)
    if entretiens is None or entretiens.valeur is None:
        return ""
    return f"dont entretiens : {write_value(entretiens, par_nature.unite)}"


def _within(filtres: Filtres) -> str:
    """« médiane ; 17 % dans les 30 jours »."""
    parts = chiffre("premier_entretien_respecte", filtres)
    dites = [
        f"{write_value(c, parts.unite)} dans les {c.at('seuil')} jours de la prescription"
        for c in parts
        if c.valeur is not None
    ]
    return "médiane ; " + ", ".join(dites) if dites else "médiane, depuis la prescription"
