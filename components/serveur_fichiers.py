"""Addresses of the files prepared for a reader (downloads): /media/<name>."""

import hashlib
import secrets

from streamlit.runtime import memory_media_file_storage

_CLE = secrets.token_bytes(32)
_name_by_content = memory_media_file_storage._calculate_file_id


def name_file(data: bytes, mimetype: str, filename: str | None = None) -> str:
    """The name of a file in its address: 128 bits that nobody can compute, even who knows the content."""
    nom = _name_by_content(data, mimetype, filename)
    return hashlib.blake2b(nom.encode(), key=_CLE, digest_size=16).hexdigest()


def hide_file_names() -> None:
    """Makes Streamlit name files so, for this server. Private, and tested: it names them by their content alone."""
    memory_media_file_storage._calculate_file_id = name_file
