"""The report of checks: how many of each, what to do, one by one, and the workbook with its faults marked."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

import pandas as pd
import streamlit as st

from components.cadre.gestes import XLSX, noted_download
from components.impression.cartes import make_carte, show_chiffres
from components.messages.texte import plain, print_table
from data_access.classeur.anomalies import Anomalie
from data_access.classeur.controles import Controle, Gravite
from data_access.classeur.marquage import mark_classeur
from indicators.nombres import INSECABLE, write_integer
from indicators.phrases.chiffres import count
from pages.animation.importer.etat import Examen

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
    print_table(_grouped(anomalies))
    _show_download(examen, anomalies)
    with st.expander("Voir les anomalies une à une", icon=":material/table:"):
        show_list(anomalies, f"rapport_{examen.numero}")


def _show_counts(examen: Examen, anomalies: Sequence[Anomalie]) -> None:
    bilans = examen.bilans.values()
    acceptees = sum(b.ajoutes + b.modifies + b.inchanges for b in bilans)
    avertissements = sum(a.gravite is Gravite.AVERTISSEMENT for a in anomalies)
    show_chiffres(
        (
            make_carte("Lignes acceptées", write_integer(acceptees), precision="dans les feuilles du format"),
            make_carte(
                "Lignes rejetées",
                write_integer(sum(b.rejetes for b in bilans)),
                precision="non chargées ; leur version déjà enregistrée reste",
            ),
            make_carte("Avertissements", write_integer(avertissements), precision="la ligne est chargée, à vérifier"),
        )
    )


def _grouped(anomalies: Sequence[Anomalie]) -> pd.DataFrame:
    """One line a check, the gravest first, with what to do."""
    groupes: dict[Controle, list[Anomalie]] = defaultdict(list)
    for anomalie in anomalies:
        groupes[anomalie.controle].append(anomalie)
    return pd.DataFrame(
        [
            {
                "Gravité": controle.gravite.value,
                "Contrôle": controle.titre if len(liste) > 1 or controle.conseil else liste[0].message,
                "Nombre": write_integer(len(liste)),
                "Feuilles": ", ".join(dict.fromkeys(a.feuille or CLASSEUR_ENTIER for a in liste)),
                "Que faire": controle.conseil,
                "Code": controle.code,
            }
            for controle, liste in groupes.items()
        ]
    )


def _show_download(examen: Examen, anomalies: Sequence[Anomalie]) -> None:
    recu = None if examen.profil else examen.recu
    marque = recu is not None and any(a.ligne is not None for a in anomalies)
    # What a refused workbook calls a PLIE may be anything.
    codes = [] if examen.prepare.is_refused else examen.prepare.codes_plie
    st.download_button(
        "Télécharger le rapport (.xlsx)" + (", cellules fautives marquées" if marque else ""),
        data=noted_download(
            "importer", "telecharger", codes, "classeur_corrige xlsx", lambda: mark_classeur(recu, anomalies)
        ),
        file_name=f"{PurePath(examen.nom).stem}_controles.xlsx",
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
        key=f"telecharger_{examen.numero}",
        help="Le classeur est préparé au clic. Les colonnes d’identité n’y sont jamais copiées.",
    )


def show_list(anomalies: Sequence[Anomalie], cle: str) -> None:
    """The anomalies one by one, filtered by severity, sheet and check."""
    gravites = list(dict.fromkeys(a.gravite for a in anomalies))
    feuilles = list(dict.fromkeys(a.feuille or CLASSEUR_ENTIER for a in anomalies))
    controles = {a.code: a.controle.titre for a in anomalies}
    gauche, milieu, droite = st.columns(3)
    retenues: dict[str, list] = {
        "gravite": gauche.multiselect(
            "Gravité",
            gravites,
            format_func=GRAVITES.__getitem__,
            placeholder="Toutes",
            key=f"{cle}_g",
            select_all=False,
        ),
        "feuille": milieu.multiselect("Feuille", feuilles, placeholder="Toutes", key=f"{cle}_f", select_all=False),
        "controle": droite.multiselect(
            "Contrôle",
            list(controles),
            format_func=lambda code: f"{controles[code]} ({code})",
            placeholder="Tous",
            key=f"{cle}_c",
            select_all=False,
        ),
    }
    montrees = [a for a in anomalies if _is_kept(a, retenues)]
    debut = f"{count(len(montrees), 'anomalie')} sur {write_integer(len(anomalies))}"
    reste = len(montrees) - LIGNES_MONTREES
    suite = f"{INSECABLE}; les {write_integer(LIGNES_MONTREES)} premières sont montrées, le fichier les a toutes"
    st.caption(debut + (suite if reste > 0 else "") + ". La ligne 1 est celle des intitulés.")
    st.dataframe(as_table(montrees[:LIGNES_MONTREES]), hide_index=True, key=f"{cle}_table")


def _is_kept(anomalie: Anomalie, retenues: dict[str, list]) -> bool:
    valeurs = {
        "gravite": anomalie.gravite,
        "feuille": anomalie.feuille or CLASSEUR_ENTIER,
        "controle": anomalie.code,
    }
    return all(not choisis or valeurs[nom] in choisis for nom, choisis in retenues.items())


def as_table(anomalies: Sequence[Anomalie]) -> pd.DataFrame:
    """Place and sentence of each anomaly."""
    return pd.DataFrame(
        [
            {
                "Gravité": a.gravite.value,
                "Feuille": a.feuille or CLASSEUR_ENTIER,
                "Ligne": str(a.ligne or ""),
                "Colonne": a.colonne or "",
                "Message": a.message,
            }
            for a in anomalies
        ],
        columns=["Gravité", "Feuille", "Ligne", "Colonne", "Message"],
    )


def show_refusal(examen: Examen) -> None:
    """Why nothing may be loaded, each reason in its four parts, and that the data have not moved."""
    for anomalie in examen.prepare.anomalies:
        if anomalie.gravite is Gravite.BLOQUANT:
            st.error(plain(anomalie.message), icon=":material/block:")
    st.info(
        "Ce classeur est refusé. La base de données n’a pas changé : corrigez le classeur, puis déposez-le à nouveau.",
        icon=":material/shield:",
    )
