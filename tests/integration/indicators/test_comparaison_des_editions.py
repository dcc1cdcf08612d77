"""Two editions: every figure then and now, and parts that add up to the difference exactly, with their rows."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from data_access.historique.causes import Cause
from data_access.imports.demarrage import DOSSIER_EXEMPLES
from data_access.imports.deroule import import_classeur
from data_access.refus import Refus
from indicators.perimetre import Periode
from seances.comparaison import Comparaison, PartDEcart, compare_editions
from seances.edition import compose
from seances.preparation import DemandeDEdition
from sections.contenu import Edition


@dataclass(frozen=True)
class Cas:
    """A sample PLIE: the first edition goes from `debut` to `coupure`, the second to `fin`."""

    code: str
    classeur: Path
    annee: int

    @property
    def debut(self) -> date:
        return date(self.annee, 1, 1)

    @property
    def coupure(self) -> date:
        return date(self.annee, 6, 30)

    @property
    def fin(self) -> date:
        return date(self.annee, 9, 30)


SANS_REGLE = Cas("HAUT_PERIGORD", DOSSIER_EXEMPLES / "plie_haut_perigord.xlsx", 2021)
AVEC_REGLES = Cas("MNO", DOSSIER_EXEMPLES / "plie_mno.xlsx", 2024)
JOURS = {"Parcours": "entree_le", "Participations": "entree_le", "Etapes": "debut", "Contacts": "contact_le"}
FINS = {"Parcours": ("sortie_le", "type_sortie", "validee_le", "saisie_le"), "Etapes": ("fin",)}


def _as_day(valeur: Any) -> date | None:
    return valeur.date() if isinstance(valeur, datetime) else valeur


class Ancien:
    """The sample workbook as it stood on the day of the first edition, with faults that were mended later."""

    def __init__(self, cas: Cas = SANS_REGLE) -> None:
        self.cas = cas
        self.classeur = load_workbook(cas.classeur)
        self._set_extraction()
        self.lignes = {nom: self._read(nom) for nom in JOURS if nom in self.classeur.sheetnames}
        for nom in self.lignes:
            self._cut(nom)

    def _set_extraction(self) -> None:
        feuille = self.classeur["PLIE"]
        entetes = [cellule.value for cellule in feuille[1]]
        feuille.cell(2, entetes.index("date_extraction") + 1).value = self.cas.coupure

    def _read(self, nom: str) -> list[dict[str, Any]]:
        entetes, *lignes = self.classeur[nom].iter_rows(values_only=True)
        return [{h: _as_day(v) for h, v in zip(entetes, ligne, strict=True)} for ligne in lignes if any(ligne)]

    def _cut(self, nom: str) -> None:
        presents = {x["id_parcours"] for x in self.lignes["Parcours"] if x["entree_le"] <= self.cas.coupure}
        self.lignes[nom] = [
            x for x in self.lignes[nom] if x[JOURS[nom]] <= self.cas.coupure and x["id_parcours"] in presents
        ]
        for ligne in self.lignes[nom]:
            jour, *suites = FINS.get(nom, ("",))
            if ligne.get(jour) and ligne[jour] > self.cas.coupure:
                ligne |= dict.fromkeys((jour, *suites))

    def parcours(self, sortis: bool) -> list[dict[str, Any]]:
        """Parcours of the period of the first edition: left by then, or still there."""
        partis = [x for x in self.lignes["Parcours"] if x["sortie_le"] and x["sortie_le"] >= self.cas.debut]
        return partis if sortis else [x for x in self.lignes["Parcours"] if not x["sortie_le"]]

    def save(self, dossier: Path) -> Path:
        for nom, lignes in self.lignes.items():
            feuille = self.classeur[nom]
            entetes = [cellule.value for cellule in feuille[1]]
            feuille.delete_rows(2, feuille.max_row)
            for ligne in lignes:
                feuille.append([ligne[h] for h in entetes])
        chemin = dossier / "ancien.xlsx"
        self.classeur.save(chemin)
        return chemin


def _compare(
    engine: sa.Engine, ancien: Ancien, dossier: Path, du: date | None = None, audience: str = "animation"
) -> tuple[Edition, Edition, Comparaison]:
    cas = ancien.cas
    assert import_classeur(engine, ancien.save(dossier), "essai").etat == "charge"
    with engine.connect() as base:
        avant = compose(base, DemandeDEdition(cas.code, "comite_pilotage", Periode(cas.debut, cas.coupure), audience))
    assert import_classeur(engine, cas.classeur, "essai", disparition_confirmee=True).etat == "charge"
    with engine.connect() as base:
        apres = compose(base, DemandeDEdition(cas.code, "comite_pilotage", Periode(du or cas.debut, cas.fin), audience))
        return avant, apres, compare_editions(base, avant, apres)


def _parts(comparaison: Comparaison, code: str) -> dict[str, PartDEcart]:
    (ecart,) = [e for e in comparaison.ecarts if e.indicateur == code]
    return {part.cause: part for part in ecart.parts}


def _assert_exact(comparaison: Comparaison) -> None:
    assert len(comparaison.ecarts) > 15
    for ecart in comparaison.ecarts:
        if ecart.avant.valeur is not None and ecart.apres.valeur is not None:
            assert ecart.total == pytest.approx(ecart.apres.valeur - ecart.avant.valeur, abs=1e-9), ecart.indicateur
    for code in ("file_active", "entrees", "sorties"):
        for part in _parts(comparaison, code).values():
            assert part.valeur == len(part.entrent) - len(part.sortent), (code, part)


def test_each_fault_mended_since_is_told_apart(moteur: sa.Engine, tmp_path: Path) -> None:
    ancien = Ancien()
    oublie, tardif, corrige = ancien.parcours(sortis=True)[:3]
    ancien.lignes["Parcours"].remove(oublie)
    for nom in ancien.lignes:
        ancien.lignes[nom] = [x for x in ancien.lignes[nom] if x["id_parcours"] != oublie["id_parcours"]]
    tardif |= dict.fromkeys(FINS["Parcours"])
    corrige["sortie_le"] = ancien.cas.debut - timedelta(days=1)
    parti = next(x for x in ancien.lignes["Parcours"] if x["sortie_le"] and x["sortie_le"].year < 2020)
    fantome = parti | dict.fromkeys(FINS["Parcours"]) | {"id_parcours": "PA999999", "entree_le": ancien.cas.debut}
    ancien.lignes["Parcours"].append(fantome)
    avant, apres, comparaison = _compare(moteur, ancien, tmp_path)

    _assert_exact(comparaison)
    sorties = _parts(comparaison, "sorties")
    assert set(sorties[Cause.TARDIVES].entrent) == {oublie["id_parcours"], tardif["id_parcours"]}
    assert set(sorties[Cause.CORRECTIONS].entrent) == {corrige["id_parcours"]}
    assert sorties[Cause.TARDIVES].valeur == 2
    assert _parts(comparaison, "entrees")[Cause.RETRAITS].sortent == ("PA999999",)
    assert comparaison.changements[Cause.RETRAITS] >= 1
    assert avant.version < apres.version


def test_a_rule_that_changes_is_told_apart(moteur_sqlite: sa.Engine, tmp_path: Path) -> None:
    ancien = Ancien(AVEC_REGLES)
    feuille = ancien.classeur["Regles de sortie"]
    entetes = [cellule.value for cellule in feuille[1]]
    for ligne in feuille.iter_rows(min_row=2):
        ligne[entetes.index("categorie")].value = "negative"
        ligne[entetes.index("nature")].value = None
    _, _, comparaison = _compare(moteur_sqlite, ancien, tmp_path)
    _assert_exact(comparaison)
    positives = _parts(comparaison, "sorties_positives")
    assert positives[Cause.REGLES].valeur > 0
    # Those exits were counted below already: they enter the rate above.
    taux = _parts(comparaison, "taux_sorties_positives")[Cause.REGLES]
    assert taux.entrent == positives[Cause.REGLES].entrent != ()
    assert set(_parts(comparaison, "sorties")) == {Cause.NOUVEAUX}


def test_the_same_data_and_period_leave_nothing_to_explain(moteur_sqlite: sa.Engine, tmp_path: Path) -> None:
    chemin = Ancien().save(tmp_path)
    import_classeur(moteur_sqlite, chemin, "essai")
    with moteur_sqlite.connect() as base:
        edition = compose(
            base, DemandeDEdition("HAUT_PERIGORD", "comite_pilotage", Periode(date(2021, 1, 1), date(2021, 6, 30)))
        )
        comparaison = compare_editions(base, edition, edition)
    assert comparaison.changements == {}
    assert all(not e.total for e in comparaison.ecarts)


def test_another_first_day_is_a_part_of_its_own(moteur_sqlite: sa.Engine, tmp_path: Path) -> None:
    _, _, comparaison = _compare(moteur_sqlite, Ancien(), tmp_path, du=date(2021, 4, 1))
    _assert_exact(comparaison)
    entrees = _parts(comparaison, "entrees")
    assert entrees["periode"].valeur < 0
    assert set(_parts(comparaison, "file_active")) == {Cause.NOUVEAUX}


def test_rounded_editions_are_explained_to_the_team_all_the_same(moteur_sqlite: sa.Engine, tmp_path: Path) -> None:
    avant, apres, comparaison = _compare(moteur_sqlite, Ancien(), tmp_path, audience="comite")
    assert avant.arrondi_a == 5
    _assert_exact(comparaison)


def test_editions_of_two_perimeters_are_not_compared(moteur_sqlite: sa.Engine, tmp_path: Path) -> None:
    avant, apres, _ = _compare(moteur_sqlite, Ancien(), tmp_path)
    with moteur_sqlite.connect() as base:
        with pytest.raises(Refus, match="EDI-006"):
            compare_editions(base, avant, replace(apres, operation="HP1"))
        with pytest.raises(Refus, match="EDI-007"):
            compare_editions(base, apres, avant)
