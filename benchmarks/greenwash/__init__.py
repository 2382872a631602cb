"""benchmarks/greenwash: every kind of manipulation of the catalogue, planted in parks whose truth is known; who finds it, who cries wolf."""
