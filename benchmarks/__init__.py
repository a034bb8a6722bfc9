"""How long the work takes, against named peers, in the same run on the same machine."""
