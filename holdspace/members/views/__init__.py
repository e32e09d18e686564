"""Pages of this package, by what somebody came for."""
