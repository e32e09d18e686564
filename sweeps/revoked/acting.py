"""A process that acts, on databases of its own, and asks another one before and after each act."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

HERE = "harbour.localhost"


class Asker:
    """The other process."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sweeps.revoked.asking"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, cookie: str, path: str, word: str = "") -> tuple[int, bool]:
        """The page's status, and whether a word stands on it."""
        said, heard = self.process.stdin, self.process.stdout
        assert said is not None
        assert heard is not None
        said.write(json.dumps([HERE, cookie, path]) + "\n")
        said.flush()
        status, page = json.loads(heard.readline())
        return status, word in page

    def around(self, act: Callable[[], Any], *asked: str) -> list[tuple[int, bool]]:
        """Twice before an act, so that all that can be remembered is, and once right after."""
        before = [self.ask(*asked), self.ask(*asked)]
        act()
        return [*before, self.ask(*asked)]

    def end(self) -> None:
        """Stop it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


def rehearse(asker: Asker) -> dict[str, list[tuple[int, bool]]]:
    """Every way in which something ends, with what the other process answered around it."""
    from holdspace.groups import actions as groups
    from holdspace.groups.tests.factories import a_group
    from holdspace.ledger.acts import SYSTEM
    from holdspace.members import actions as members
    from holdspace.members.tests.factories import a_member
    from holdspace.organisations.actions import close_doors
    from holdspace.people.actions import begin_session
    from holdspace.people.actions.signing import end_session, end_sessions
    from holdspace.people.sessions import digest
    from holdspace.staff import actions as staff
    from holdspace.staff.tests.factories import a_client, viewer_for
    from holdspace.threads import actions as threads
    from holdspace.vault.scopes import shred

    house = _house()
    group = a_group("Tuesday Circle", ceiling=20)
    lead, coordinator = a_client("facilitator", name="Sam Okafor"), a_client("coordinator")
    groups.name_leader(by=SYSTEM, group=group, staff=lead.staff)
    here = f"/g/{group.code}/"

    def somebody(alias: str) -> tuple[Any, Any, str]:
        viewer, member = a_member(house, group, alias)
        account = viewer.holder.account
        return viewer, member, begin_session(by=SYSTEM, account=account, stay=True)[0]

    def removed(member: Any) -> None:
        words = {"reason": "other", "words": "Please stay away.", "write_to": "the office"}
        members.remove_member(by=viewer_for(lead.staff), member=member, **words)

    viewers = {
        word: somebody(f"{word} Heron") for word in ("Amber", "Birch", "Cedar", "Dune", "Fern")
    }
    speaker, witness, watching = somebody("Elm Heron")
    spoken = threads.open_thread(by=speaker, group=group, title="Nights", words="The gorse is out")
    talk = f"{here}talk/{spoken.number}/"
    told = {}
    _, member, cookie = viewers["Amber"]
    told["leaving"] = asker.around(lambda: members.leave_group(by=member), cookie, here)
    _, asked_away, cookie = viewers["Birch"]
    told["removal"] = asker.around(lambda: removed(asked_away), cookie, here)
    _, _, cookie = viewers["Cedar"]
    token = digest(cookie)
    told["signing out"] = asker.around(
        lambda: end_session(by=SYSTEM, token=token), cookie, "/my-groups/"
    )
    _, leaves, cookie = viewers["Fern"]
    told["leaving a conversation"] = asker.around(
        lambda: members.leave_group(by=leaves), cookie, talk, "gorse"
    )
    viewer, gone, cookie = viewers["Dune"]
    said = threads.post_reply(by=speaker, thread=spoken, words="And the broom")
    told["taking words back"] = asker.around(
        lambda: threads.take_back(by=speaker, post=said), cookie, talk, "broom"
    )
    told["signing out everywhere"] = asker.around(
        lambda: end_sessions(by=SYSTEM, account=viewer.holder.account), cookie, here
    )
    told["erasing"] = asker.around(
        lambda: shred(members.erase_member(by=SYSTEM, member=gone)), watching, here, "Dune Heron"
    )
    told["a new name"] = asker.around(
        lambda: groups.change_group(by=SYSTEM, group=group, name="Other Circle"),
        watching, "/my-groups/", "Tuesday Circle",
    )  # fmt: skip
    told["an account at work"] = asker.around(
        lambda: staff.end_account(by=SYSTEM, staff=lead.staff), _cookie(lead), "/work/"
    )
    told["closed doors"] = asker.around(
        lambda: close_doors(by=viewer_for(coordinator.staff), organisation=house, reason="A pause"),
        "", f"/groups/{group.code}/",
    )  # fmt: skip
    told["who stays"] = asker.around(lambda: members.rest(by=witness), watching, here, "resting")
    told["a new agreement"] = asker.around(
        lambda: groups.publish_agreement(
            by=SYSTEM, group=group, clauses=["We listen."], limits="When somebody is in danger."
        ),
        watching, talk, "gorse",
    )  # fmt: skip
    return told


def _cookie(client: Any) -> str:
    from holdspace.people.sessions import cookie_name

    return client.cookies[cookie_name()].value


def _house() -> Any:
    from holdspace.kit import clock, scope
    from holdspace.ledger.acts import outside_act
    from holdspace.organisations.tests.factories import an_organisation

    house = an_organisation("Harbour Circle", "harbour")
    scope.enter(house.id)
    with outside_act("a rehearsal"):  # the list before opening is people's work, not ours here
        house.opened_on = clock.today()
        house.save(update_fields=["opened_on"])
    return house


def main() -> None:
    """Act on the databases that the environment names; print what the other process said."""
    import django

    django.setup()
    asker = Asker()
    try:
        print(json.dumps(rehearse(asker)))
    finally:
        asker.end()


if __name__ == "__main__":
    main()
