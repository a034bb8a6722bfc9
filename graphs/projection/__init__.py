"""From records to the nodes and links of a network, step by step; `graphs.network` joins them."""
