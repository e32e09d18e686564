"""Django's SQLite, with one step remembered: see `base`."""
