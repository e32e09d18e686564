"""The pages of finding a group."""
