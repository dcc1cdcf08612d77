"""An independent recount of definitions.md in plain Python, row by row, straight from a workbook's rows.

It shares nothing with `indicators`: no SQL, no derived column, no index. Slow and obvious on purpose,
so that a test can ask whether both read the contract alike.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Ligne = dict[str, Any]
NR = "non renseigné"


def decale(jour: date, mois: int) -> date:
    """A month step, kept inside the month."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, m = rang // 12, rang % 12 + 1
    return date(annee, m, min(jour.day, monthrange(annee, m)[1]))


def age(naissance: date, jour: date) -> int:
    """Completed years."""
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


@dataclass
class Recompte:
    """Rows by table name, and the question: PLIE, period, operation, territory."""

    tables: dict[str, list[Ligne]]
    plie: tuple[str, ...]
    du: date
    au: date
    operation: str | None = None
    territoire: str | None = None
    _zones: set[str] = field(default_factory=set)
    _lues: dict[str, list[Ligne]] = field(default_factory=dict)
    _enfants: dict[str, dict[tuple[str, str], list[Ligne]]] = field(default_factory=dict)
    _par_cle: dict[tuple[str, str], Ligne] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._zones = {self.territoire} if self.territoire else set()
        agrandi = True
        while agrandi:
            plus = {
                z["code_territoire"]
                for z in self.table("territoires")
                if z["code_parent"] in self._zones and z["code_territoire"] not in self._zones
            }
            self._zones |= plus
            agrandi = bool(plus)

    def table(self, nom: str) -> list[Ligne]:
        """Rows of those PLIE."""
        if nom not in self._lues:
            self._lues[nom] = [x for x in self.tables.get(nom, []) if x["code_plie"] in self.plie]
        return self._lues[nom]

    def children(self, nom: str, p: Ligne) -> list[Ligne]:
        """Rows of that table that belong to the parcours."""
        if nom not in self._enfants:
            groupes: dict[tuple[str, str], list[Ligne]] = {}
            for x in self.etapes_comptees() if nom == "etapes" else self.table(nom):
                groupes.setdefault((x["code_plie"], x["id_parcours"]), []).append(x)
            self._enfants[nom] = groupes
        return self._enfants[nom].get((p["code_plie"], p["id_parcours"]), [])

    def parcours_of(self, x: Ligne) -> Ligne:
        """The parcours of an étape or of a contact."""
        if not self._par_cle:
            self._par_cle.update({(p["code_plie"], p["id_parcours"]): p for p in self.table("parcours")})
        return self._par_cle[(x["code_plie"], x["id_parcours"])]

    def knows(self, p: Ligne, code: str) -> bool:
        """The PLIE of the parcours has that operation."""
        return any(o["code_plie"] == p["code_plie"] and o["code_operation"] == code for o in self.table("operations"))

    def over(self, du: date, au: date) -> "Recompte":
        """The same question over other days."""
        return Recompte(self.tables, self.plie, du, au, self.operation, self.territoire)

    def of(self, plie: tuple[str, ...]) -> "Recompte":
        """The same question about other PLIE."""
        return Recompte(self.tables, plie, self.du, self.au, self.operation, self.territoire)

    def of_mode(self, mode: str) -> "Recompte":
        """The same question, were that mode the only one."""
        gardes = [p | {"mode": "complet"} for p in self.tables["parcours"] if p["mode"] == mode]
        cles = {(p["code_plie"], p["id_parcours"]) for p in gardes}
        tables = {
            nom: [x for x in lignes if "id_parcours" not in x or (x["code_plie"], x["id_parcours"]) in cles]
            for nom, lignes in self.tables.items()
        }
        return Recompte(tables | {"parcours": gardes}, self.plie, self.du, self.au, self.operation, self.territoire)

    # -- perimeter ----------------------------------------------------------------------------------

    def parcours(self) -> list[Ligne]:
        """Parcours of the perimeter: complete ones, or both modes inside an operation."""
        return [p for p in self.inhabitants() if self.operation or p["mode"] == "complet"]

    def inhabitants(self) -> list[Ligne]:
        """Parcours of the PLIE and of the territory, whatever their mode."""
        return [
            p
            for p in self.table("parcours")
            if not self._zones or p["code_commune"] in self._zones or p["code_quartier"] in self._zones
        ]

    def intervalles(self, p: Ligne) -> list[tuple[date, date, date]]:
        """Intervals (entry, exit, last day of presence; 9999 = open) that make the parcours present."""
        if self.operation is not None:
            return self.sejours(p, self.operation)
        fin = p["sortie_le"] or date.max
        return [(p["entree_le"], fin, fin)]

    def sejours(self, p: Ligne, code: str) -> list[tuple[date, date, date]]:
        """Participations of the parcours in the operation, day after day: those that touch are one stay."""
        operation = next(o for o in self.table("operations") if _meme(o, p | {"o": code}, "code_operation", "o"))
        if operation["cible"] == "soutien_aux_structures":
            return []
        bouts = []
        for x in self.children("participations", p):
            if x["code_operation"] == code:
                fin = min(x["sortie_le"] or date.max, p["sortie_le"] or date.max)
                # Still there on the operation's last evening: gone on the next day.
                bouts.append((x["entree_le"], min(fin, operation["fin"] + timedelta(days=1))))
        bouts = [(debut, fin) for debut, fin in bouts if debut <= min(fin, operation["fin"])]
        reunis: list[tuple[date, date]] = []
        for debut, fin in sorted(bouts):
            if reunis and debut <= reunis[-1][1]:
                debut, fin = reunis[-1][0], max(fin, reunis.pop()[1])
            reunis.append((debut, fin))
        return [(debut, fin, min(fin, operation["fin"])) for debut, fin in reunis]

    def en_file(self, p: Ligne, jour: date) -> bool:
        """Present on the evening of `jour`."""
        return any(e <= jour < f for e, f, _ in self.intervalles(p))

    def file_active(self, jour: date | None = None) -> list[Ligne]:
        return [p for p in self.parcours() if self.en_file(p, jour or self.au)]

    def entrees(self) -> list[Ligne]:
        """A parcours as many times as it comes in."""
        return [p for p in self.parcours() for e, _, _ in self.intervalles(p) if self.du <= e <= self.au]

    def sorties_operation(self) -> list[Ligne]:
        """A parcours as many times as it leaves the operation (any, without one)."""
        codes = {o["code_operation"] for o in self.table("operations")}
        ici = [self.operation] if self.operation else sorted(codes)
        return [
            p
            for p in self.inhabitants()
            for code in ici
            if any(o["code_plie"] == p["code_plie"] and o["code_operation"] == code for o in self.table("operations"))
            for _, f, _ in self.sejours(p, code)
            if self.du <= f <= self.au
        ]

    def sorties(self) -> list[Ligne]:
        return [
            p
            for p in self.parcours()
            if p["sortie_le"]
            and self.du <= p["sortie_le"] <= self.au
            and any(e <= p["sortie_le"] <= dernier for e, _, dernier in self.intervalles(p))
        ]

    def presents(self) -> list[Ligne]:
        return [
            p
            for p in self.parcours()
            if any(e <= self.au and dernier >= self.du for e, _, dernier in self.intervalles(p))
        ]

    def accompagnes(self) -> list[Ligne]:
        """One parcours a person: the most recent."""
        dernier: dict[tuple[str, str], Ligne] = {}
        for p in sorted(self.presents(), key=lambda p: (p["entree_le"], p["id_parcours"])):
            dernier[(p["code_plie"], p["id_participant"])] = p
        return list(dernier.values())

    # -- characteristics ----------------------------------------------------------------------------

    def part(self, p: Ligne, decoupage: str) -> str:
        """Value of a split for a parcours."""
        if decoupage == "sexe":
            return self._participant(p)["sexe"] or NR
        if decoupage == "age":
            naissance = self._participant(p)["date_naissance"]
            if naissance is None:
                return NR
            return self.bands(p)[sum(age(naissance, p["entree_le"]) >= borne for borne in self._bounds(p))]
        if decoupage == "deld":
            return NR if p["mois_sans_emploi"] is None else "oui" if p["mois_sans_emploi"] >= 12 else "non"
        if decoupage == "qpv":
            types = [z["type"] for z in self.table("territoires") if _meme(z, p, "code_territoire", "code_quartier")]
            return NR if not types else "oui" if types[0] == "qpv" else "non"
        if decoupage == "categorie":
            return self.categorie(p)
        if decoupage == "nature":
            regle = self.regle(p)
            return (regle and regle["nature"]) or NR
        raise KeyError(decoupage)

    def _bounds(self, p: Ligne) -> list[int]:
        (texte,) = [x["bornes_age"] for x in self.table("plie") if x["code_plie"] == p["code_plie"]]
        return [int(borne) for borne in (texte or "26;50").split(";")]

    def bands(self, p: Ligne) -> list[str]:
        """The three bands of age of the PLIE of that parcours."""
        jeune, senior = self._bounds(p)
        return [f"moins de {jeune} ans", f"{jeune}-{senior - 1} ans", f"{senior} ans et plus"]

    def thresholds(self) -> tuple[int, ...]:
        """Months of the long parcours that those PLIE give."""
        ecrits = [texte for x in self.table("plie") if (texte := x["seuils_parcours_longs"])]
        return tuple(sorted({int(mois) for texte in ecrits for mois in texte.split(";")}))

    def _participant(self, p: Ligne) -> Ligne:
        return next(x for x in self.table("participants") if _meme(x, p, "id_participant", "id_participant"))

    def regle(self, p: Ligne) -> Ligne | None:
        """The rule of the exit type in force on the day of exit."""
        en_vigueur = [
            r
            for r in self.table("regles_de_sortie")
            if _meme(r, p, "type_sortie", "type_sortie") and r["depuis"] <= p["sortie_le"] <= (r["jusqua"] or date.max)
        ]
        return max(en_vigueur, key=lambda r: r["depuis"], default=None)

    def categorie(self, p: Ligne) -> str:
        regle = self.regle(p)
        return regle["categorie"] if regle else "non_documentee"

    def positives(self) -> list[Ligne]:
        return [p for p in self.sorties() if self.categorie(p) == "positive"]

    # -- étapes -------------------------------------------------------------------------------------

    def etapes(self) -> list[Ligne]:
        """Counted étapes active in the period."""
        dedans = {(p["code_plie"], p["id_parcours"]) for p in self.parcours()}
        return [
            e
            for e in self.etapes_comptees()
            if (e["code_plie"], e["id_parcours"]) in dedans
            and self.operation in (None, e["code_operation"])
            and e["debut"] <= self.au
            and self.fin_of(e) >= self.du
        ]

    def etapes_comptees(self) -> list[Ligne]:
        comptes = {(x["code_plie"], x["type_etape"]) for x in self.table("types_etape") if x["comptee"]}
        return [
            e
            for e in self.table("etapes")
            if e["statut"] in ("en_cours", "realisee") and (e["code_plie"], e["type_etape"]) in comptes
        ]

    def fin_of(self, e: Ligne) -> date:
        """An étape ends at the latest with its parcours."""
        return min(e["fin"] or date.max, self.parcours_of(e)["sortie_le"] or date.max)

    def etapes_comptees_of(self, p: Ligne) -> list[Ligne]:
        """Counted étapes of the parcours, of whatever operation."""
        return self.children("etapes", p)

    def type_of(self, e: Ligne) -> Ligne:
        """The type of an étape in its PLIE."""
        return next(x for x in self.table("types_etape") if _meme(x, e, "type_etape", "type_etape"))

    def etapes_des_accompagnes(self) -> list[Ligne]:
        qui = {(p["code_plie"], p["id_parcours"]) for p in self.presents()}
        if self.operation is None:
            return self.etapes()
        return [
            e
            for e in self.etapes_comptees()
            if (e["code_plie"], e["id_parcours"]) in qui and e["debut"] <= self.au and self.fin_of(e) >= self.du
        ]

    def sans_etape(self) -> list[Ligne]:
        limite = decale(self.au, -6)
        return [
            p
            for p in self.parcours()
            if self.en_file(p, self.au)
            and p["entree_le"] <= limite
            and not any(e["debut"] <= self.au and self.fin_of(e) > limite for e in self.etapes_comptees_of(p))
        ]

    # -- follow-up ----------------------------------------------------------------------------------

    def contacts(self) -> list[Ligne]:
        par_cle = {(p["code_plie"], p["id_parcours"]): p for p in self.parcours()}
        trouves = []
        for c in self.table("contacts"):
            p = par_cle.get((c["code_plie"], c["id_parcours"]))
            if p is None or not self.du <= c["contact_le"] <= self.au:
                continue
            if self.operation is None or any(e <= c["contact_le"] <= dernier for e, _, dernier in self.intervalles(p)):
                trouves.append(c)
        return trouves

    def suspendu(self, p: Ligne) -> bool:
        return any(s["debut"] <= self.au <= (s["fin"] or date.max) for s in self.children("suspensions", p))

    def sans_contact(self) -> list[Ligne]:
        limite = decale(self.au, -1)
        return [
            p
            for p in self.parcours()
            if self.en_file(p, self.au)
            and p["entree_le"] <= limite
            and not self.suspendu(p)
            and not any(limite < c["contact_le"] <= self.au for c in self.children("contacts", p))
        ]

    def en_poste(self) -> list[Ligne]:
        return [r for r in self.table("referents") if r["depuis"] <= self.au <= (r["jusqua"] or date.max)]


def _meme(a: Ligne, b: Ligne, colonne_a: str, colonne_b: str) -> bool:
    return a["code_plie"] == b["code_plie"] and a[colonne_a] is not None and a[colonne_a] == b[colonne_b]
