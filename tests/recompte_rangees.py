"""What is counted, as lists of rows: who, which étape, which contact, which stay."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tests.recompte import Ligne, Recompte, decale
from tests.recompte_decoupages import Rangee, part_of

JAMAIS = date.max
Compteur = Callable[[Recompte, int], list[Rangee]]
Condition = Callable[[Recompte, Rangee, int], bool]


def rows_of(parcours: Callable[[Recompte], list[Ligne]]) -> Compteur:
    return lambda r, _: [Rangee(p) for p in parcours(r)]


def only(compteur: Compteur, condition: Condition) -> Compteur:
    return lambda r, seuil: [x for x in compteur(r, seuil) if condition(r, x, seuil)]


def bearing(compteur: Compteur, quantite: Callable[[Recompte, Rangee], float]) -> Compteur:
    return lambda r, seuil: [replace(x, quantite=quantite(r, x)) for x in compteur(r, seuil)]


def on(nom: str, *valeurs: object) -> Condition:
    return lambda r, x, _: x.p[nom] in valeurs


def before(nom: str, terme: Callable[[Recompte], date]) -> Condition:
    return lambda r, x, _: x.p[nom] is not None and x.p[nom] <= terme(r)


def is_in(decoupage: str, *parts: str) -> Condition:
    return lambda r, x, _: part_of(r, x, decoupage) in parts


def followed(r: Recompte) -> list[Ligne]:
    return r.parcours() if r.operation is None else r.presents()


def etapes(r: Recompte, _: int = 0) -> list[Rangee]:
    return [Rangee(r.parcours_of(e), e) for e in r.etapes()]


def started(r: Recompte, _: int = 0) -> list[Rangee]:
    dedans = {(p["code_plie"], p["id_parcours"]) for p in r.parcours()}
    return [
        Rangee(r.parcours_of(e), e)
        for e in r.etapes_comptees()
        if (e["code_plie"], e["id_parcours"]) in dedans
        and r.operation in (None, e["code_operation"])
        and r.du <= e["debut"] <= r.au
    ]


def held(r: Recompte, p: Ligne) -> list[Ligne]:
    """Counted étapes of the parcours that took place, begun by au, in order."""
    siennes = [e for e in r.etapes_comptees_of(p) if e["debut"] <= r.au and r.fin_of(e) >= e["debut"]]
    return sorted(siennes, key=lambda e: (e["debut"], r.fin_of(e)))


def entered(r: Recompte, jours: int) -> list[Rangee]:
    jusqua = r.au - timedelta(days=jours)
    return [Rangee(p) for p in followed(r) if r.du <= p["entree_le"] <= jusqua]


def first_etapes(r: Recompte, jours: int) -> list[Rangee]:
    entres = [(x.p, held(r, x.p)) for x in entered(r, jours)]
    return [Rangee(p, quantite=(siennes[0]["debut"] - p["entree_le"]).days) for p, siennes in entres if siennes]


def waits(r: Recompte, _: int) -> list[Rangee]:
    attentes = []
    for p in followed(r):
        libre = None
        for e in held(r, p):
            if libre and r.du <= e["debut"] and (e["debut"] - libre).days > 1:
                attentes.append(Rangee(p, e, quantite=(e["debut"] - libre).days - 1))
            libre = max(libre or r.fin_of(e), r.fin_of(e))
    return attentes


def exits_after(r: Recompte, _: int) -> list[Rangee]:
    return [Rangee(p, e) for p in r.sorties() for e in held(r, p) if e["debut"] <= p["sortie_le"]]


def contacts(r: Recompte, _: int = 0) -> list[Rangee]:
    return [Rangee(r.parcours_of(c), contact=c) for c in r.contacts()]


def each_month(r: Recompte, _: int) -> list[Rangee]:
    presents, debut = [], r.du
    while debut <= r.au:
        fin = min(decale(debut.replace(day=1), 1) - timedelta(days=1), r.au)
        presents += [Rangee(p) for p in r.over(debut, fin).accompagnes()]
        debut = fin + timedelta(days=1)
    return presents


def month_ends(r: Recompte) -> list[date]:
    fins, jour = [], r.du.replace(day=1)
    while jour <= r.au:
        fin = decale(jour, 1) - timedelta(days=1)
        fins += [fin] if jour >= r.du and fin <= r.au else []
        jour = decale(jour, 1)
    return fins


def first_meetings(r: Recompte, _: int) -> list[Rangee]:
    vus = []
    for p in followed(r):
        dates = [c["contact_le"] for c in r.children("contacts", p) if c["nature"] == "entretien"]
        if dates and r.du <= min(dates) <= r.au and p["prescription_le"]:
            vus.append(Rangee(p, quantite=(min(dates) - p["prescription_le"]).days))
    return vus


def diagnostics(r: Recompte, _: int) -> list[Rangee]:
    return [
        Rangee(p, quantite=(p["diagnostic_le"] - p["prescription_le"]).days)
        for p in followed(r)
        if p["diagnostic_le"] and p["prescription_le"] and r.du <= p["diagnostic_le"] <= r.au
    ]


def within(r: Recompte, x: Rangee, seuil: int) -> bool:
    return x.quantite is not None and x.quantite <= seuil


def left(r: Recompte, _: int = 0) -> list[Rangee]:
    """Stays ended in the period, with their last participation."""
    codes = sorted({o["code_operation"] for o in r.table("operations")}) if r.operation is None else [r.operation]
    sortis = []
    for p in r.inhabitants():
        for code in codes:
            for debut, fin, _dernier in r.sejours(p, code) if r.knows(p, code) else ():
                if r.du <= fin <= r.au:
                    sienne = max(
                        (
                            x
                            for x in r.children("participations", p)
                            if x["code_operation"] == code and debut <= x["entree_le"] <= fin
                        ),
                        key=lambda x: (min(x["sortie_le"] or JAMAIS, fin), x["entree_le"]),
                    )
                    sortis.append(Rangee(p, participation=sienne | {"fin": fin}))
    return sortis


def due(r: Recompte, x: Rangee, _: int) -> bool:
    return x.participation is not None and decale(x.participation["fin"], 1) <= r.au


def recorded(r: Recompte, x: Rangee, _: int) -> bool:
    saisie = x.participation and x.participation["sortie_saisie_le"]
    return bool(saisie) and saisie <= decale(x.participation["fin"], 1)  # type: ignore[index]


def under_rules(r: Recompte, x: Rangee, _: int) -> bool:
    return any(
        regle["code_plie"] == x.p["code_plie"] and regle["depuis"] <= x.p["sortie_le"] <= (regle["jusqua"] or JAMAIS)
        for regle in r.table("regles_de_sortie")
    )


def outside_rules(r: Recompte, x: Rangee, _: int) -> bool:
    return not under_rules(r, x, 0)


def not_suspended(r: Recompte, x: Rangee, _: int) -> bool:
    return not r.suspendu(x.p)


def met_this_month(r: Recompte, x: Rangee, _: int) -> bool:
    depuis = decale(r.au, -1)
    return any(c["nature"] == "entretien" and depuis < c["contact_le"] <= r.au for c in r.children("contacts", x.p))


def no_etape_today(r: Recompte, x: Rangee, _: int) -> bool:
    return not any(e["debut"] <= r.au <= r.fin_of(e) for e in r.etapes_comptees_of(x.p))


def justified(r: Recompte, x: Rangee, _: int) -> bool:
    piece = ((x.e or {}).get("justificatif") or "").strip().lower()
    return piece not in ("", "-") and piece.split()[0] not in ("non", "aucun", "aucune", "manquant", "sans", "0")


def long_one(r: Recompte, x: Rangee, seuil: int) -> bool:
    return x.p["entree_le"] <= decale(r.au, -seuil)


def posts(r: Recompte, _: int) -> list[Rangee]:
    return [Rangee(poste) for poste in r.en_poste()]


def etp(r: Recompte, _: int) -> list[Rangee]:
    if r.operation is None:
        return [Rangee(poste, quantite=poste["etp"]) for poste in r.en_poste()]
    return [Rangee(o, quantite=o["etp"]) for o in r.table("operations") if o["code_operation"] == r.operation]


def person(x: Rangee) -> tuple:
    return (x.p["code_plie"], x.p["id_participant"])


def exit_of(x: Rangee) -> tuple:
    return (x.p["code_plie"], x.p["id_parcours"])
