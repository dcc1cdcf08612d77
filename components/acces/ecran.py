"""What is shown to who is not in yet, and beside the pages to who is: sign in, why not, who one is, sign out."""

import streamlit as st

from components.acces.identite import Etat
from components.acces.journal import note_departure, note_refusal
from components.acces.session import ROLES, Session, choose_role, current_session
from components.cadre.page import write_refusal
from components.cadre.registre import Ecran
from components.messages.etats import show_refused
from components.messages.texte import plain

TITRE = "Tableau de bord PLIE"
_ROLE = "w_role"
FERME = (
    "Aucune page ne vous est ouverte : la connexion n’est pas configurée et le tableau de bord n’est pas sur "
    "cet ordinateur. Lancez-le sur l’adresse 127.0.0.1, ou configurez la connexion. [DRO-011]"
)
ADRESSE_REFUSEE = (
    "Vous êtes connecté, mais le service de connexion ne donne pas d’adresse de courriel vérifiée : rien ne dit qui "
    "vous êtes. Faites vérifier votre adresse auprès de ce service, ou connectez-vous avec un autre compte. [DRO-013]"
)


def show_door() -> None:
    """The only page of who has no right: how to come in, or why it is refused."""
    visiteur = current_session().visiteur
    if visiteur.etat is Etat.FERME:
        show_refused(FERME)
        return
    with st.container(key="porte"):
        st.title(TITRE, anchor=False)
        if visiteur.etat is Etat.ANONYME:
            st.markdown(
                "Ce tableau de bord est réservé aux personnes que votre PLIE a autorisées. Connectez-vous avec "
                "l’adresse de courriel de votre structure."
            )
            st.button("Se connecter", type="primary", icon=":material/login:", on_click=st.login, key="se_connecter")
            return
        if visiteur.etat is Etat.ADRESSE_REFUSEE:
            show_refused(ADRESSE_REFUSEE)
        else:
            show_refused(write_no_right(visiteur.identite))
            note_refusal("DRO-012")
        _show_sign_out()


def write_no_right(identite: str) -> str:
    """Who asked, what is missing, whom to ask."""
    return (
        f"Votre adresse {identite} n’a aucun droit sur ce tableau de bord : rien ne vous est montré. Demandez à la "
        "personne qui administre le tableau de bord de vous en accorder un, en lui donnant cette adresse. [DRO-012]"
    )


def show_closed_page(ecran: Ecran) -> None:
    """A page of the registry that this role may not open: refused in words, its file is not even run."""
    note_refusal("DRO-010", ecran.code)
    st.title("Page réservée", anchor=False)
    show_refused(write_refusal(ecran))


def show_account(session: Session) -> None:
    """In the sidebar: who one is, with which role, the way out."""
    if session.visiteur.etat is not Etat.CONNECTE:
        return
    with st.sidebar:
        _show_role(session)
        st.caption(plain(f"Connecté : {session.visiteur.identite}"))
        _show_sign_out()


def _show_role(session: Session) -> None:
    role = session.role
    if len(session.roles) == 1:
        st.caption(f"Rôle : {ROLES[role]}")
        return
    st.session_state[_ROLE] = role
    st.selectbox(
        "Vous regardez en tant que",
        session.roles,
        format_func=ROLES.__getitem__,
        key=_ROLE,
        on_change=lambda: choose_role(st.session_state[_ROLE]),
    )


def _show_sign_out() -> None:
    st.button("Se déconnecter", icon=":material/logout:", on_click=_sign_out, key="se_deconnecter")


def _sign_out() -> None:
    note_departure()
    st.logout()
