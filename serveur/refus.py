"""What the server says, in French, when it does not give what was asked: a page for a browser, a line for a program.

And what its log says of an error: its type and where it came from, never its text.
"""

import logging
from html import escape
from types import TracebackType

from components.messages.etats import describe_failure
from data_access.refus import Refus

PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{quoi} – Tableau de bord PLIE</title>
<style>
body {{ font: 17px/1.5 sans-serif; color: #1B2733; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }}
a {{ color: #17607D; }}
</style>
</head>
<body>
<main>
<h1>{quoi}</h1>
<p>{pourquoi}</p>
<p>{que_faire} [{code}]</p>
<p><a href="{accueil}">Ouvrir le tableau de bord</a></p>
</main>
</body>
</html>
"""


class RefusHttp(Refus):
    """An answer that is not the one asked for: its HTTP status and its words."""

    def __init__(self, statut: int, code: str, quoi: str, pourquoi: str, que_faire: str) -> None:
        super().__init__(f"{quoi}. {pourquoi} {que_faire}", code)
        self.statut, self.quoi, self.pourquoi, self.que_faire = statut, quoi, pourquoi, que_faire


ADRESSE = RefusHttp(
    404,
    "SRV-010",
    "Page introuvable",
    "Il n’y a rien à cette adresse : le lien est incomplet, ou la page a changé de nom.",
    "Ouvrez le tableau de bord et choisissez la page dans le menu de gauche.",
)
CHEMIN = RefusHttp(
    400,
    "SRV-011",
    "Adresse refusée",
    "L’adresse demandée contient des signes qui n’ont pas leur place dans une adresse du tableau de bord.",
    "Vérifiez le lien, ou ouvrez le tableau de bord par son adresse habituelle.",
)
HOTE = RefusHttp(
    403,
    "SRV-012",
    "Nom de serveur refusé",
    "Le tableau de bord ne répond pas sous ce nom : il n’est pas dans le réglage server.allowedHosts.",
    "Ouvrez-le par son adresse habituelle, ou demandez à l’administration d’ajouter ce nom au réglage.",
)
RELAIS = RefusHttp(
    403,
    "SRV-013",
    "Accès réservé à cet ordinateur",
    "La connexion n’est pas configurée : sans elle, le tableau de bord ne répond pas à travers un relais ou un réseau.",
    "Demandez à l’administration de configurer la connexion (docs/deploiement.md).",
)
FICHIER = RefusHttp(
    404,
    "SRV-014",
    "Fichier indisponible",
    "Ce fichier n’existe plus : il dure autant que la page qui l’a préparé. Il peut aussi demander d’être connecté.",
    "Rouvrez la page du tableau de bord et téléchargez-le de nouveau.",
)
ORIGINE = RefusHttp(
    403,
    "SRV-018",
    "Demande d’un autre site refusée",
    "La demande vient d’une page qui n’est pas celle du tableau de bord.",
    "Ouvrez le tableau de bord par son adresse habituelle.",
)
DEPOT_RESERVE = RefusHttp(
    403,
    "SRV-019",
    "Dépôt refusé",
    "Un fichier se dépose depuis sa propre page du tableau de bord, en étant connecté et avec le droit de charger.",
    "Rechargez la page et recommencez ; sinon, demandez ce droit à l’administration.",
)
DEPOT_TROP_LOURD = RefusHttp(
    413,
    "SRV-020",
    "Trop de fichiers à la fois",
    "Les fichiers que vous avez déposés dépassent ensemble ce que le serveur garde pour une page (100 Mo).",
    "Rechargez la page, puis déposez-les en plusieurs fois.",
)
DEPOT_PLEIN = RefusHttp(
    503,
    "SRV-021",
    "Le serveur reçoit déjà beaucoup de fichiers",
    "Les fichiers en attente de tous les lecteurs occupent la place prévue (300 Mo). Rien n’est enregistré.",
    "Recommencez dans quelques minutes.",
)
DEMANDE = RefusHttp(
    400,
    "SRV-015",
    "Demande refusée",
    "Le serveur n’accepte pas cette demande à cette adresse.",
    "Rechargez la page ; si le message revient, signalez-le à l’équipe d’animation avec son code.",
)
PANNE = RefusHttp(
    500,
    "SRV-001",
    "Le tableau de bord n’a pas pu répondre",
    "Une erreur est survenue sur le serveur. Les données ne sont pas touchées.",
    "Rechargez la page ; si le message revient, signalez-le à l’équipe d’animation avec son code.",
)
_PAR_STATUT = {400: CHEMIN, 404: ADRESSE}


def find_refus(statut: int, chemin: str) -> RefusHttp:
    """The words for an answer of Streamlit that failed with that status."""
    if statut >= PANNE.statut:
        return PANNE
    if chemin.startswith("/media/"):
        return FICHIER
    return _PAR_STATUT.get(statut, DEMANDE)


def write_refus(refus: RefusHttp, accept: str, accueil: str = "/") -> tuple[str, bytes]:
    """Content type and body: a page if the reader accepts html, else one line of text."""
    if "text/html" not in accept:
        return "text/plain; charset=utf-8", f"{refus}\n".encode()
    page = PAGE.format(**vars(refus) | {"accueil": escape(accueil, quote=True)})
    return "text/html; charset=utf-8", page.encode()


Infos = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def write_exception(_formateur: logging.Formatter, infos: Infos) -> str:
    """One line instead of a traceback."""
    return describe_failure(infos[1]) if infos[1] is not None else ""


def keep_values_out_of_logs() -> None:
    """For every log of this server, Streamlit's and uvicorn's included: the text of an error may quote a row.

    Streamlit must not use rich (`logger.enableRich = false`): it writes past logging.
    """
    logging.Formatter.formatException = write_exception  # type: ignore[assignment, method-assign]
