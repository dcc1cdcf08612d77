"""Why a base that answers cannot be written: said in French, the same words on a screen and on the command line."""

from data_access.refus import Refus


class EcritureRefusee(Refus):
    """`cause`: why, alone, for those who can do nothing about it."""

    def __init__(self, cause: str, remede: str, code: str) -> None:
        super().__init__(f"{cause}. Rien n’est enregistré, les données d’avant sont intactes. {remede}", code)
        self.cause = cause


PLEIN = EcritureRefusee("Le disque de la base de données est plein", "Libérez de la place puis recommencez.", "BAS-002")
LECTURE_SEULE = EcritureRefusee(
    "La base de données est en lecture seule",
    "Rétablissez le droit d’écrire sur son fichier et son dossier, ou quittez le serveur de secours, puis recommencez.",
    "BAS-003",
)
OCCUPEE = EcritureRefusee(
    "La base de données est occupée par une autre écriture", "Recommencez dans quelques minutes.", "BAS-004"
)
# Names of SQLite without what follows their first two words, and codes of PostgreSQL.
_RAISONS = {
    "SQLITE_FULL": PLEIN,
    "SQLITE_IOERR_WRITE": PLEIN,
    "53100": PLEIN,
    "SQLITE_READONLY": LECTURE_SEULE,
    "25006": LECTURE_SEULE,
    "SQLITE_BUSY": OCCUPEE,
    "55P03": OCCUPEE,
}


def explain_refusal(erreur: BaseException) -> EcritureRefusee | None:
    """The reason, when the base refused a writing for want of room or of permission; None for any other error.

    `erreur`: of SQLAlchemy, or of the driver itself.
    """
    origine = getattr(erreur, "orig", None) or erreur
    nom = getattr(origine, "sqlite_errorname", "") or getattr(origine, "sqlstate", "") or ""
    # SQLite says more than is needed: SQLITE_READONLY_DBMOVED, SQLITE_READONLY_DIRECTORY…
    return _RAISONS.get(nom) or _RAISONS.get("_".join(nom.split("_")[:2]))
