"""The files prepared for a reader (downloads): their addresses, /media/<name>, and what is said when one is not."""

import hashlib
import secrets

from components.streamlit_interne import (
    BackendOperationRequest,
    BackendOperationResponse,
    DeferredFileHandler,
    find_deferred_owner,
    name_by_content,
    name_files_with,
    prepare_deferred,
    prepare_files_with,
)

NON_PREPARE = (
    "Le fichier n’a pas été préparé : vos droits ont changé depuis que cette page est affichée, ou un incident l’a "
    "empêché. Rechargez la page et recommencez ; sinon, prévenez l’administration. [SRV-017]"
)
_CLE = secrets.token_bytes(32)


def name_file(data: bytes, mimetype: str, filename: str | None = None) -> str:
    """The name of a file in its address: 128 bits that nobody can compute, even who knows the content."""
    nom = name_by_content(data, mimetype, filename)
    return hashlib.blake2b(nom.encode(), key=_CLE, digest_size=16).hexdigest()


def hide_file_names() -> None:
    """Makes Streamlit name files so, for this server."""
    name_files_with(name_file)


async def prepare_or_say(
    self: DeferredFileHandler, request: BackendOperationRequest, session_id: str
) -> BackendOperationResponse:
    """A file asked for by a click on the page of that very session, or why it does not come."""
    if find_deferred_owner(self, request.deferred_file.file_id) != session_id:
        return BackendOperationResponse(request_id=request.request_id, error_msg=NON_PREPARE)
    reponse = await prepare_deferred(self, request, session_id)
    if reponse.error_msg:
        reponse.error_msg = NON_PREPARE
    return reponse


def refuse_files_in_french() -> None:
    """Makes Streamlit say so, for this server: its own words are English."""
    prepare_files_with(prepare_or_say)
