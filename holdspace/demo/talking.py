"""A few words between meetings in every group of the story: a welcome, a need, an answer."""

from typing import TYPE_CHECKING

from holdspace.threads import actions as threads

if TYPE_CHECKING:
    from holdspace.demo.circles import Plot

WELCOME = (
    "This is the room between our meetings. Say what is on your mind, or just read.\n\n"
    "- We speak of ourselves.\n- Advice only when somebody asks for it.\n"
    "- It is always fine to say nothing."
)


def begin_talking(plots: list["Plot"]) -> None:
    """Facilitators welcome; where two people are there, one says something and one answers."""
    for plot in plots:
        if plot.lead is not None:
            hello = threads.open_thread(
                by=plot.lead, group=plot.group, title="How we talk here", words=WELCOME
            )
            threads.pin(by=plot.lead, thread=hello, there=True)
        if len(plot.here) > 1:
            _one_conversation(plot)


def _one_conversation(plot: "Plot") -> None:
    (first, _member), (second, _other) = plot.here[:2]
    thread = threads.open_thread(
        by=first,
        group=plot.group,
        title="The hour before the day begins",
        words="I wake early and lie there. The day feels like a room with *too many chairs*.",
        need="listening",
    )
    said = threads.post_reply(by=second, thread=thread, words="I know that room. I read you.")
    threads.support(by=first, post=said, kind="thank-you")
