"""What is said in the conversations measured: invented, always the same, of an evening's length."""

import random

POSTS = 20  # of a conversation: a page full
DIFFERENT = 200  # texts; they come again
SENTENCES = [
    "The evenings are the hardest part of it for me.",
    "I went out as far as the corner today, and it was all right.",
    "What helped a little was writing down three things before bed.",
    "My sister rang and I did not pick up; I rang back in the morning.",
    "Thank you for saying this, I had thought I was the only one.",
    "On *some* days nothing of that works, and then I let the day be over.",
    "The kettle, a walk, a shower: in that order, whatever else happens.",
    "I have not told anybody at work yet and I do not know whether I will.",
    "It comes in waves, and between them there is **a lot of room**.",
    "I am glad that this group is here, even when I say little.",
]


def said(number: int) -> str:
    """The Markdown of one post: two paragraphs, now and then a short list."""
    chance = random.Random(number % DIFFERENT)
    first, second = (" ".join(chance.sample(SENTENCES, chance.randrange(2, 5))) for _ in range(2))
    listed = "\n\n- a walk\n- a call\n- tea" if number % 5 == 0 else ""
    return f"{first}\n\n{second}{listed}"


def title(number: int) -> str:
    """Of a conversation."""
    return f"Evening {number}: what do you do when it gets late?"
