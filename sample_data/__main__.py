"""`python -m sample_data`: writes the ten workbooks again; those that they replace are still known as invented."""

from data_access.imports.demarrage import sample_fingerprints
from sample_data.generation.classeur import write_classeurs
from sample_data.generation.reference import DOSSIER

connues = sample_fingerprints()
for chemin in write_classeurs():
    print(f"{chemin.name} : {chemin.stat().st_size / 1000:.0f} ko")
sample_fingerprints.cache_clear()
with (DOSSIER / "empreintes_anciennes.txt").open("a", encoding="utf-8") as anciennes:
    anciennes.writelines(f"{empreinte}\n" for empreinte in sorted(connues - sample_fingerprints()))
