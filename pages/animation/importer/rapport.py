"""The report of checks: how many of each, what to do, one by one, and the workbook with its faults marked."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

import pandas as pd
import streamlit as st

from components.acces.journal import XLSX, show_download
from components.impression.cartes import make_carte, show_chiffres
from components.messages.texte import filter_rows, plain, print_table
from data_access.classeur.anomalies import Anomalie
from data_access.classeur.controles import Controle, Gravite
from data_access.classeur.marquage import mark_classeur
from indicators.nombres import INSECABLE, write_integer
from indicators.phrases.chiffres import count
from pages.animation.importer.depot import Examen, add_up

LIGNES_MONTREES = 1_000
GRAVITES = {
    Gravite.BLOQUANT: "Bloquant : rien n’est chargé",
    Gravite.REJET: "Rejet : la ligne n’est pas chargée",
    Gravite.AVERTISSEMENT: "Avertissement : la ligne est chargée",
}
CLASSEUR_ENTIER = "Classeur"


def show_rapport(examen: Examen) -> None:
    """All that the checks found of one file."""
    anomalies = examen.prepare.anomalies
    st.markdown("#### Contrôles")
    if not examen.prepare.is_refused:
        _show_counts(examen, anomalies)
    if not anomalies:
        st.success("Aucune anomalie : toutes les lignes sont conformes au format.", icon=":material/verified:")
        return
    print_table(_group(anomalies))
    _show_download(examen, anomalies)
    with st.expander("Voir les anomalies une à une", icon=":material/table:"):
        _show_list(anomalies, f"rapport_{examen.numero}")


def _show_counts(examen: Examen, anomalies: Sequence[Anomalie]) -> None:
    acceptees = sum(add_up(examen.bilans, nom) for nom in ("ajoutes", "modifies", "inchanges"))
    avertissements = sum(a.gravite is Gravite.AVERTISSEMENT for a in anomalies)
    show_chiffres(
        (
            make_carte("Lignes acceptées", write_integer(acceptees), precision="dans les feuilles du format"),
            make_carte(
                "Lignes rejetées",
                write_integer(add_up(examen.bilans, "rejetes")),
                precision="non chargées ; leur version déjà enregistrée reste",
            ),
            make_carte("Avertissements", write_integer(avertissements), precision="la ligne est chargée, à vérifier"),
        )
    )


def _group(anomalies: Sequence[Anomalie]) -> list[dict[str, str]]:
    """One line a check, the gravest first, with what to do."""
    groupes: dict[Controle, list[Anomalie]] = defaultdict(list)
    for anomalie in anomalies:
        groupes[anomalie.controle].append(anomalie)
    return [
        {
            "Gravité": controle.gravite.value,
            "Contrôle": controle.titre if len(liste) > 1 or controle.conseil else liste[0].message,
            "Nombre": write_integer(len(liste)),
            "Feuilles": ", ".join(dict.fromkeys(map(_sheet_of, liste))),
            "Que faire": controle.conseil,
            "Code": controle.code,
        }
        for controle, liste in groupes.items()
    ]


def _sheet_of(anomalie: Anomalie) -> str:
    return anomalie.feuille or CLASSEUR_ENTIER


def _show_download(examen: Examen, anomalies: Sequence[Anomalie]) -> None:
    recu = None if examen.profil else examen.recu
    marque = recu is not None and any(a.ligne is not None for a in anomalies)
    show_download(
        "Télécharger le rapport (.xlsx)" + (", cellules fautives marquées" if marque else ""),
        f"{PurePath(examen.nom).stem}_controles.xlsx",
        XLSX,
        ("importer", "telecharger"),
        # What a refused workbook calls a PLIE may be anything.
        [] if examen.prepare.is_refused else examen.prepare.codes_plie,
        "classeur_corrige xlsx",
        lambda: mark_classeur(recu, anomalies),
        key=f"telecharger_{examen.numero}",
        help="Le classeur est préparé au clic. Les colonnes d’identité n’y sont jamais copiées.",
    )


def _show_list(anomalies: Sequence[Anomalie], cle: str) -> None:
    """The anomalies one by one, filtered by severity, sheet and check."""
    filtres = {
        "Gravité": lambda a: GRAVITES[a.gravite],
        "Feuille": _sheet_of,
        "Contrôle": lambda a: f"{a.controle.titre} ({a.code})",
    }
    montrees = filter_rows(anomalies, filtres, cle)
    suite = ""
    if len(montrees) > LIGNES_MONTREES:
        montre = f"les {write_integer(LIGNES_MONTREES)} premières sont montrées, le fichier les a toutes"
        suite = f"{INSECABLE}; {montre}"
    st.caption(
        f"{count(len(montrees), 'anomalie')} sur {write_integer(len(anomalies))}{suite}. La ligne 1 est celle des "
        "intitulés."
    )
    lignes = [
        (a.gravite.value, _sheet_of(a), str(a.ligne or ""), a.colonne or "", a.message)
        for a in montrees[:LIGNES_MONTREES]
    ]
    table = pd.DataFrame(lignes, columns=["Gravité", "Feuille", "Ligne", "Colonne", "Message"])
    st.dataframe(table, hide_index=True, key=f"{cle}_table")


def show_refusal(examen: Examen) -> None:
    """Why nothing may be loaded, each reason in its four parts, and that the data have not moved."""
    for anomalie in examen.prepare.anomalies:
        if anomalie.gravite is Gravite.BLOQUANT:
            st.error(plain(anomalie.message), icon=":material/block:")
    st.info(
        "Ce classeur est refusé. La base de données n’a pas changé : corrigez le classeur, puis déposez-le à nouveau.",
        icon=":material/shield:",
    )
