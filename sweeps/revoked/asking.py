"""A process that asks for pages as browsers do: host, cookie and path in, status and words out."""

import json
import sys


def main() -> None:
    """Until standard input ends; what it remembers between the lines is what is tested."""
    import django

    django.setup()
    from django.test import Client

    from holdspace.people.sessions import cookie_name

    for line in sys.stdin:
        host, cookie, path = json.loads(line)
        client = Client(headers={"host": host})
        client.cookies[cookie_name()] = cookie
        answer = client.get(path)
        print(json.dumps([answer.status_code, answer.content.decode()]), flush=True)


if __name__ == "__main__":
    main()
