"""The part of a page that its address names after #: Streamlit draws it after the browser has looked for it."""

import streamlit as st

# The only script that a page of ours runs: the server's policy allows it by its hash (serveur/entetes.py).
SCRIPT = "document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView()"


def go_to_anchor() -> None:
    """Scrolls to that part: the last line of a page, once all is there."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
