"""What the funder of the period asks to be printed on every paper, beside the emblem.

2021-2027: regulation (EU) 2021/1060, article 47 and annex IX: « Cofinancé par l’Union européenne », written in full
next to the emblem. 2014-2020: regulation (EU) 821/2014, article 4: the words « Union européenne » in full under the
emblem, and the fund; the sentence is the one that AGAPE recommends (domain/sources/001_8de27cb0c5a06911.txt,
« Obligations de publicité », l. 7711-7772).
"""

from dataclasses import dataclass

from reports.emblemes.geometrie import ALTERNATIVE


@dataclass(frozen=True)
class Mention:
    """The words beside the emblem, those under it when the period wants some, and those read instead of it."""

    code: str
    texte: str
    sous_embleme: str
    alternative: str = ALTERNATIVE

    @property
    def court(self) -> str:
        """What fits in a footer: the words that the regulation itself asks for."""
        return self.sous_embleme or self.texte


_MENTIONS = {
    mention.code: mention
    for mention in (
        Mention("ue", "Cofinancé par l’Union européenne", ""),
        Mention(
            "fse",
            "Ce projet est cofinancé par le Fonds social européen dans le cadre du programme opérationnel national "
            "«\u00a0Emploi et Inclusion\u00a0» 2014-2020",
            "Union européenne",
        ),
    )
}


def mention_of(code: str) -> Mention:
    """The mention of a programming period, « ue » (2021-2027) or « fse » (2014-2020); KeyError for another."""
    return _MENTIONS[code]
