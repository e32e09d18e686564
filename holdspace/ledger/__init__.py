"""What happened, in order. The names other packages use are here; see README.md."""
