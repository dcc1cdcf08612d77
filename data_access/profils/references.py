"""The codes that a PLIE has already given, with their wording: what local labels are compared with."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from data_access import tables as t

# Our column → the table that lists its codes, their column there, their wording.
_LISTES = {
    "type_sortie": (t.regles_de_sortie, "type_sortie", "libelle"),
    "type_etape": (t.types_etape, "type_etape", "libelle"),
    "code_operation": (t.operations, "code_operation", "intitule"),
    "code_referent": (t.referents, "code_referent", "code_referent"),
    "code_commune": (t.territoires, "code_territoire", "nom"),
    "code_quartier": (t.territoires, "code_territoire", "nom"),
    "code_indicateur": (t.objectifs, "code_indicateur", "libelle"),
}


@dataclass(frozen=True)
class References:
    """Our column → code → wording."""

    libelles: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, colonne: str) -> dict[str, str]:
        """The codes known for `colonne`; none when it is not a reference, or nothing is loaded."""
        return self.libelles.get(colonne, {})


def load_references(base: sa.Connection, code_plie: str) -> References:
    """The codes of one PLIE."""
    libelles = {}
    for colonne, (table, code, libelle) in _LISTES.items():
        requete = sa.select(table.c[code], table.c[libelle]).where(table.c.code_plie == code_plie)
        libelles[colonne] = {str(valeur): str(texte) for valeur, texte in base.execute(requete.order_by(table.c.id))}
    return References(libelles)
