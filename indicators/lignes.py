"""The rows that a figure counts, and the frame (perimeter and period) in which they are looked for.

An indicator says « which rows »; the engine of `indicators.calcul` counts, splits and divides them.
One definition thus gives the figure, every split, the monthly series and the list for those entitled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import sqlalchemy as sa

from data_access import tables as t
from data_access.base.jours import add_months
from data_access.format import MODE_COMPLET, MODE_ETAPE_SEULE
from indicators.decoupages import DECOUPAGES
from indicators.perimetre import Filtres, Periode

Condition = sa.ColumnElement[bool]

IDENTIFIANT = "identifiant"
"""Among the columns of `Lignes`, the one that names a row in a list."""

_ETAPE_COLUMNS = {
    "plie": "code_plie",
    "operation": "code_operation",
    "classe": "code_classe",
    "type_etape": "type_etape_montre",
    "sexe": "sexe",
    "mode": "mode",
    "commune": "code_commune",
    "quartier": "code_quartier",
    IDENTIFIANT: "id_etape",
}


def _with_parcours(enfant: sa.Table) -> sa.Join:
    e, p = enfant.c, t.parcours.c
    return enfant.join(t.parcours, sa.and_(p.code_plie == e.code_plie, p.id_parcours == e.id_parcours))


_ETAPES = _with_parcours(t.etapes)
_SEJOURS = _with_parcours(t.sejours)


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

    def measuring(self, quantite: sa.ColumnElement) -> "Lignes":
        """The same rows, each bearing a quantity."""
        return replace(self, quantite=quantite)

    def select(self, *colonnes: sa.ColumnElement) -> sa.Select:
        """The rows themselves, as a statement: for lists shown to those entitled, and for tests."""
        requete = sa.select(*colonnes).select_from(self.source).where(*self.conditions)
        return requete.distinct() if self.cle is not None else requete


@dataclass(frozen=True)
class Cadre:
    """Perimeter and period in which an indicator looks for its rows.

    Inside an operation two clocks run (definitions.md, « Perimeters »): who is there, who comes and who leaves follow
    the séjours; seniority and exits from the PLIE follow the parcours of those who are there. Split by `operation`,
    a frame is inside each operation at once.

    The usual rows are made once: two figures made of the same rows then share their very conditions,
    and the engine reads numerator and denominator in one pass.

    `territoires` are the codes of the territory asked for and of all its descendants.
    `retours_le_meme_jour`: someone comes back on a day when another of their parcours begins.
    """

    def over(self, periode: Periode) -> "Cadre":
        """The same frame over another period."""
        return replace(self, filtres=self.filtres.over(periode))

    filtres: Filtres
    territoires: tuple[str, ...] = ()
    seuil: int | None = None
    retours_le_meme_jour: bool = False

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

    def months_after(self, mois: int) -> date:
        """D + `mois` calendar months."""
        return add_months(self.au, mois)

    @property
    def in_operation(self) -> bool:
        """True inside one operation, or inside each of them."""
        return self.filtres.operation is not None or "operation" in self.filtres.par

    @property
    def whole_plie(self) -> bool:
        """True without filter on territory or operation: distinct people then need no DISTINCT."""
        return not self.in_operation and self.filtres.territoire is None

    # -- perimeter ---------------------------------------------------------------------------------

    def _of_plie(self, colonne: sa.ColumnElement) -> Condition:
        codes = self.filtres.plie
        return colonne == codes[0] if len(codes) == 1 else colonne.in_(codes)

    def _of_mode(self, colonne: sa.ColumnElement) -> tuple[Condition, ...]:
        # Both modes count in an operation, and each has its own part when split by mode.
        if self.in_operation:
            return ()
        if "mode" in self.filtres.par:
            return (colonne.in_((MODE_COMPLET, MODE_ETAPE_SEULE)),)
        return (colonne == MODE_COMPLET,)

    def _of_territoire(self, table: sa.Table = t.parcours) -> tuple[Condition, ...]:
        if self.filtres.territoire is None:
            return ()
        return (sa.or_(table.c.code_commune.in_(self.territoires), table.c.code_quartier.in_(self.territoires)),)

    @cached_property
    def _on_parcours(self) -> tuple[Condition, ...]:
        p = t.parcours.c
        return (self._of_plie(p.code_plie), *self._of_mode(p.mode), *self._of_territoire())

    @cached_property
    def _columns(self) -> dict[str, sa.ColumnElement]:
        p = t.parcours.c
        return {d.code: p[d.colonne] for d in DECOUPAGES.values() if d.colonne in p} | {IDENTIFIANT: p.id_parcours}

    def _of_operation(self, colonne: sa.ColumnElement) -> tuple[Condition, ...]:
        return () if self.filtres.operation is None else (colonne == self.filtres.operation,)

    # -- rows --------------------------------------------------------------------------------------

    def sejours(self) -> Lignes:
        """Séjours in the operation (without one: in any), of both modes, whatever their dates."""
        return self._sejours

    @cached_property
    def _sejours(self) -> Lignes:
        s = t.sejours.c
        conditions = (self._of_plie(s.code_plie), *self._of_operation(s.code_operation), *self._of_territoire())
        colonnes = self._columns | {"operation": s.code_operation, "situation": s.situation_sortie}
        return Lignes(_SEJOURS, conditions, colonnes)

    @cached_property
    def _dated_rows(self) -> Lignes:
        """Séjours inside an operation, else parcours."""
        return self._sejours if self.in_operation else Lignes(t.parcours, self._on_parcours, self._columns)

    @property
    def _presence(self) -> sa.ColumnCollection:
        """What bears `entree_le` and `fin_le`: of the séjour inside an operation, else of the parcours."""
        return t.sejours.c if self.in_operation else t.parcours.c

    def presences(self) -> Lignes:
        """Parcours of the perimeter, whatever their dates; inside an operation, those accompanied in it, once each."""
        if not self.in_operation:
            return self._dated_rows
        p, presents = t.parcours.c, self._present_parcours
        source = presents.join(
            t.parcours, sa.and_(p.code_plie == presents.c.code_plie, p.id_parcours == presents.c.id_parcours)
        )
        return Lignes(source, (), self._columns | {"operation": presents.c.code_operation})

    @cached_property
    def _present_parcours(self) -> sa.Subquery:
        """The parcours accompanied in an operation in the period, once each whatever their séjours in it."""
        s = t.sejours.c
        return self.accompagnes().select(s.code_plie, s.id_parcours, s.code_operation).distinct().subquery()

    def file_active(self, jour: date | None = None) -> Lignes:
        """Present on the evening of `jour` (default au): entree_le ≤ jour and (sortie_le empty or > jour)."""
        return self._present_on(jour) if jour else self._present_on_au

    @cached_property
    def _present_on_au(self) -> Lignes:
        return self._present_on(self.au)

    def _present_on(self, soir: date) -> Lignes:
        x = self._presence
        return self._dated_rows.where(x.entree_le <= soir, x.fin_le > soir)

    def entrees(self) -> Lignes:
        """du ≤ entree_le ≤ au: séjours begun inside an operation, else parcours begun."""
        return self._entrees

    @cached_property
    def _entrees(self) -> Lignes:
        x = self._presence
        return replace(self._dated_rows.where(x.entree_le.between(self.du, self.au)), mois=x.entree_mois)

    def accompagnes(self) -> Lignes:
        """Present at least one day of the period: entree_le ≤ au and (sortie_le empty or sortie_le ≥ du).

        Nobody is in an operation after its last day, when those still there are said to leave it.
        """
        x = self._presence
        fin = x.dernier_jour if self.in_operation else x.fin_le
        return self._dated_rows.where(x.entree_le <= self.au, fin >= self.du)

    def sorties_operation(self) -> Lignes:
        """Séjours ended in the period."""
        s = t.sejours.c
        return replace(self._sejours.where(s.fin_le.between(self.du, self.au)), mois=s.fin_mois)

    def departs(self) -> Lignes:
        """Who leaves the file active in the period: of the operation inside one, else of the PLIE."""
        return self.sorties_operation() if self.in_operation else self.sorties()

    def sorties(self) -> Lignes:
        """du ≤ sortie_le ≤ au; inside an operation, only on a day when a participation in it is in force."""
        return self._sorties

    @cached_property
    def _sorties(self) -> Lignes:
        p = t.parcours.c
        lignes = replace(self._dated_rows.where(p.fin_le.between(self.du, self.au)), mois=p.sortie_mois)
        return self._in_force_on(lignes, p.fin_le)

    def _in_force_on(self, lignes: Lignes, jour: sa.ColumnElement) -> Lignes:
        """Inside an operation, the rows whose `jour` is one when a participation in it is in force."""
        s = t.sejours.c
        return lignes.where(s.entree_le <= jour, s.dernier_jour >= jour) if self.in_operation else lignes

    def people(self) -> Lignes:
        """The people accompanied in the period, once each."""
        return self._people

    @cached_property
    def _people(self) -> Lignes:
        return self.distinct_people(self.accompagnes())

    def distinct_people(self, lignes: Lignes) -> Lignes:
        """One row a person: the parcours with the latest entree_le, then the greatest id_parcours.

        Over a whole PLIE the rows whose person comes back before au are simply left out: that next
        parcours starts by au, so it is in the period too (architecture.md, « Speed »). A filtered
        perimeter may hold only one of the two parcours, and a parcours that begins and ends on the day when
        another begins may be out of the period while the other is in: hence the general form.
        """
        if self.whole_plie and not self.retours_le_meme_jour:
            return lignes.where(t.parcours.c.suivant_le > self.au)
        return self.distinct_people_general(lignes)

    def distinct_people_general(self, lignes: Lignes, *aussi: str) -> Lignes:
        """The same by ranking the rows: true in any perimeter. `aussi`: splits inside which people count anew."""
        p = t.parcours.c
        groupe: list[sa.ColumnElement] = [p.code_plie, p.id_participant]
        groupe += [lignes.colonnes[d] for d in ("mode", "operation", *aussi) if d in self.filtres.par]
        rang = sa.func.row_number().over(
            partition_by=groupe, order_by=(p.entree_le.desc(), p.id_parcours.desc(), *_tie(lignes))
        )
        utiles = {d: c for d, c in lignes.colonnes.items() if d in ("plie", "sexe", IDENTIFIANT, *self.filtres.par)}
        classees = (
            sa.select(*(c.label(d) for d, c in utiles.items()), rang.label("rang"))
            .select_from(lignes.source)
            .where(*lignes.conditions)
            .subquery()
        )
        return Lignes(classees, (classees.c.rang == 1,), {d: classees.c[d] for d in utiles})

    def etapes_actives(self, toutes: bool = False) -> Lignes:
        """Counted étapes active in the period: debut ≤ au and (end empty or ≥ du).

        The end is the étape's or its parcours', whichever comes first. `toutes` adds the types flagged
        `comptee = non`, which are listed but never totalled.
        """
        return self._active(toutes=True) if toutes else self._counted_active

    @cached_property
    def _counted_active(self) -> Lignes:
        return self._active(toutes=False)

    def _active(self, *, toutes: bool) -> Lignes:
        e = t.etapes.c
        return self._etapes(toutes).where(e.debut <= self.au, e.fin_le >= self.du)

    def etapes_commencees(self) -> Lignes:
        """Counted étapes with du ≤ debut ≤ au."""
        e = t.etapes.c
        return replace(self._etapes(False).where(e.debut.between(self.du, self.au)), mois=e.debut_mois)

    def _etapes(self, toutes: bool) -> Lignes:
        e = t.etapes.c
        conditions: list[Condition] = [self._of_plie(e.code_plie), *self._of_mode(e.mode), e.compte.is_(sa.true())]
        conditions += [] if toutes else [e.comptee.is_(sa.true())]
        conditions += self._of_territoire(t.etapes)
        conditions += self._of_operation(e.code_operation)
        propres = {code: e[colonne] for code, colonne in _ETAPE_COLUMNS.items()} | {"comptee": e.comptee}
        if set(self.filtres.par) <= set(propres):
            return Lignes(t.etapes, tuple(conditions), propres)
        return Lignes(_ETAPES, tuple(conditions), self._columns | propres)

    def people_of_etapes(self, lignes: Lignes) -> Lignes:
        """The people of those étapes, once each inside a class or type of étape.

        Sex belongs to the person: without another characteristic the étapes alone answer. The others are
        those of the most recent parcours, which has to be found.
        """
        e = t.etapes.c
        if set(self.filtres.par) <= {"plie", "operation", "classe", "type_etape", "sexe", "mode"}:
            personnes = dict(lignes.colonnes) | {IDENTIFIANT: e.id_participant}
            return replace(lignes, colonnes=personnes, cle=e.code_plie + "|" + e.id_participant)
        jointes = Lignes(_ETAPES, lignes.conditions, self._columns | dict(lignes.colonnes))
        return self.distinct_people_general(jointes, "classe", "type_etape")

    def etapes_of_people(self) -> Lignes:
        """Counted étapes, of whatever operation, active in the period, of the parcours accompanied in it."""
        if not self.in_operation:
            return self.etapes_actives()
        e, p, presents = t.etapes.c, t.parcours.c, self.presences()
        conditions = (
            self._of_plie(e.code_plie),
            e.compte.is_(sa.true()),
            e.comptee.is_(sa.true()),
            e.debut <= self.au,
            e.fin_le >= self.du,
        )
        source = presents.source.join(t.etapes, sa.and_(e.code_plie == p.code_plie, e.id_parcours == p.id_parcours))
        return Lignes(source, conditions, presents.colonnes)

    def has_counted_etape(self, apres: date) -> Condition:
        """A counted étape of the parcours overlaps ]apres, au]."""
        e, p = t.etapes.c, t.parcours.c
        return (
            sa.select(sa.literal(1))
            .select_from(t.etapes)
            .where(
                e.code_plie == p.code_plie,
                e.id_parcours == p.id_parcours,
                e.compte.is_(sa.true()),
                e.comptee.is_(sa.true()),
                e.debut <= self.au,
                e.fin_le > apres,
            )
            .correlate(t.parcours)
            .exists()
        )

    def is_suspended(self) -> Condition:
        """A suspension of the parcours covers au: debut ≤ au and (fin empty or fin ≥ au)."""
        s, p = t.suspensions.c, t.parcours.c
        return (
            sa.select(sa.literal(1))
            .select_from(t.suspensions)
            .where(
                s.code_plie == p.code_plie,
                s.id_parcours == p.id_parcours,
                s.debut <= self.au,
                sa.or_(s.fin.is_(None), s.fin >= self.au),
            )
            .correlate(t.parcours)
            .exists()
        )

    def has_contact_after(self, jour: date) -> Condition:
        """A contact of the parcours is dated after `jour` and by au."""
        c, p = t.contacts.c, t.parcours.c
        return (
            sa.select(sa.literal(1))
            .select_from(t.contacts)
            .where(
                c.code_plie == p.code_plie,
                c.id_parcours == p.id_parcours,
                c.contact_le > jour,
                c.contact_le <= self.au,
            )
            .correlate(t.parcours)
            .exists()
        )

    def contacts(self) -> Lignes:
        """Contacts dated in the period; inside an operation, those on a day of participation in it."""
        c, presences = t.contacts.c, self._dated_rows
        p = t.parcours.c
        source = presences.source.join(t.contacts, sa.and_(c.code_plie == p.code_plie, c.id_parcours == p.id_parcours))
        conditions = (*presences.conditions, self._of_plie(c.code_plie), c.contact_le.between(self.du, self.au))
        contacts = Lignes(source, conditions, dict(presences.colonnes) | {"nature": c.nature})
        return self._in_force_on(contacts, c.contact_le)

    def referents_en_poste(self) -> Lignes:
        """Référents in post on au: depuis ≤ au and (jusqua empty or ≥ au). They belong to the PLIE."""
        r, o = t.referents.c, t.operations.c
        conditions = (self._of_plie(r.code_plie), r.depuis <= self.au, sa.or_(r.jusqua.is_(None), r.jusqua >= self.au))
        colonnes = {"plie": r.code_plie, "referent": r.code_referent}
        if "operation" not in self.filtres.par:
            return Lignes(t.referents, conditions, colonnes)
        source = t.referents.join(t.operations, o.code_plie == r.code_plie)
        return Lignes(source, conditions, colonnes | {"operation": o.code_operation})

    def etp(self) -> Lignes:
        """ETP of the référents in post; inside an operation, the operation's own ETP."""
        if not self.in_operation:
            return self.referents_en_poste().measuring(t.referents.c.etp)
        o = t.operations.c
        conditions = (self._of_plie(o.code_plie), *self._of_operation(o.code_operation))
        return Lignes(t.operations, conditions, {"plie": o.code_plie, "operation": o.code_operation}, quantite=o.etp)


def _tie(lignes: Lignes) -> tuple[sa.ColumnElement, ...]:
    """Inside an operation two séjours of one parcours tie: any of them will do, but always the same."""
    return (t.sejours.c.id,) if lignes.source is _SEJOURS else ()
