"""Files dropped on a page, once what they hold has been taken."""

from collections.abc import Iterable

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile


def release(deposes: Iterable[UploadedFile]) -> None:
    """The server keeps them no longer: Streamlit would, until the tab is closed, and a tab may only hold so much."""
    contexte = get_script_run_ctx()
    if contexte is None or not isinstance(contexte.uploaded_file_mgr, MemoryUploadedFileManager):
        return
    for depose in deposes:
        contexte.uploaded_file_mgr.remove_file(contexte.session_id, depose.file_id)
