"""Parts of the page « Objectifs »."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts.donnees import Point, as_table
from charts.statuts import barre_des_statuts
from components.cadre.chiffres import objectifs, programmes, short_name
from components.cadre.choix import Perimetre
from components.impression.fiches_des_objectifs import ICONES, show_counts, show_fiches, show_signs, use_style
from components.impression.graphiques import show_chart
from components.messages.etats import show_empty
from components.messages.texte import plain, print_table
from indicators.nombres import write_short_date
from indicators.objectifs import ObjectifEvalue, Statut
from indicators.phrases import chiffres as phrases
from indicators.phrases import objectifs as phrases_des_objectifs
from indicators.phrases.cibles import (
    find_repeats,
    write_attendu,
    write_group,
    write_operation,
    write_projection,
    write_realise,
)
from indicators.referentiel import Operation, Plie
from indicators.statuts import MOTS_DES_STATUTS

RETARDS_MONTRES = 5
PROTOCOLE = "Protocole d’accord"


def read_objectifs(perimetre: Perimetre) -> tuple[list[ObjectifEvalue], list[ObjectifEvalue]]:
    """(every target of the PLIE open to the reader, those of the chosen operation), at the end of the period."""
    codes = tuple(p.code_plie for p in perimetre.plie)
    choisie = perimetre.filtres.operation
    tous = objectifs(codes, perimetre.periode.au, choisie if perimetre.partiel else None)
    return tous, [o for o in tous if choisie is None or o.operation == choisie]


def show_a_retenir(evalues: list[ObjectifEvalue]) -> None:
    """The sentence that says where the targets stand; nothing where none has a number and data."""
    if phrase := phrases_des_objectifs.say_targets_by_status(evalues):
        st.markdown(f"**À retenir.** {plain(phrase)}")


def show_statuts(perimetre: Perimetre, evalues: Sequence[ObjectifEvalue]) -> None:
    """Counts by status, one bar a PLIE, with the legend that gives every number."""
    use_style()
    points = [point for plie in perimetre.plie for point in _points(plie, evalues)]
    if not points:
        show_empty("Aucun objectif dans ce périmètre.")
        return
    titre = "Où en sont les objectifs"
    au = write_short_date(perimetre.periode.au)
    show_chart(
        barre_des_statuts(points, titre, ICONES),
        titre,
        "statuts",
        as_table(points, "PLIE", "Objectifs", serie="état"),
        effectif=f"n = {phrases.count(len(evalues), 'objectif')}",
        note=f"au {au} ; on compte les objectifs, leurs valeurs ne s’additionnent pas",
    )
    show_counts(count_by_statut(evalues))


def _points(plie: Plie, evalues: Sequence[ObjectifEvalue]) -> list[Point]:
    comptes = count_by_statut([o for o in evalues if o.plie == plie.code_plie])
    nom = short_name(plie.nom)
    return [Point(statut, nom, float(n), str(n), MOTS_DES_STATUTS[statut]) for statut, n in comptes.items()]


def count_by_statut(evalues: Sequence[ObjectifEvalue]) -> dict[Statut, int]:
    """How many targets stand in each status that has some, from reached to not set."""
    comptes = {statut: sum(o.statut is statut for o in evalues) for statut in Statut}
    return {statut: n for statut, n in comptes.items() if n}


def show_latest(perimetre: Perimetre, evalues: Sequence[ObjectifEvalue]) -> None:
    """The targets the furthest below what was expected, then the ceilings that are exceeded."""
    st.subheader("Les plus loin du compte", anchor=False)
    retards = phrases_des_objectifs.latest(evalues, RETARDS_MONTRES)
    depasses = [o for o in evalues if phrases_des_objectifs.is_exceeded(o)]
    if not retards and not depasses:
        st.markdown("Aucun objectif n’est en retard ni en dessous, aucun maximum n’est dépassé.")
    noms = {p.code_plie: f"{short_name(p.nom)} · " for p in perimetre.plie} if len(perimetre.plie) > 1 else {}
    lignes = [f"{_name(o, noms)} : {plain(write_realise(o))}, {phrases_des_objectifs.say_pace(o)}" for o in retards]
    lignes += [f"{_name(o, noms)} : {plain(write_realise(o))}, maximum dépassé" for o in depasses]
    st.markdown("\n".join(f"- {ligne}" for ligne in lignes))


def _name(objectif: ObjectifEvalue, noms: dict[str, str]) -> str:
    ou = f"{noms.get(objectif.plie, '')}{objectif.operation or 'protocole'}"
    return f"{plain(ou)} · **{plain(objectif.libelle)}**"


def choose_statuts(evalues: Sequence[ObjectifEvalue]) -> tuple[Statut, ...]:
    """The filter by status; none chosen = all."""
    comptes = count_by_statut(evalues)
    choisis = st.pills(
        "Ne montrer que les objectifs",
        list(comptes),
        format_func=lambda statut: f"{ICONES[statut]} {MOTS_DES_STATUTS[statut]}",
        selection_mode="multi",
        key="statuts_des_objectifs",
    )
    return tuple(choisis) or tuple(comptes)


def show_plie(perimetre: Perimetre, tous: list[ObjectifEvalue], montres: Sequence[ObjectifEvalue]) -> None:
    """Every target, by PLIE, protocol then operations. Several PLIE: one fold each."""
    if not montres:
        show_empty("Aucun objectif dans cet état.", "Retirez le filtre.")
        return
    show_signs()
    filtre = len(montres) < len(tous)
    for plie in perimetre.plie:
        siens = [o for o in montres if o.plie == plie.code_plie]
        if len(perimetre.plie) == 1:
            _show_groups(perimetre, plie, tous, siens, filtre)
        elif siens or not filtre:
            with st.expander(f"**{plain(plie.nom)}** : {write_group(siens)}", key=f"objectifs_{plie.code_plie}"):
                _show_groups(perimetre, plie, tous, siens, filtre)


def _show_groups(
    perimetre: Perimetre, plie: Plie, tous: list[ObjectifEvalue], montres: Sequence[ObjectifEvalue], filtre: bool
) -> None:
    siennes = [o for o in programmes().operations if o.code_plie == plie.code_plie]
    repetees = find_repeats(siennes, tous)
    choisie = perimetre.filtres.operation
    if choisie is None:
        protocole = [o for o in montres if o.operation is None]
        if protocole or not filtre:
            _show_group(PROTOCOLE, write_protocole(plie), protocole, tous)
    for operation in siennes:
        objectifs_montres = [o for o in montres if o.operation == operation.code_operation]
        if choisie in (None, operation.code_operation) and (objectifs_montres or not filtre):
            titre = f"{operation.code_operation} · {operation.intitule}"
            _show_group(titre, write_operation(operation), objectifs_montres, tous, _repeat(operation, repetees))


def write_protocole(plie: Plie) -> str:
    """« du 01/01/2015 au 31/12/2021 », or that the text does not date it."""
    if plie.protocole_du is None or plie.protocole_au is None:
        return "dates du protocole absentes du texte"
    return f"du {write_short_date(plie.protocole_du)} au {write_short_date(plie.protocole_au)}"


def _repeat(operation: Operation, repetees: dict[tuple[str, str], str]) -> str:
    premiere = repetees.get((operation.code_plie, operation.code_operation))
    return (
        f"Répète {premiere} mot pour mot : même intitulé, mêmes objectifs. Aucun total ne les ajoute."
        if premiere
        else ""
    )


def _show_group(
    titre: str, precisions: str, montres: Sequence[ObjectifEvalue], tous: list[ObjectifEvalue], remarque: str = ""
) -> None:
    st.subheader(plain(titre), anchor=False)
    st.caption(plain(precisions))
    if remarque:
        st.markdown(f"*{plain(remarque)}*")
    if not montres:
        st.markdown("Aucun objectif dans le texte.")
        return
    show_fiches(montres, tous)


def show_all_in_table(perimetre: Perimetre, montres: Sequence[ObjectifEvalue]) -> None:
    """The same targets as one table, folded."""
    if not montres:
        return
    noms = {p.code_plie: short_name(p.nom) for p in perimetre.plie}
    lignes = [
        {
            "PLIE": noms[o.plie],
            "Opération": o.operation or "protocole",
            "Objectif": o.libelle,
            "Réalisé": write_realise(o),
            "Attendu": write_attendu(o).removeprefix("attendu à ce jour : ") or "–",
            "État": MOTS_DES_STATUTS[o.statut],
            "Projection": write_projection(o).removeprefix("au rythme actuel : ") or "–",
            "Source": o.source or "–",
        }
        for o in montres
    ]
    with st.expander("Tous ces objectifs en tableau", key="objectifs_en_tableau", icon=":material/table:"):
        print_table(pd.DataFrame(lignes))
