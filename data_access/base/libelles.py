"""The wordings of the codes that a PLIE uses, as its own sheets give them."""

import sqlalchemy as sa

from data_access import tables as t
from data_access.format import FEUILLES, feuille


def read_labels(base: sa.Connection, code_plie: str) -> dict[str, dict[str, str]]:
    """Each column that cites a list of the PLIE → code → its wording there, empty where the list gives none."""
    lues: dict[tuple[str, str], dict[str, str]] = {}
    libelles = {}
    for colonne in (colonne for origine in FEUILLES for colonne in origine.colonnes):
        if not colonne.cite or colonne.numero:
            continue
        citee = feuille(colonne.cite)
        table, code = t.TABLES[citee.table], citee.cited_as(colonne.nom)
        if (citee.table, code) not in lues:
            requete = sa.select(table.c[code], table.c[citee.libelle]).where(table.c.code_plie == code_plie)
            lues[citee.table, code] = {c: texte or "" for c, texte in base.execute(requete.order_by(table.c.id)) if c}
        libelles[colonne.nom] = lues[citee.table, code]
    return libelles
