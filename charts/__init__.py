"""Published figures → Altair charts. Importing the package puts in service the only theme: French numbers and dates,
one palette, text large enough to be projected."""

import altair as alt

from charts import palette

NOM = "plie"
# Quoted: a list that the export cannot resolve would give a picture without text, and no error.
POLICE = "'Source Sans', sans-serif"
TAILLE = 15

# Copied from vl_convert.get_format_locale("fr-FR"). Vega takes a locale only from the `config` of a theme:
# the embed options are ignored by Streamlit.
_NOMBRES = {
    "decimal": ",",
    "thousands": "\u202f",
    "grouping": [3],
    "currency": ["", "\u00a0€"],
    "percent": "\u202f%",
    "minus": "\u2212",
}
_DATES = {
    "dateTime": "%A %e %B %Y à %X",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["AM", "PM"],
    "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    "months": [
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ],
    "shortMonths": [
        *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
        *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
    ],
}


@alt.theme.register(NOM, enable=True)
def _theme() -> alt.theme.ThemeConfig:
    texte = {"labelFontSize": TAILLE, "titleFontSize": TAILLE, "labelColor": palette.ENCRE}
    config = {
        "locale": {"number": _NOMBRES, "time": _DATES},
        "background": palette.FOND,
        "font": POLICE,
        "view": {"stroke": None},
        # A mark without number is grey, never the palest of a scale.
        "scale": {"invalid": {"color": {"value": palette.NEUTRE}}},
        "range": {"category": list(palette.CATEGORIES)},
        "axis": {
            **texte,
            "titleColor": palette.TEXTE_SECOND,
            "titleFontWeight": "normal",
            "gridColor": palette.GRILLE,
            "domainColor": palette.TEXTE_SECOND,
            "ticks": False,
            "labelPadding": 8,
        },
        "legend": {**texte, "titleFontSize": TAILLE, "labelLimit": 400, "symbolSize": 180, "orient": "top"},
        "text": {"fontSize": TAILLE, "color": palette.ENCRE, "font": POLICE},
        "bar": {"color": palette.PRINCIPALE},
        "line": {"strokeWidth": 3},
    }
    return alt.theme.ThemeConfig(config=config)  # type: ignore[typeddict-item]
