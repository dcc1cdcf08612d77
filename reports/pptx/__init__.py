"""The slides of a meeting: native charts that the team can edit, one message a slide."""

from reports.pptx.dossier import build, check_logos
from reports.pptx.modele import open_gabarit

__all__ = ["build", "check_logos", "open_gabarit"]
