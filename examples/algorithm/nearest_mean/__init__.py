"""An algorithm of one's own for Weft."""
