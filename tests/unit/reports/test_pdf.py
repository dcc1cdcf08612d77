"""The PDF, read back: tagged as PDF/UA asks, French, complete, and words of users printed as they are."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from PIL import Image as Photo

from charts.svg import list_font_folders
from indicators.nombres import write_integer
from reports.caracteres import bind
from reports.pdf import build, build_note
from reports.pdf.donnees import name_drawings
from sections.contenu import Edition
from sections.images import Image, Tableau
from tests.unit.reports import fabrique

HOSTILES = (
    '#read("/etc/passwd")',
    '#include "theme.typ"',
    "$ x^2 $",
    "*gras* _souligné_",
    "@reference",
    "<etiquette>",
    '#panic("non")',
    "= Titre",
    "// commentaire",
    "\\u{41}",
    "`code`",
    "- puce",
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return fabrique.edition()


@pytest.fixture(scope="module")
def lu(edition: Edition) -> pypdf.PdfReader:
    return lire(build(edition))


def lire(octets: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(octets))


def texte_de(pdf: pypdf.PdfReader) -> str:
    """All the words, blanks made equal: lines are cut where the page wants."""
    return aplatir(" ".join(page.extract_text() for page in pdf.pages))


def aplatir(texte: str) -> str:
    return "".join(texte.split())


def tags_of(pdf: pypdf.PdfReader) -> Iterator[Any]:
    """Every element of the structure tree."""
    reste = [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while reste:
        noeud = reste.pop().get_object()
        if isinstance(noeud, list):
            reste += noeud
        elif isinstance(noeud, dict):
            if "/S" in noeud:
                yield noeud
            if "/K" in noeud:
                reste.append(noeud["/K"])


def named(pdf: pypdf.PdfReader, *noms: str) -> list[Any]:
    return [tag for tag in tags_of(pdf) if tag["/S"] in noms]


def test_it_is_a_tagged_french_document_with_a_title(lu: pypdf.PdfReader, edition: Edition) -> None:
    racine = lu.trailer["/Root"]
    assert racine["/MarkInfo"]["/Marked"]
    assert racine["/Lang"] == "fr-FR"
    assert lu.metadata is not None
    assert lu.metadata.title == bind(f"{edition.plie} – {edition.titre}")
    assert racine["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in racine["/Metadata"].get_object().get_data()


def test_it_is_a4_upright_with_numbered_pages(lu: pypdf.PdfReader) -> None:
    for rang, page in enumerate(lu.pages, 1):
        assert [round(float(cote)) for cote in page.mediabox[2:]] == [595, 842]
        assert f"page{rang}sur{len(lu.pages)}" in aplatir(page.extract_text())


def test_bookmarks_lead_to_every_section(lu: pypdf.PdfReader, edition: Edition) -> None:
    titres = [signet.title for signet in lu.outline if not isinstance(signet, list)]
    attendus = ["À retenir", "Suites données aux décisions précédentes", *(s.titre for s in edition.sections)]
    assert [t for t in titres if t in attendus] == attendus
    assert titres[-2:] == ["Méthode", "Définitions"]


def test_every_picture_has_its_words_and_its_table(lu: pypdf.PdfReader, edition: Edition) -> None:
    images = [i for s in edition.sections for i in s.images]
    alternatives = [tag.get("/Alt", "") for tag in named(lu, "/Figure")]
    assert all(alternatives)
    for image in images:
        assert any(a.startswith(bind(image.sujet)) for a in alternatives), image.code
    tables = named(lu, "/Table")
    assert len(tables) >= len(images) + 1
    assert len(named(lu, "/TH")) >= sum(1 + len(i.series) for i in images)


def test_every_number_is_printed(lu: pypdf.PdfReader, edition: Edition) -> None:
    ecrit = texte_de(lu)
    attendus = [c.texte for s in edition.sections for c in s.chiffres]
    attendus += [t for s in edition.sections for i in s.images for serie in i.series for t in serie.textes]
    attendus += [f"{nom}{i.series[0].textes[r]}" for s in edition.sections for i in s.images
                 for r, nom in enumerate(i.categories) if len(nom) < 12]  # fmt: skip
    assert len(attendus) > 130
    assert [t for t in attendus if aplatir(t) not in ecrit] == []


def test_every_word_of_the_team_is_printed(lu: pypdf.PdfReader, edition: Edition) -> None:
    ecrit = texte_de(lu)
    textes = [edition.commentaire, edition.perimetre, *edition.regles]
    textes += [c.libelle for s in edition.sections for g in s.groupes for c in g.cibles]
    textes += [m for s in edition.suivis for m in (s.texte, s.porteur, s.etat)]
    textes += [m for d in edition.definitions for m in (d.libelle, d.texte, *d.sources, *d.reserves)]
    for texte in textes:
        assert aplatir(texte)[:60] in ecrit, texte
    assert "lestauxsecalculentsurleseffectifsarrondis" in ecrit
    assert "Donnéesinventées" in ecrit


def test_the_mention_is_that_of_the_period(edition: Edition) -> None:
    ancienne = texte_de(lire(build_note(edition)))
    assert aplatir("Fonds social européen") in ancienne
    assert aplatir("Union européenne") in ancienne
    nouvelle = texte_de(lire(build_note(replace(edition, mention="ue"))))
    assert aplatir("Cofinancé par l’Union européenne") in nouvelle
    assert aplatir("Fonds social") not in nouvelle


def hostile(edition: Edition) -> Edition:
    tout = "\n".join(HOSTILES)
    image = replace(fabrique.barres_longues(), categories=HOSTILES, message=HOSTILES[0], sujet=HOSTILES[1],
                    entete=HOSTILES[2], note=HOSTILES[3])  # fmt: skip
    chiffres = tuple(
        replace(c, libelle=h, precision=h, evolution=h, cible=h)
        for c, h in zip(edition.sections[0].chiffres, HOSTILES, strict=False)
    )
    groupe = replace(fabrique.groupes()[0], titre=HOSTILES[0], resume=HOSTILES[1])
    section = replace(
        edition.sections[0], titre=HOSTILES[0], message=HOSTILES[1], phrases=HOSTILES, chiffres=chiffres,
        images=(image,), groupes=(groupe,), commentaire=tout, points_de_decision=HOSTILES,
    )  # fmt: skip
    suivis = tuple(replace(s, texte=h, suivi=h) for s, h in zip(edition.suivis, HOSTILES, strict=False))
    return replace(
        edition, titre=HOSTILES[0], plie=HOSTILES[5], perimetre=HOSTILES[4], commentaire=tout, sections=(section,),
        regles=HOSTILES, suivis=suivis,
    )  # fmt: skip


def test_words_of_users_are_never_read_as_a_template(edition: Edition) -> None:
    for octets in (build(hostile(edition)), build_note(hostile(edition))):
        ecrit = texte_de(lire(octets))
        assert "root:x" not in ecrit
        assert aplatir(HOSTILES[0]) in ecrit
    ecrit = texte_de(lire(build(hostile(edition))))
    for texte in HOSTILES:
        assert aplatir(texte) in ecrit, texte


def longest(edition: Edition) -> Edition:
    sections = tuple(
        replace(
            s, message=fabrique.PHRASE_LONGUE * 3, phrases=(fabrique.PHRASE_LONGUE,) * 8,
            points_de_decision=(fabrique.PHRASE_LONGUE * 2,) * 8, chiffres=edition.sections[0].chiffres * 2,
        )
        for s in edition.sections
    )  # fmt: skip
    memes = [replace(s, message=f"{rang} {s.message}") for rang, s in enumerate(sections * 2)]
    return replace(
        edition, sections=tuple(memes), commentaire=fabrique.COMMENTAIRE_LONG * 2, titre=fabrique.TITRE_LONG * 2,
        perimetre=fabrique.TITRE_LONG * 3,
    )  # fmt: skip


def test_the_note_is_one_page_whatever_the_edition(edition: Edition) -> None:
    vide = replace(edition, sections=(), commentaire="", suivis=())
    logos = tuple((f"Financeur {i}", png()) for i in range(6))
    for e in (edition, longest(edition), vide, hostile(edition)):
        for donnes in ((), logos):
            assert len(lire(build_note(e, donnes)).pages) == 1


def test_a_note_cut_short_says_so(edition: Edition) -> None:
    ecrit = texte_de(lire(build_note(longest(edition))))
    assert aplatir("autres points, dans le dossier de séance") in ecrit


def test_the_note_carries_the_figures_and_the_decisions(edition: Edition) -> None:
    ecrit = texte_de(lire(build_note(edition)))
    for chiffre in edition.sections[0].chiffres[:8]:
        assert aplatir(chiffre.texte) in ecrit
    for attendu in ("Soumis à décision", "Valider la bascule de 12 sorties", "à faire : 3", edition.perimetre):
        assert aplatir(attendu) in ecrit


def png(largeur: int = 600, hauteur: int = 200) -> bytes:
    octets = io.BytesIO()
    Photo.new("RGB", (largeur, hauteur), "#AA3300").save(octets, "PNG")
    return octets.getvalue()


def test_logos_are_there_and_a_broken_one_is_named(edition: Edition) -> None:
    pdf = lire(build(edition, (("Région", png()), ("Abîmé", b"pas une image"))))
    assert "Région" in [tag.get("/Alt") for tag in named(pdf, "/Figure")]
    assert aplatir("à redéposer : Abîmé") in texte_de(pdf)


def test_the_same_edition_is_the_same_file(edition: Edition) -> None:
    assert build(edition) == build(edition)


def test_fonts_are_embedded_and_know_french(lu: pypdf.PdfReader) -> None:
    polices = {str(f["/BaseFont"]) for page in lu.pages for f in map(_font, page["/Resources"]["/Font"].values())}
    assert all("SourceSans" in police for police in polices), polices
    assert list(list_font_folders()[0].glob("SourceSansPro-Regular.*"))
    ecrit = " ".join(page.extract_text() for page in lu.pages)
    assert write_integer(1412) in ecrit.replace("\u00a0", "\u202f")


def _font(reference: Any) -> Any:
    return reference.get_object()


def test_progress_ends_at_one(edition: Edition) -> None:
    entendus: list[float] = []
    build_note(edition, progres=lambda part, mot: entendus.append(part))
    assert entendus == sorted(entendus)
    assert entendus[-1] == 1.0


# ---- what is drawn


def masked(image: Image, *rangs: int) -> Image:
    series = tuple(
        replace(
            s,
            valeurs=tuple(None if r in rangs else v for r, v in enumerate(s.valeurs)),
            textes=tuple("moins de 5" if r in rangs else t for r, t in enumerate(s.textes)),
        )
        for s in image.series
    )
    return replace(image, series=series)


def with_images(edition: Edition, *images: Image) -> Edition:
    return replace(edition, sections=(replace(edition.sections[-1], images=images),), suivis=(), definitions=())


def test_every_picture_is_drawn_with_its_words_as_text(lu: pypdf.PdfReader, edition: Edition) -> None:
    images = [i for s in edition.sections for i in s.images]
    assert list(name_drawings(edition)) == images
    assert len(set(name_drawings(edition).values())) == len(images)
    # Words that only a drawing writes: its axes, its shares, its steps.
    for mot in ("1\u202f020", "100\u202f%", "+ 240", "54\u202f%"):
        assert aplatir(mot) in texte_de(lu), mot


def test_a_picture_that_would_be_false_or_empty_is_words(edition: Edition) -> None:
    marche, vides = masked(fabrique.cascade(), 1), []
    for image in (i for s in fabrique.sections() for i in s.images):
        vides.append(masked(image, *range(len(image.categories))))
    assert name_drawings(with_images(edition, marche, *vides)) == {}
    ecrit = texte_de(lire(build(with_images(edition, marche))))
    assert aplatir("Pas de graphique : aucun de ses nombres ne peut être montré.") in ecrit
    assert aplatir("Entrées moins de 5") in ecrit


def test_a_map_is_drawn(edition: Edition) -> None:
    ecrit = texte_de(lire(build(with_images(edition, fabrique.carte()))))
    # On the map, then in its table.
    assert ecrit.count("Agen120") == 1
    assert ecrit.count("Agen") > 2


def test_what_a_screen_alone_shows_is_left_out(edition: Edition) -> None:
    detail = replace(fabrique.temps(), detail_seul=True, message="Un détail.")
    absente = replace(fabrique.parts(), absence="Rien à montrer.", message="Une absente.")
    ecrit = texte_de(lire(build(with_images(edition, detail, fabrique.flux(), absente))))
    assert aplatir(fabrique.flux().message) in ecrit
    assert aplatir("Un détail.") not in ecrit
    assert aplatir("Une absente.") not in ecrit


def test_notes_silent_figures_and_tables_of_words_are_printed(edition: Edition) -> None:
    tableau = Tableau(("Mois", "Ce qui s’est passé"), (("mai 2021", "Fermeture de deux jours"),))
    entiere = with_images(edition, replace(fabrique.temps(), tableau=tableau))
    regles = Tableau(("Type", "Source"), (("CDI", "Protocole"),), "Règles de sortie", "deux règles")
    section = replace(
        entiere.sections[0],
        notes=("À savoir avant de lire.",),
        muets="Non documenté : heures d’étapes.",
        tableaux=(regles,),
    )
    ecrit = texte_de(lire(build(replace(entiere, sections=(section,)))))
    dits = ("À savoir avant de lire.", section.muets, "Fermeture de deux jours", "Règles de sortie", "deux règles")
    for mot in (*dits, "CDIProtocole"):
        assert aplatir(mot) in ecrit
    assert aplatir("L’axe vertical ne commence pas à zéro.") in ecrit
