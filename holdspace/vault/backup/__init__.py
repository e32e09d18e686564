"""Backup and restore: content first, keys after, erasures replayed."""
