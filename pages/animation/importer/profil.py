"""« Autre logiciel », second part: correct what was proposed, see ten rows, keep the profile, check the file."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import PurePath

import pandas as pd
import streamlit as st

from components.acces.base import current_engine
from components.acces.journal import note, show_download
from components.acces.session import current_author, current_rights, require
from components.messages.etats import refused_by
from components.messages.texte import plain
from data_access.classeur.garde import ClasseurRecu
from data_access.classeur.verification import Progres
from data_access.imports.deroule import ImportPrepare
from data_access.journal.acces import Action
from data_access.profils.chargement import prepare_extrait, preview
from data_access.profils.contenu import ColonneVisee, Profil, RegleDeColonne, Sinon
from data_access.profils.dates import EXCEL, FORMATS_PROPOSES
from data_access.profils.depot import check_profil, profil_to_json, save_profil
from data_access.profils.grille import FeuilleBrute
from pages.animation.importer import correspondances as c
from pages.animation.importer.depot import CHARGER, ONGLETS, current_state
from pages.animation.importer.extrait import ExtraitEnCours, choose_extrait, count_values

SINON = {
    Sinon.REJETER: "rejeter la ligne",
    Sinon.VIDE: "laisser la cellule vide",
    Sinon.TEL_QUEL: "garder la valeur telle quelle",
}


def show_autre_logiciel() -> None:
    """From an export never seen to a profile that serves every month."""
    etat = current_state()
    st.markdown(
        "Un export qui n’est pas un classeur PLIE se lit avec un **profil** : quelle colonne devient laquelle. "
        "Le profil est gardé par PLIE et par logiciel, et ressert chaque mois."
    )
    if etat.message_profil:
        st.success(plain(etat.message_profil), icon=":material/save:")
        etat.message_profil = ""
    cours = choose_extrait()
    if cours is None:
        return
    st.subheader(plain(cours.recu.nom), anchor=False)
    _show_left_aside(cours)
    if not cours.depart.feuilles:
        st.warning(
            "Rien n’a été reconnu dans ce fichier. Vérifiez que la ligne des intitulés est présente, ou importez un "
            "profil déjà fait pour ce logiciel.",
            icon=":material/help:",
        )
        return
    if f"table_colonnes_{cours.numero}" not in st.session_state:
        # Streamlit forgets what was typed in a table when its tab is left: it starts again from the corrected profile.
        cours.depart = cours.profil
    feuilles = cours.matched()
    profil = _edit_columns(cours, cours.columns_of(feuilles))
    brutes = {cible.feuille: brute for source, brute in feuilles.items() for cible in source.cibles}
    cours.profil = _edit_values(cours, profil, brutes)
    _show_preview(cours)
    _show_end(cours)


def _show_left_aside(cours: ExtraitEnCours) -> None:
    if cours.proposition is None:
        return
    refusees = [nom for noms in cours.proposition.refusees.values() for nom in noms]
    ignorees = [nom for noms in cours.proposition.ignorees.values() for nom in noms]
    if refusees:
        st.info(plain(f"Colonnes d’identité refusées, jamais lues : {', '.join(refusees)}."), icon=":material/shield:")
    if cours.sans_liste:
        st.warning(
            plain(
                f"Laissé de côté pour ce premier chargement : {', '.join(cours.sans_liste)}. Le PLIE n’a pas encore "
                "donné ses listes (référents, opérations, types d’étape). Chargez-les ensuite par un classeur PLIE, "
                "puis déposez à nouveau cet export."
            ),
            icon=":material/playlist_add:",
        )
    if ignorees:
        st.caption(plain(f"Colonnes laissées de côté : {', '.join(ignorees)}."))


def _edit_columns(cours: ExtraitEnCours, colonnes: list[str]) -> Profil:
    st.markdown("#### 1. Les colonnes")
    st.caption("« À vérifier » : le nom ou le contenu laisse un doute. Une case vide n’est pas chargée.")
    cibles = [cible.feuille for _, cible in cours.depart.targets()]
    cle = f"feuilles_remplies_{cours.numero}"
    gardees = st.multiselect("Feuilles que cet export remplit", cibles, cibles, key=cle, select_all=False)
    table = c.table_of_columns(cours.depart, cours.proposition)
    jointes = [texte for texte in table[c.SOURCE] if c.JOINTES in texte]
    corrigee = st.data_editor(
        table,
        hide_index=True,
        key=f"table_colonnes_{cours.numero}",
        height="content",
        placeholder="–",
        disabled=[c.FEUILLE, c.COLONNE, c.AVIS],
        column_config={
            c.SOURCE: st.column_config.SelectboxColumn(options=[c.RIEN, *dict.fromkeys([*colonnes, *jointes])]),
            c.DATE: st.column_config.SelectboxColumn(options=[c.RIEN, *FORMATS_PROPOSES, EXCEL]),
            c.FIXE: st.column_config.TextColumn(help="La même valeur sur toutes les lignes, par exemple un code."),
        },
    )
    return c.keep_sheets(c.correct_columns(cours.depart, c.read_corrections(corrigee)), gardees)


def _edit_values(cours: ExtraitEnCours, profil: Profil, brutes: dict[str, FeuilleBrute]) -> Profil:
    """One table a column whose values must be named one by one."""
    st.markdown("#### 2. Les valeurs")
    corrige = profil
    for _, cible in profil.targets():
        for nom, regle in cible.colonnes.items():
            brute = brutes.get(cible.feuille)
            if brute is None or not c.is_read_from(regle, brute.colonnes):
                continue
            if permises := c.list_allowed(cible, nom, cours.references):
                lues = brute.values(regle.sources[0])
                proposee = c.with_proposed_values(cible, nom, regle, lues, cours.references)
                if proposee.valeurs:
                    corrige = _edit_one(cours, corrige, cible, nom, proposee, permises, brute)
    dit = "Chaque valeur de l’export devient une des nôtres."
    st.caption("Aucune valeur n’est à traduire." if corrige is profil else dit)
    return corrige


def _edit_one(
    cours: ExtraitEnCours,
    profil: Profil,
    cible: ColonneVisee,
    nom: str,
    regle: RegleDeColonne,
    permises: dict[str, str],
    brute: FeuilleBrute,
) -> Profil:
    nombres = count_values(brute, regle.sources[0])
    inconnues = sum(texte not in regle.valeurs for texte in nombres)
    doute = f" – {inconnues} sans correspondance" if inconnues else ""
    with st.expander(plain(f"{cible.feuille} · {nom} ← {regle.sources[0]}{doute}"), expanded=bool(inconnues)):
        corrigee = st.data_editor(
            c.table_of_values(regle, nombres),
            hide_index=True,
            placeholder="–",
            key=f"valeurs_{cours.numero}_{cible.feuille}_{nom}_{regle.sources[0]}",
            disabled=[c.VALEUR_SOURCE, c.LIGNES],
            column_config={
                c.VALEUR: st.column_config.SelectboxColumn(
                    options=[c.RIEN, *dict.fromkeys([*permises, *filter(None, regle.valeurs.values())])]
                )
            },
        )
        if libelles := [f"{code} = {libelle}" for code, libelle in permises.items() if libelle and libelle != code]:
            st.caption(plain(" · ".join(libelles)))
        sinon = st.selectbox(
            "Pour toute autre valeur",
            list(SINON),
            index=list(SINON).index(regle.sinon),
            format_func=SINON.__getitem__,
            key=f"sinon_{cours.numero}_{cible.feuille}_{nom}",
        )
    return c.correct_values(profil, cible.feuille, nom, corrigee, sinon, regle.valeurs)


def _show_preview(cours: ExtraitEnCours) -> None:
    st.markdown("#### 3. Aperçu : les dix premières lignes, converties")
    for apercu in preview(cours.extrait, cours.profil):
        st.markdown(f"**{plain(apercu.feuille)}** ← {plain(apercu.feuille_source)}")
        if apercu.lignes:
            lignes = [(str(numero), *valeurs) for numero, valeurs in apercu.lignes]
            table = pd.DataFrame(lignes, columns=["Ligne", *apercu.colonnes])
            st.dataframe(table, hide_index=True, key=f"apercu_{apercu.feuille}")
        for message in list(dict.fromkeys(anomalie.message for anomalie in apercu.anomalies))[:10]:
            st.caption(f":material/warning: {plain(message)}")


def _show_end(cours: ExtraitEnCours) -> None:
    st.markdown("#### 4. Garder le profil, vérifier le fichier")
    gauche, milieu, droite = st.columns(3)
    nom = gauche.text_input("Nom du profil", cours.profil.nom, key=f"profil_nom_{cours.numero}", max_chars=80)
    logiciel = milieu.text_input("Logiciel", cours.profil.logiciel, key=f"profil_logiciel_{cours.numero}", max_chars=80)
    extraction = droite.date_input(
        "Jour de l’extraction",
        value=None,
        format="DD/MM/YYYY",
        key=f"profil_extraction_{cours.numero}",
        help="À donner si le fichier ne le dit pas dans ses titres. Vide : celui du fichier"
        + (", sans quoi rien n’est chargé." if cours.nouveau_plie else ", sinon celui enregistré."),
    )
    cours.profil = replace(cours.profil, nom=nom.strip(), logiciel=logiciel.strip())
    texte = ""
    with refused_by("rule"):
        check_profil(cours.profil)
        texte = profil_to_json(cours.profil)
    if texte:
        _show_buttons(cours, texte, extraction)


def _show_buttons(cours: ExtraitEnCours, texte: str, extraction: date | None) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button("Enregistrer le profil", icon=":material/save:", key="profil_enregistrer"):
            _save(cours.profil)
        show_download(
            "Exporter le profil (.json)",
            f"profil_{PurePath(cours.profil.nom).name or 'export'}.json",
            "application/json",
            ("importer", "telecharger"),
            [cours.profil.code_plie],
            "profil json",
            texte.encode,
            icon=":material/output:",
        )
        st.button(
            "Vérifier ce fichier",
            type="primary",
            icon=":material/rule:",
            key="extrait_verifier",
            on_click=_send_to_check,
            args=(cours, extraction),
        )


def _save(profil: Profil) -> None:
    require("importer", "enregistrer_profil", [profil.code_plie])
    with refused_by():
        save_profil(current_engine(), profil, current_author())
        note(Action.PROFIL, [profil.code_plie], "profil")
        fait = f"Le profil « {profil.nom} » est enregistré pour {profil.code_plie} : il sera proposé le mois prochain."
        st.success(plain(fait), icon=":material/save:")


def _send_to_check(cours: ExtraitEnCours, extraction: date | None) -> None:
    """Goes on in « Charger », with the same report and the same confirmation as a workbook."""
    etat = current_state()
    etat.en_attente = (cours.recu, partial(_prepare, cours.recu, cours.profil, extraction), cours.profil.nom)
    st.session_state[ONGLETS] = CHARGER


def _prepare(recu: ClasseurRecu, profil: Profil, extraction: date | None, progres: Progres | None) -> ImportPrepare:
    return prepare_extrait(current_engine(), recu, profil, extraction, current_rights().plie, progres)
