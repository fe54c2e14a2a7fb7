"""Results agreements: negotiated by two sides, signed by all parties, scored at the close of each quadrimestre."""
