"""A coordinator's and a facilitator's pages about groups, under /work/."""
