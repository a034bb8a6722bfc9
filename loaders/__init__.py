"""Case bundles become checked records."""
