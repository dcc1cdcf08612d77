"""What is shown to who is not in yet, and beside the pages to who is: sign in, why not, who one is, as whom one looks.

« Voir comme », at the bottom of the menu: the animation team sees what others will see before it publishes.
"""

import streamlit as st

from components.acces.identite import Venue
from components.acces.journal import note_departure, note_refusal
from components.acces.registre import Ecran
from components.acces.session import APERCUS, ROLES, Session, choose_role, current_session, look_as
from components.messages.etats import show_refused
from components.messages.texte import plain
from data_access.droits import ANIMATION, COMITE, DIRECTION

TITRE = "Tableau de bord PLIE"
_ROLE, _VUE = "w_role", "w_voir_comme"
FERME = (
    "Aucune page ne vous est ouverte : la connexion n’est pas configurée et le tableau de bord n’est pas sur "
    "cet ordinateur. Lancez-le sur l’adresse 127.0.0.1, ou configurez la connexion. [DRO-011]"
)
ADRESSE_REFUSEE = (
    "Vous êtes connecté, mais le service de connexion ne donne pas d’adresse de courriel vérifiée : rien ne dit qui "
    "vous êtes. Faites vérifier votre adresse auprès de ce service, ou connectez-vous avec un autre compte. [DRO-013]"
)
_DIT = {
    DIRECTION: "Aperçu : les pages et les chiffres de la direction, sans aucune liste.",
    COMITE: "Aperçu : les pages du comité, chiffres du jour arrondis ; rien n’a besoin d’être publié.",
}


def show_door() -> None:
    """The only page of who has no right: how to come in, or why it is refused."""
    visiteur = current_session().visiteur
    if visiteur.venue is Venue.FERME:
        show_refused(FERME)
        return
    with st.container(key="porte"):
        st.title(TITRE, anchor=False)
        if visiteur.venue is Venue.ANONYME:
            st.markdown(
                "Ce tableau de bord est réservé aux personnes que votre PLIE a autorisées. Connectez-vous avec "
                "l’adresse de courriel de votre structure."
            )
            st.button("Se connecter", type="primary", icon=":material/login:", on_click=st.login, key="se_connecter")
            return
        if visiteur.venue is Venue.ADRESSE_REFUSEE:
            show_refused(ADRESSE_REFUSEE)
        else:
            show_refused(
                f"Votre adresse {visiteur.identite} n’a aucun droit sur ce tableau de bord : rien ne vous est montré. "
                "Demandez à la personne qui administre le tableau de bord de vous en accorder un, en lui donnant cette "
                "adresse. [DRO-012]"
            )
            note_refusal("DRO-012")
        _show_sign_out()


def show_closed_page(ecran: Ecran) -> None:
    """A page of the registry that this role may not open: refused in words, its file is not even run."""
    st.title("Page réservée", anchor=False)
    refuse_page(ecran)


def refuse_page(ecran: Ecran) -> None:
    """Whom the page is for; never what it contains."""
    note_refusal("DRO-010", ecran.code)
    session = current_session()
    if session.apercu:
        show_refused(
            f"Le rôle {ROLES[session.droits.role]}, que vous prenez en aperçu, n’ouvre pas cette page. Choisissez-en "
            "une autre dans le menu, ou revenez à « Animation » sous « Voir comme », en bas du menu. [DRO-010]"
        )
        return
    roles = " ou ".join(ROLES[role] for role in ecran.roles)
    show_refused(f"Cette page est réservée à un autre rôle ({roles}). Demandez l’accès à l’administration. [DRO-010]")


def show_account(session: Session) -> None:
    """In the sidebar: who one is, with which role, the way out."""
    if session.visiteur.venue is not Venue.CONNECTE:
        return
    with st.sidebar:
        if len(session.roles) == 1:
            st.caption(f"Rôle : {ROLES[session.role]}")
        else:
            st.session_state[_ROLE] = session.role
            st.selectbox(
                "Vous regardez en tant que",
                session.roles,
                format_func=ROLES.__getitem__,
                key=_ROLE,
                on_change=lambda: choose_role(st.session_state[_ROLE]),
            )
        st.caption(plain(f"Connecté : {session.visiteur.identite}"))
        _show_sign_out()


def _show_sign_out() -> None:
    st.button("Se déconnecter", icon=":material/logout:", on_click=_sign_out, key="se_deconnecter")


def _sign_out() -> None:
    note_departure()
    st.logout()


def show_view_as(session: Session) -> None:
    """As whom the team looks, what that shows, and that nobody signed in where that is so. No choice for others."""
    with st.sidebar:
        if session.role == ANIMATION:
            _choose_view(session)
        if session.visiteur.venue is Venue.LOCAL:
            st.caption("Mode local : sans connexion, sur cet ordinateur seulement.")


def _choose_view(session: Session) -> None:
    st.session_state[_VUE] = session.droits.role
    st.selectbox(
        "Voir comme",
        (ANIMATION, *APERCUS),
        format_func=lambda role: ROLES[role].capitalize(),
        key=_VUE,
        on_change=lambda: look_as(st.session_state[_VUE]),
    )
    if session.apercu:
        st.caption(_DIT[session.droits.role])
