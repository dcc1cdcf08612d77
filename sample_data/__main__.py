"""`python -m sample_data`: writes the ten workbooks again."""

from sample_data.generation.classeur import write_classeurs

for chemin in write_classeurs():
    print(f"{chemin.name} : {chemin.stat().st_size / 1000:.0f} ko")
