"""The web process: uvicorn on the event loop, Django's pages in a small pool of threads."""
