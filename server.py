"""The dashboard as a server: `streamlit run server.py`. app.py stays runnable by itself.

In front of app.py: only known addresses are answered, with security headers, in French, never with a traceback.
"""

import streamlit as st
from starlette.middleware import Middleware

from components.messages.etats import show_failure
from components.streamlit_interne import call_nobody, close_old_pages, keep_uploads_in
from serveur.fichiers import Depot, guard_files
from serveur.portier import Portier
from serveur.refus import keep_values_out_of_logs

call_nobody()
close_old_pages()
keep_uploads_in(Depot)
guard_files()
keep_values_out_of_logs()


def say_it_in_french(erreur: Exception) -> bool:
    """A failure outside every guard: a French sentence with a code, never a traceback."""
    show_failure(erreur)
    return True


app = st.App("app.py", middleware=[Middleware(Portier)], on_script_error=say_it_in_french)
