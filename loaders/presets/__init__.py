"""Ready-made mappings for formats that many agencies share."""
