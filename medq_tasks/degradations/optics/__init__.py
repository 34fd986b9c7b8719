"""Physics that several degradations share: light, point spread, stains, coverage, random fields."""
