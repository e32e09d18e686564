"""Pages of staff accounts: colleagues (for coordinators) and ways in (for whoever has a link)."""
