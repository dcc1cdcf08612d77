"""Command line, for a scheduled job: `python -m reports seance --plie CODE --instance … --vers DOSSIER`."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from indicators.acces import Refus
from indicators.arrondi import read_base
from indicators.nombres import write_decimal
from reports.fichiers import FORMATS, FORMATS_USUELS, FichierEcrit, FichierManque, check_folder, write_files
from reports.notice import name_edition
from reports.pdf.polices import write_missing
from seances.edition import Progres
from seances.preparation import AUDIENCES, INSTANCES, LECTURES, write_audience
from seances.publication import AUTEUR_DES_COMMANDES, Seance, open_dossier, publish_dossier

_LARGEUR = 30
_EFFACE = "\r\x1b[2K"


class BarreDAvancement:
    """A progress bar that rewrites its own line."""

    def __init__(self, sortie: TextIO) -> None:
        self._sortie = sortie if sortie.isatty() else None

    def part(self, debut: float, fin: float) -> Progres:
        """What a step that goes from `debut` to `fin` of the whole must call."""
        return lambda part, mot: self.show(debut + (fin - debut) * part, mot)

    def show(self, part: float, mot: str) -> None:
        """Draws the bar, with what is being done."""
        if self._sortie is None:
            return
        plein = round(_LARGEUR * min(max(part, 0.0), 1.0))
        self._sortie.write(f"{_EFFACE}[{'█' * plein}{'·' * (_LARGEUR - plein)}] {part:4.0%} {mot[:60]}")
        self._sortie.flush()

    def clear(self) -> None:
        """Removes the bar."""
        if self._sortie is not None:
            self._sortie.write(_EFFACE)
            self._sortie.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the papers of a meeting; 0 when all are written, 1 when one cannot be (the others are), 2 when the
    settings are wrong (message in French on standard error)."""
    options = _parser().parse_args(list(sys.argv[1:] if arguments is None else arguments))
    barre = BarreDAvancement(sys.stderr)
    try:
        read_base()
    except Refus as refus:
        print(refus, file=sys.stderr)
        return 2
    try:
        resume, ecrits, manques = _run(options, barre)
    except Refus as refus:
        barre.clear()
        print(refus, file=sys.stderr)
        return 1
    barre.clear()
    if options.json:
        fichiers = {
            "fichiers": [f.as_json() for f in ecrits],
            "manques": [{"sorte": m.sorte, "message": m.message} for m in manques],
        }
        print(json.dumps(resume | fichiers, ensure_ascii=False, indent=2))
    else:
        _tell(resume, ecrits)
    for manque in manques:
        print(manque.message, file=sys.stderr)
    if manques and options.publier:
        print(_write_again(resume["edition"]), file=sys.stderr)
    return 1 if manques else 0


def _run(
    options: argparse.Namespace, barre: BarreDAvancement
) -> tuple[dict[str, Any], list[FichierEcrit], list[FichierManque]]:
    """The meeting in plain values, the files written, those that could not be."""
    seance = Seance(
        options.plie, options.instance, options.audience, options.du, options.au, options.edition, options.lecture
    )
    dossier = open_dossier(options.base, seance, barre.part(0.0, 0.3))
    avis = [*dossier.avis, *filter(None, [write_missing(dossier.edition)])]
    if options.publier:
        check_folder(options.vers)
        dossier = publish_dossier(options.base, dossier, options.auteur)
    edition = dossier.edition
    try:
        ecrits, manques = write_files(dossier, options.formats, options.vers, options.remplacer, barre.part(0.3, 1.0))
    except Refus as refus:
        if not options.publier:
            raise
        raise Refus(f"{refus} {_write_again(edition.numero)}") from None
    resume = {
        "plie": edition.code_plie,
        "instance": edition.instance,
        "edition": edition.numero,
        "titre": f"{name_edition(edition)} : {edition.titre}",
        "perimetre": edition.perimetre,
        "audience": edition.audience,
        "lecture": edition.lecture,
        "arrondi_a": edition.arrondi_a,
        "avis": avis,
    }
    return resume, ecrits, manques


def _write_again(numero: int | None) -> str:
    return (
        f"L’édition n°\u00a0{numero} est publiée : écrivez ses fichiers avec --edition {numero} au lieu de --publier."
    )


def _tell(resume: dict[str, Any], ecrits: list[FichierEcrit]) -> None:
    print(resume["titre"])
    print(f"{resume['perimetre']} ; {write_audience(resume['audience'], resume['arrondi_a'] != 0)}")
    for avis in resume["avis"]:
        print(avis)
    for ecrit in ecrits:
        print(f"écrit : {ecrit.chemin} ({ecrit.octets // 1024 or 1} Ko, {write_decimal(ecrit.secondes)} s)")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description="Les papiers d’une séance.")
    seance = parser.add_subparsers(required=True, metavar="COMMANDE").add_parser(
        "seance", help="composer une séance, ou rouvrir une édition, et en écrire les fichiers", allow_abbrev=False
    )
    seance.add_argument("--plie", required=True, metavar="CODE", help="code du PLIE")
    seance.add_argument("--vers", required=True, type=Path, metavar="DOSSIER", help="dossier où écrire, créé au besoin")
    quoi = seance.add_mutually_exclusive_group()
    quoi.add_argument("--edition", type=int, metavar="N", help="rouvrir cette édition publiée, telle qu’elle était")
    quoi.add_argument("--publier", action="store_true", help="publier : l’édition reçoit un numéro et ne change plus")
    seance.add_argument(
        "--instance", choices=list(INSTANCES), default="comite_pilotage", help="qui se réunit (défaut : %(default)s)"
    )
    seance.add_argument("--du", type=_day, metavar="AAAA-MM-JJ", help="premier jour (défaut : 1er janvier)")
    seance.add_argument("--au", type=_day, metavar="AAAA-MM-JJ", help="dernier jour (défaut : date des données)")
    seance.add_argument(
        "--audience",
        choices=list(AUDIENCES),
        default="",
        help="qui lit, donc exact ou arrondi (défaut : selon l’instance)",
    )
    seance.add_argument(
        "--lecture",
        choices=LECTURES,
        default="",
        help="petits effectifs exacts ou arrondis, qui que lise (défaut : selon --audience)",
    )
    seance.add_argument(
        "--formats",
        type=_formats,
        default=FORMATS_USUELS,
        metavar="LISTE",
        help=f"parmi {','.join(FORMATS)} (défaut : {','.join(FORMATS_USUELS)})",
    )
    seance.add_argument("--remplacer", action="store_true", help="écrire par-dessus un fichier de même nom")
    seance.add_argument("--auteur", default=AUTEUR_DES_COMMANDES, metavar="NOM", help="qui publie, pour l’historique")
    seance.add_argument("--base", metavar="URL", help="base (défaut : PLIE_DATABASE_URL, sinon data/plie.db)")
    seance.add_argument("--json", action="store_true", help="sortie JSON")
    return parser


def _day(texte: str) -> date:
    try:
        return date.fromisoformat(texte)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {texte} » n’est pas une date AAAA-MM-JJ") from None


def _formats(texte: str) -> tuple[str, ...]:
    voulus = tuple(dict.fromkeys(mot.strip() for mot in texte.split(",") if mot.strip()))
    inconnus = [mot for mot in voulus if mot not in FORMATS]
    if inconnus or not voulus:
        raise argparse.ArgumentTypeError(f"« {', '.join(inconnus) or texte} » : choisissez parmi {', '.join(FORMATS)}")
    return voulus


if __name__ == "__main__":
    sys.exit(main())
