"""What ends is over at once: one process acts, another one has been asking for the pages."""
