"""An edition to JSON and back, without loss, and the SHA-256 that proves that it has not changed."""

import hashlib
import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sections.contenu import Edition


def freeze(edition: Edition) -> dict[str, Any]:
    """The edition as JSON values: days and moments in ISO 8601."""
    return json.loads(json.dumps(asdict(edition), default=_as_json, ensure_ascii=False))


def thaw(contenu: dict[str, Any]) -> Edition:
    """The edition that `freeze` gave; a field that it did not have yet takes its default."""
    return _build(Edition, contenu)


def fingerprint(contenu: dict[str, Any]) -> str:
    """SHA-256 of the frozen content, whatever the order in which a database gives back its keys."""
    return hashlib.sha256(json.dumps(contenu, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _as_json(valeur: Any) -> str:
    if isinstance(valeur, date):
        return valeur.isoformat()
    raise TypeError(f"{type(valeur).__name__} ne se gèle pas")


def _build(modele: Any, valeur: Any) -> Any:
    """`valeur` of JSON as an instance of the annotated type `modele`."""
    if get_origin(modele) in (Union, UnionType):
        if valeur is None:
            return None
        (modele,) = [choix for choix in get_args(modele) if choix is not NoneType]
    if get_origin(modele) is tuple:
        parties = get_args(modele)
        if parties[-1] is Ellipsis:
            return tuple(_build(parties[0], v) for v in valeur)
        return tuple(_build(partie, v) for partie, v in zip(parties, valeur, strict=True))
    if isinstance(modele, type) and is_dataclass(modele):
        types = get_type_hints(modele)
        return modele(**{c.name: _build(types[c.name], valeur[c.name]) for c in fields(modele) if c.name in valeur})
    if modele in (date, datetime):
        return modele.fromisoformat(valeur)
    return modele(valeur) if isinstance(modele, type) and issubclass(modele, Enum) else valeur
