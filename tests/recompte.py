"""An independent recount of definitions.md in plain Python, row by row, straight from a workbook's rows.

It shares nothing with `indicators`: no SQL, no derived column, no index. Slow and obvious on purpose,
so that a test can ask whether both read the contract alike.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import mean, median
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
    toutes_entrees: bool = False
    _zones: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._zones = {self.territoire} if self.territoire else set()
        agrandi = True
        while agrandi:
            plus = {
                z["code_territoire"]
                for z in self._table("territoires")
                if z["code_parent"] in self._zones and z["code_territoire"] not in self._zones
            }
            self._zones |= plus
            agrandi = bool(plus)

    def _table(self, nom: str) -> list[Ligne]:
        return [x for x in self.tables.get(nom, []) if x["code_plie"] in self.plie]

    # -- perimeter ----------------------------------------------------------------------------------

    def parcours(self) -> list[Ligne]:
        """Parcours of the perimeter: complete ones, or both modes inside an operation."""
        return [p for p in self._habitants() if self.operation or self.toutes_entrees or p["mode"] == "complet"]

    def _habitants(self) -> list[Ligne]:
        """Parcours of the PLIE and of the territory, whatever their mode."""
        return [
            p
            for p in self._table("parcours")
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
        operation = next(o for o in self._table("operations") if _meme(o, p | {"o": code}, "code_operation", "o"))
        if operation["cible"] == "soutien_aux_structures":
            return []
        bouts = []
        for x in self._table("participations"):
            if _meme(x, p, "id_parcours", "id_parcours") and x["code_operation"] == code:
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
        codes = {o["code_operation"] for o in self._table("operations")}
        ici = [self.operation] if self.operation else sorted(codes)
        return [
            p
            for p in self._habitants()
            for code in ici
            if any(o["code_plie"] == p["code_plie"] and o["code_operation"] == code for o in self._table("operations"))
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
            ans = age(naissance, p["entree_le"])
            bornes = next((x.get("bornes_age") for x in self._table("plie") if x["code_plie"] == p["code_plie"]), None)
            jeune, senior = (int(borne) for borne in (bornes or "26;50").split(";"))
            milieu = f"{jeune}-{senior - 1} ans"
            return f"moins de {jeune} ans" if ans < jeune else milieu if ans < senior else f"{senior} ans et plus"
        if decoupage == "deld":
            return NR if p["mois_sans_emploi"] is None else "oui" if p["mois_sans_emploi"] >= 12 else "non"
        if decoupage == "qpv":
            types = [z["type"] for z in self._table("territoires") if _meme(z, p, "code_territoire", "code_quartier")]
            return NR if not types else "oui" if types[0] == "qpv" else "non"
        if decoupage == "categorie":
            return self.categorie(p)
        if decoupage == "nature":
            regle = self.regle(p)
            return (regle and regle["nature"]) or NR
        colonne = {"plie": "code_plie", "commune": "code_commune", "quartier": "code_quartier"}.get(
            decoupage, {"referent": "code_referent", "diplome": "niveau_diplome"}.get(decoupage, decoupage)
        )
        brut = p[colonne]
        return NR if brut is None else {True: "oui", False: "non"}.get(brut, brut) if isinstance(brut, bool) else brut

    def _participant(self, p: Ligne) -> Ligne:
        return next(x for x in self._table("participants") if _meme(x, p, "id_participant", "id_participant"))

    def regle(self, p: Ligne) -> Ligne | None:
        """The rule of the exit type in force on the day of exit."""
        en_vigueur = [
            r
            for r in self._table("regles_de_sortie")
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
            for e in self._etapes_comptees()
            if (e["code_plie"], e["id_parcours"]) in dedans
            and self.operation in (None, e["code_operation"])
            and e["debut"] <= self.au
            and self._fin(e) >= self.du
        ]

    def _etapes_comptees(self) -> list[Ligne]:
        comptes = {(x["code_plie"], x["type_etape"]) for x in self._table("types_etape") if x["comptee"]}
        return [
            e
            for e in self._table("etapes")
            if e["statut"] in ("en_cours", "realisee") and (e["code_plie"], e["type_etape"]) in comptes
        ]

    def _fin(self, e: Ligne) -> date:
        p = next(p for p in self._table("parcours") if _meme(p, e, "id_parcours", "id_parcours"))
        return min(e["fin"] or date.max, p["sortie_le"] or date.max)

    def etapes_des_accompagnes(self) -> list[Ligne]:
        qui = {(p["code_plie"], p["id_parcours"]) for p in self.presents()}
        if self.operation is None:
            return self.etapes()
        return [
            e
            for e in self._etapes_comptees()
            if (e["code_plie"], e["id_parcours"]) in qui and e["debut"] <= self.au and self._fin(e) >= self.du
        ]

    def sans_etape(self) -> list[Ligne]:
        limite = decale(self.au, -6)
        return [
            p
            for p in self.parcours()
            if self.en_file(p, self.au)
            and p["entree_le"] <= limite
            and not any(
                _meme(e, p, "id_parcours", "id_parcours") and e["debut"] <= self.au and self._fin(e) > limite
                for e in self._etapes_comptees()
            )
        ]

    # -- follow-up ----------------------------------------------------------------------------------

    def contacts(self) -> list[Ligne]:
        par_cle = {(p["code_plie"], p["id_parcours"]): p for p in self.parcours()}
        trouves = []
        for c in self._table("contacts"):
            p = par_cle.get((c["code_plie"], c["id_parcours"]))
            if p is None or not self.du <= c["contact_le"] <= self.au:
                continue
            if self.operation is None or any(e <= c["contact_le"] <= dernier for e, _, dernier in self.intervalles(p)):
                trouves.append(c)
        return trouves

    def suspendu(self, p: Ligne) -> bool:
        return any(
            _meme(s, p, "id_parcours", "id_parcours") and s["debut"] <= self.au <= (s["fin"] or date.max)
            for s in self._table("suspensions")
        )

    def sans_contact(self) -> list[Ligne]:
        limite = decale(self.au, -1)
        return [
            p
            for p in self.parcours()
            if self.en_file(p, self.au)
            and p["entree_le"] <= limite
            and not self.suspendu(p)
            and not any(
                _meme(c, p, "id_parcours", "id_parcours") and limite < c["contact_le"] <= self.au
                for c in self._table("contacts")
            )
        ]

    def en_poste(self) -> list[Ligne]:
        return [r for r in self._table("referents") if r["depuis"] <= self.au <= (r["jusqua"] or date.max)]

    def etp(self) -> float | None:
        if self.operation is None:
            return sum(r["etp"] for r in self.en_poste())
        etps = [o["etp"] for o in self._table("operations") if o["code_operation"] == self.operation]
        connus = [e for e in etps if e is not None]
        return sum(connus) if connus else None

    # -- figures ------------------------------------------------------------------------------------

    def figures(self) -> dict[str, float | None]:
        """Every figure that has one number; None = sans objet."""
        figures = self._figures()
        if self.territoire is not None:
            figures |= dict.fromkeys(("file_active_par_etp", "file_active_par_referent"))
        cibles = [o["cible"] for o in self._table("operations") if o["code_operation"] == self.operation]
        if cibles and set(cibles) == {"soutien_aux_structures"}:
            return dict.fromkeys(figures)
        return figures

    def _figures(self) -> dict[str, float | None]:
        file_active, sorties, positives = self.file_active(), self.sorties(), self.positives()
        accompagnes, etapes, diagnostics = self.accompagnes(), self.etapes(), self._diagnostics()
        nouvelles = [p for p in self.entrees() if self.du <= p["entree_le"] <= self.au]
        neutres = [p for p in sorties if self.categorie(p) == "autre"]
        echues = [p for p in sorties if decale(p["sortie_le"], 1) <= self.au]
        a_temps = [p for p in echues if p["saisie_le"] and p["saisie_le"] <= decale(p["sortie_le"], 1)]
        anciennetes = [(self.au - p["entree_le"]).days / 30.4375 for p in file_active]
        durees = [(p["sortie_le"] - p["entree_le"]).days / 30.4375 for p in sorties]
        en_etape = {(p["code_plie"], p["id_participant"]) for p in self._parcours_of(etapes)}
        terme = decale(self.au, 1)
        suivis = [p for p in file_active if p["code_referent"]]
        return {
            "file_active": len(file_active),
            "file_active_suspendus": sum(map(self.suspendu, file_active)),
            "file_active_par_etp": _rapport(len(file_active), self.etp()),
            "file_active_par_referent": _rapport(len(suivis), len(self.en_poste())),
            "file_active_moyenne": self._moyenne(),
            "anciennete_mediane": median(anciennetes) if anciennetes else None,
            "anciennete_moyenne": mean(anciennetes) if anciennetes else None,
            "entrees": len(self.entrees()),
            "entrees_nouvelles": len(nouvelles) if self.operation else None,
            "entrees_reconduites": len(self.entrees()) - len(nouvelles) if self.operation else None,
            "sorties_operation": len(self.sorties_operation()),
            "sorties": len(sorties),
            "participants_accompagnes": len(accompagnes),
            "duree_parcours_mediane": median(durees) if durees else None,
            "duree_parcours_moyenne": mean(durees) if durees else None,
            "sorties_positives": len(positives),
            "sorties_autres": len(neutres),
            "sorties_negatives": sum(self.categorie(p) == "negative" for p in sorties),
            "sorties_non_documentees": sum(self.categorie(p) == "non_documentee" for p in sorties),
            "taux_sorties_positives": _rapport(len(positives), len(sorties)),
            "taux_sorties_positives_hors_neutres": _rapport(len(positives), len(sorties) - len(neutres)),
            "sorties_saisies_a_temps": _rapport(len(a_temps), len(echues)),
            "en_attente_de_validation": sum(
                p["solution_depuis"] is not None and p["solution_depuis"] <= self.au for p in file_active
            ),
            "part_femmes": self._part_femmes(accompagnes),
            "part_femmes_file_active": self._part_femmes(file_active),
            "part_femmes_sorties_positives": self._part_femmes(positives),
            "part_femmes_etapes": self._part_femmes(self._parcours_of(etapes)),
            "etapes": len(etapes),
            "etapes_participants": len(en_etape),
            "etapes_par_participant": _rapport(len(self.etapes_des_accompagnes()), len(accompagnes)),
            "sans_etape": len(self.sans_etape()),
            "contacts": len(self.contacts()),
            "contacts_pour_50": _rapport(50 * len(self.contacts()), len(accompagnes)),
            "sans_contact": len(self.sans_contact()),
            "contrats_a_echeance": sum(
                p["contrat_jusquau"] is not None and p["contrat_jusquau"] <= terme for p in file_active
            ),
            "delai_diagnostic": median(diagnostics) if diagnostics else None,
        }

    def _moyenne(self) -> float | None:
        fins, jour = [], self.du.replace(day=1)
        while jour <= self.au:
            fin = decale(jour, 1) - timedelta(days=1)
            if jour >= self.du and fin <= self.au:
                fins.append(len(self.file_active(fin)))
            jour = decale(jour, 1)
        return mean(fins) if fins else None

    def _diagnostics(self) -> list[int]:
        presents = self.presents()
        return [
            (p["diagnostic_le"] - p["prescription_le"]).days
            for p in self.parcours()
            if p["diagnostic_le"]
            and p["prescription_le"]
            and self.du <= p["diagnostic_le"] <= self.au
            and (self.operation is None or p in presents)
        ]

    def _parcours_of(self, etapes: Iterable[Ligne]) -> list[Ligne]:
        par_cle = {(p["code_plie"], p["id_parcours"]): p for p in self._table("parcours")}
        return [par_cle[(e["code_plie"], e["id_parcours"])] for e in etapes]

    def _part_femmes(self, population: list[Ligne]) -> float | None:
        femmes = sum(self.part(p, "sexe") == "F" for p in population)
        hommes = sum(self.part(p, "sexe") == "H" for p in population)
        return _rapport(femmes, femmes + hommes)


def _meme(a: Ligne, b: Ligne, colonne_a: str, colonne_b: str) -> bool:
    return a["code_plie"] == b["code_plie"] and a[colonne_a] is not None and a[colonne_a] == b[colonne_b]


def _rapport(haut: float, bas: float | None) -> float | None:
    return haut / bas if bas else None
