"""The rows that a figure counts, and the frame (perimeter and period) in which they are looked for.

One definition of which rows gives the figure, every split, the monthly series and the list for those entitled.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, wraps

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.jours import add_months
from data_access.format import MODE_COMPLET, MODE_ETAPE_SEULE
from indicators.decoupages import DECOUPAGES
from indicators.perimetre import Filtres, Periode

Condition = sa.ColumnElement[bool]

IDENTIFIANT = "identifiant"
"""Among the columns of `Lignes`, the one that names a row in a list."""


def of_parcours(table: sa.FromClause) -> Condition:
    """Rows of `table` and parcours that belong together."""
    return sa.and_(t.parcours.c.code_plie == table.c.code_plie, t.parcours.c.id_parcours == table.c.id_parcours)


_SEJOURS = t.sejours.join(t.parcours, of_parcours(t.sejours))


def has(table: sa.Table, *conditions: Condition) -> Condition:
    """A row of `table` that hangs on the parcours meets the conditions."""
    lignes = sa.select(sa.literal(1)).select_from(table).where(of_parcours(table), *conditions)
    return lignes.correlate_except(table).exists()


def covers(debut: sa.ColumnElement, fin: sa.ColumnElement, jour: date | sa.ColumnElement) -> Condition:
    """debut ≤ jour and (fin empty or fin ≥ jour)."""
    return sa.and_(debut <= jour, sa.or_(fin.is_(None), fin >= jour))


def _is_among(colonne: sa.ColumnElement, valeurs: Sequence[str]) -> Condition:
    return colonne == valeurs[0] if len(valeurs) == 1 else colonne.in_(valeurs)


@dataclass(frozen=True)
class Lignes:
    """Rows to count.

    `colonnes`: split → column. `cle`: what makes two rows the same one (None: rows are already distinct).
    `quantite`: what is summed or averaged instead of counting. `mois`: month column when each row happens
    on one day of the period, which lets a monthly series be one statement.
    """

    source: sa.FromClause
    conditions: tuple[Condition, ...]
    colonnes: Mapping[str, sa.ColumnElement]
    cle: sa.ColumnElement | None = None
    quantite: sa.ColumnElement | None = None
    mois: sa.ColumnElement | None = None

    def where(self, *conditions: Condition) -> "Lignes":
        """The same rows, fewer."""
        return replace(self, conditions=(*self.conditions, *conditions))

    def only(self, decoupage: str, *valeurs: str) -> "Lignes":
        """The same rows, of these parts of a split."""
        return self.where(_is_among(self.colonnes[decoupage], valeurs))

    def measuring(self, quantite: sa.ColumnElement) -> "Lignes":
        """The same rows, each bearing a quantity."""
        return replace(self, quantite=quantite)

    def counted(self) -> "Lignes":
        """The same rows, no longer measured."""
        return replace(self, quantite=None)

    def up_to(self, seuil: int) -> "Lignes":
        """Of measured rows, those whose quantity is `seuil` at most, counted."""
        if self.quantite is None:
            raise ValueError("Ces lignes ne portent pas de quantité.")
        return self.counted().where(self.quantite <= seuil)

    def joined(self, table: sa.FromClause) -> "Lignes":
        """The same rows, each with what `table` says of its parcours; the others are left out."""
        return replace(self, source=self.source.join(table, of_parcours(table)))

    def select(self, *colonnes: sa.ColumnElement) -> sa.Select:
        """The rows themselves, as a statement: for lists shown to those entitled, and for tests."""
        requete = sa.select(*colonnes).select_from(self.source).where(*self.conditions)
        return requete.distinct() if self.cle is not None else requete


def once(lire: Callable[["Cadre"], Lignes]) -> Callable[["Cadre"], Lignes]:
    """The rows that a frame gives, made once: two figures made of the same rows then share their very conditions, and
    the engine reads numerator and denominator in one pass."""
    nom = f"_{lire.__name__}"

    @wraps(lire)
    def garde(cadre: "Cadre") -> Lignes:
        if nom not in cadre.__dict__:
            cadre.__dict__[nom] = lire(cadre)
        return cadre.__dict__[nom]

    return garde


@dataclass(frozen=True)
class Cadre:
    """Perimeter and period in which an indicator looks for its rows.

    Inside an operation two clocks run (definitions.md, « Perimeters »): who is there, who comes and who leaves follow
    the séjours; seniority and exits from the PLIE follow the parcours of those who are there. Split by `operation`,
    a frame is inside each operation at once.

    `territoires` are the codes of the territory asked for and of all its descendants.
    `retours_le_meme_jour`: someone comes back on a day when another of their parcours begins.
    """

    filtres: Filtres
    territoires: tuple[str, ...] = ()
    seuil: int | None = None
    retours_le_meme_jour: bool = False

    def over(self, periode: Periode) -> "Cadre":
        """The same frame over another period."""
        return replace(self, filtres=self.filtres.over(periode))

    @property
    def du(self) -> date:
        """First day of the period."""
        return self.filtres.periode.du

    @property
    def au(self) -> date:
        """Last day of the period: the day D of every stock."""
        return self.filtres.periode.au

    def months_before(self, mois: int) -> date:
        """D − `mois` calendar months."""
        return add_months(self.au, -mois)

    @property
    def in_operation(self) -> bool:
        """True inside one operation, or inside each of them."""
        return self.filtres.operation is not None or "operation" in self.filtres.par

    # -- perimeter ---------------------------------------------------------------------------------

    def of_plie(self, colonne: sa.ColumnElement) -> Condition:
        """Rows of the PLIE asked for."""
        return _is_among(colonne, self.filtres.plie)

    def of_mode(self, colonne: sa.ColumnElement) -> tuple[Condition, ...]:
        """Complete parcours; both modes count in an operation, and each has its own part when split by mode."""
        if self.in_operation:
            return ()
        if "mode" in self.filtres.par:
            return (colonne.in_((MODE_COMPLET, MODE_ETAPE_SEULE)),)
        return (colonne == MODE_COMPLET,)

    def of_territoire(self, table: sa.Table = t.parcours) -> tuple[Condition, ...]:
        """Rows of who lives in the territory asked for, if any."""
        if self.filtres.territoire is None:
            return ()
        return (sa.or_(table.c.code_commune.in_(self.territoires), table.c.code_quartier.in_(self.territoires)),)

    def of_operation(self, colonne: sa.ColumnElement) -> tuple[Condition, ...]:
        """Rows of the operation asked for, if any."""
        return () if self.filtres.operation is None else (colonne == self.filtres.operation,)

    @cached_property
    def columns(self) -> dict[str, sa.ColumnElement]:
        """What a parcours says of each split."""
        p = t.parcours.c
        return {d.code: p[d.colonne] for d in DECOUPAGES.values() if d.colonne in p} | {IDENTIFIANT: p.id_parcours}

    @property
    def _dates(self) -> sa.ColumnCollection:
        """Of the séjour inside an operation, else of the parcours."""
        return t.sejours.c if self.in_operation else t.parcours.c

    # -- rows --------------------------------------------------------------------------------------

    @once
    def sejours(self) -> Lignes:
        """Séjours in the operation (without one: in any), of both modes, whatever their dates."""
        s = t.sejours.c
        conditions = (self.of_plie(s.code_plie), *self.of_operation(s.code_operation), *self.of_territoire())
        colonnes = self.columns | {"operation": s.code_operation, "situation": s.situation_sortie}
        return Lignes(_SEJOURS, conditions, colonnes)

    @once
    def dated_rows(self) -> Lignes:
        """Séjours inside an operation, else parcours."""
        p = t.parcours.c
        if self.in_operation:
            return self.sejours()
        conditions = (self.of_plie(p.code_plie), *self.of_mode(p.mode), *self.of_territoire())
        return Lignes(t.parcours, conditions, self.columns)

    @once
    def presences(self) -> Lignes:
        """Parcours of the perimeter, whatever their dates; inside an operation, those accompanied in it, once each."""
        if not self.in_operation:
            return self.dated_rows()
        s = t.sejours.c
        presents = self.accompagnes().select(s.code_plie, s.id_parcours, s.code_operation).distinct().subquery()
        source = presents.join(t.parcours, of_parcours(presents))
        return Lignes(source, (), self.columns | {"operation": presents.c.code_operation})

    @once
    def file_active(self) -> Lignes:
        """Present on the evening of au."""
        return self.present_on(self.au)

    def present_on(self, soir: date) -> Lignes:
        """entree_le ≤ soir and (sortie_le empty or > soir)."""
        x = self._dates
        return self.dated_rows().where(x.entree_le <= soir, x.fin_le > soir)

    @once
    def entrees(self) -> Lignes:
        """du ≤ entree_le ≤ au: séjours begun inside an operation, else parcours begun."""
        x = self._dates
        return replace(self.dated_rows().where(x.entree_le.between(self.du, self.au)), mois=x.entree_mois)

    def accompagnes(self) -> Lignes:
        """Present at least one day of the period: entree_le ≤ au and (sortie_le empty or sortie_le ≥ du).

        Nobody is in an operation after its last day, when those still there are said to leave it.
        """
        x = self._dates
        fin = x.dernier_jour if self.in_operation else x.fin_le
        return self.dated_rows().where(x.entree_le <= self.au, fin >= self.du)

    @once
    def sorties_operation(self) -> Lignes:
        """Séjours ended in the period."""
        s = t.sejours.c
        return replace(self.sejours().where(s.fin_le.between(self.du, self.au)), mois=s.fin_mois)

    def departs(self) -> Lignes:
        """Who leaves the file active in the period: of the operation inside one, else of the PLIE."""
        return self.sorties_operation() if self.in_operation else self.sorties()

    @once
    def sorties(self) -> Lignes:
        """du ≤ sortie_le ≤ au; inside an operation, only on a day when a participation in it is in force."""
        p = t.parcours.c
        lignes = replace(self.dated_rows().where(p.fin_le.between(self.du, self.au)), mois=p.sortie_mois)
        return self.in_force_on(lignes, p.fin_le)

    def in_force_on(self, lignes: Lignes, jour: sa.ColumnElement) -> Lignes:
        """Inside an operation, the rows whose `jour` is one when a participation in it is in force."""
        s = t.sejours.c
        return lignes.where(s.entree_le <= jour, s.dernier_jour >= jour) if self.in_operation else lignes

    def is_suspended(self) -> Condition:
        """A suspension of the parcours covers au."""
        return has(t.suspensions, covers(t.suspensions.c.debut, t.suspensions.c.fin, self.au))

    @once
    def people(self) -> Lignes:
        """The people accompanied in the period, once each."""
        return self.distinct_people(self.accompagnes())

    def distinct_people(self, lignes: Lignes) -> Lignes:
        """One row a person: the parcours with the latest entree_le, then the greatest id_parcours.

        Over a whole PLIE the rows whose person comes back before au are left out: that next parcours starts by au, so
        it is in the period too. A filtered perimeter may hold one of the two alone, and of two parcours that begin on
        one day the period may hold one: hence the general form.
        """
        filtre = self.in_operation or self.filtres.territoire is not None
        if not filtre and not self.retours_le_meme_jour:
            return lignes.where(t.parcours.c.suivant_le > self.au)
        return self.distinct_people_general(lignes)

    def distinct_people_general(self, lignes: Lignes, *aussi: str) -> Lignes:
        """The same by ranking the rows: true in any perimeter. `aussi`: splits inside which people count anew."""
        p = t.parcours.c
        groupe = [lignes.colonnes[d] for d in ("mode", "operation", *aussi) if d in self.filtres.par]
        # Inside an operation two séjours of one parcours tie: any of them will do, but always the same.
        egaux = (t.sejours.c.id,) if lignes.source is _SEJOURS else ()
        rang = sa.func.row_number().over(
            partition_by=(p.code_plie, p.id_participant, *groupe),
            order_by=(p.entree_le.desc(), p.id_parcours.desc(), *egaux),
        )
        utiles = self.useful_columns(lignes)
        classees = lignes.select(*(c.label(d) for d, c in utiles.items()), rang.label("rang")).subquery()
        return Lignes(classees, (classees.c.rang == 1,), {d: classees.c[d] for d in utiles})

    def useful_columns(self, lignes: Lignes) -> dict[str, sa.ColumnElement]:
        """Of the columns of the rows, those that the answer may be asked for."""
        return {d: c for d, c in lignes.colonnes.items() if d in ("plie", "sexe", IDENTIFIANT, *self.filtres.par)}
