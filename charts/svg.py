"""A picture as SVG: the chart of the screens, drawn for a page with the fonts of the packages, without any network."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import vl_convert

from charts.dessin import draw
from sections.images import Image

POLICE = "Source Sans Pro"
"""Found by its name: a face that vl-convert cannot resolve gives a picture without text, and no error."""


def write_svg(image: Image, width: int) -> str:
    """The drawing of a picture that is `dessinable`, `width` pixels wide in all, its texts kept as texts. The same
    picture is always the same drawing."""
    _register_fonts()
    spec = draw(image, large=True).to_dict(validate=False)
    spec |= {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    for lettres in (spec["config"], spec["config"]["text"]):
        lettres["font"] = POLICE
    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])


def write_png(image: Image, width: int, scale: float = 2.0) -> bytes:
    """The same drawing in pixels, `scale` of them for each point of the page."""
    return vl_convert.svg_to_png(write_svg(image, width), scale=scale)


@cache
def _register_fonts() -> None:
    for dossier in list_font_folders():
        vl_convert.register_font_directory(str(dossier))


def list_font_folders() -> list[Path]:
    """Where the packages of fonts keep their files, ours first, then those that know other letters; their code is not
    run."""
    return [find_package("font_source_sans_pro") / "files", find_package("manimgx_fonts")]


def find_package(nom: str) -> Path:
    """The folder of a package. Raises ModuleNotFoundError, in French, when it is not installed."""
    trouve = find_spec(nom)
    if trouve is None or trouve.origin is None:
        raise ModuleNotFoundError(f"Le paquet « {nom} » manque : pip install --require-hashes -r requirements.lock")
    return Path(trouve.origin).parent
