"""The meeting as tagged A4 PDF: `build` for the whole of it, `build_note` for its one-page summary."""

from reports.pdf.edition import build, build_note

__all__ = ["build", "build_note"]
