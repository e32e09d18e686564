# ruff: noqa: PLC0415 -- Django is set up first
"""The floor of the live line: what is posted to /say is written to every open line, as it is.

No rule, no store, no language; beside it the bare page, on the same server. Run: FOLDER PORT
"""

import asyncio
import sys
from pathlib import Path

from bench import bare
from bench.words import POSTS

SAY = "/say/"


def application():
    """The bare page's, with lines."""
    from django.core.wsgi import get_wsgi_application

    from holdspace.kit.server.pages import Pages

    class Raw(Pages):
        async def __call__(self, scope, receive, send):
            if scope["type"] == "websocket":
                await self.hold(receive, send)
            elif scope.get("path") == SAY:
                body = (await self.gather(receive)).read().decode()
                await send({"type": "http.response.start", "status": 204, "headers": []})
                await send({"type": "http.response.body"})
                self.telling = asyncio.create_task(self.tell(body))
            else:
                await super().__call__(scope, receive, send)

        async def hold(self, receive, send):
            await receive()
            await send({"type": "websocket.accept"})
            LINES.add(send)
            try:
                while (await receive())["type"] != "websocket.disconnect":
                    pass
            finally:
                LINES.discard(send)

        async def tell(self, words):
            for send in tuple(LINES):
                await send({"type": "websocket.send", "text": words})

    return Raw(get_wsgi_application(), 100_000)


LINES: set = set()


def main(folder: str, port: str) -> None:
    """Settle, print the cookie, serve as ours is served."""
    bare.configure(Path(folder))
    print(bare.settle(bare.written(POSTS, "posts")), flush=True)
    from holdspace.kit.running.sockets import loopback
    from holdspace.kit.server import process

    process.end_with_parent()
    process.run(loopback(int(port)), application())


if __name__ == "__main__":
    main(*sys.argv[1:3])
