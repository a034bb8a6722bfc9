"""An agency's own spreadsheet becomes record tables, as its mapping file says."""
