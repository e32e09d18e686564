"""What we accept."""
