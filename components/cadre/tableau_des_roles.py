"""The table of roles, as docs/deploiement.md prints it: read in the registry, never written by hand."""

from components.cadre.registre import ECRANS, TOUS

_ACTIONS = {
    "accorder": "accorder un droit",
    "anonymiser": "anonymiser au-delà de la durée de conservation",
    "annuler": "annuler un chargement",
    "charger": "charger un classeur",
    "decider": "noter les décisions",
    "enregistrer_profil": "enregistrer un profil",
    "modifier": "changer la lecture d’un droit",
    "publier": "publier une date",
    "rediger": "rédiger",
    "retirer": "retirer un droit",
    "telecharger": "télécharger",
}
_NOMS = {"comite": "comité"}


def write_table() -> str:
    """Markdown: one line a page or an action, one column a role."""
    entete = ["Page", *(_NOMS.get(role, role) for role in TOUS)]
    lignes = [entete, ["---"] * len(entete)]
    for ecran in ECRANS:
        lignes.append([f"**{ecran.titre}**", *_marks(ecran.roles)])
        for action, roles in ecran.actions.items():
            lignes.append([f"– {_ACTIONS.get(action, action.replace('_', ' '))}", *_marks(roles)])
    return "\n".join(f"| {' | '.join(ligne)} |" for ligne in lignes) + "\n"


def _marks(roles: tuple[str, ...]) -> list[str]:
    return ["oui" if role in roles else "–" for role in TOUS]
