"""A mail server that keeps what it is given."""

import socketserver


class OneMail(socketserver.StreamRequestHandler):
    """Just enough of SMTP to take a mail; `server.taken` gets its bytes."""

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "QUIT":
                self.say("221 bye")
                return
            if word != "DATA":
                self.say("250 fine")
                continue
            self.say("354 go on")
            lines = []
            while (data := self.rfile.readline()) != b".\r\n":
                lines.append(data)
            self.server.taken.append(b"".join(lines))  # type: ignore[attr-defined]
            self.say("250 taken")
