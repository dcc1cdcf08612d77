"""The workbook of a meeting: `reports.xlsx.build`."""

from reports.xlsx.dossier import build

__all__ = ["build"]
