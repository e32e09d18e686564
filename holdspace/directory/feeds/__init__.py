"""Reading what others publish: one file per format, all giving the same drafts."""
