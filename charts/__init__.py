"""Published figures → Altair charts. Importing the package puts the theme in service."""

from charts import theme as _theme

__all__: list[str] = []
_theme.enable()
