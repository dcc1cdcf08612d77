"""The emblem of the Union, drawn from its official geometry: no picture of anyone is copied."""
