"""The topics we ship: stable keys with translatable names, by family. Data, and nothing else.

A key never changes its meaning and is never used again for another one. `also` are other words
by which people look for a topic. `tender` topics show one line with help above search results.
"""
# ruff: noqa: E501 -- one line for each topic reads best

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Shipped:
    """A topic of the shipped taxonomy."""

    key: str
    family: str
    name: Any
    also: Any = ""
    tender: bool = False


FAMILIES: dict[str, Any] = {
    "general": _("Mental health in general"),
    "mood": _("Mood"),
    "anxiety": _("Anxiety and worry"),
    "trauma": _("Trauma and abuse"),
    "mind": _("Voices, psychosis, dissociation"),
    "eating": _("Eating and the body"),
    "self": _("Self-harm and suicide"),
    "loss": _("Loss"),
    "substance": _("Alcohol, drugs, gambling"),
    "neuro": _("Neurodivergence"),
    "life": _("Times of life"),
    "family": _("Family and carers"),
}

SHIPPED: tuple[Shipped, ...] = (
    Shipped("mental-health", "general", _("Any mental health problem"), _("mental illness, open group")),
    Shipped("recovery", "general", _("Recovery"), _("getting better, staying well")),
    Shipped("after-hospital", "general", _("After a stay in hospital"), _("discharge, ward, inpatient")),
    Shipped("wellbeing", "general", _("Stress and wellbeing"), _("burnout, relaxation, mindfulness")),
    Shipped("sleep", "general", _("Sleep"), _("insomnia")),
    Shipped("medication", "general", _("Living with medication"), _("side effects, tapering")),
    Shipped("depression", "mood", _("Depression"), _("low mood, feeling down, hopeless")),
    Shipped("bipolar", "mood", _("Bipolar disorder"), _("mania, manic depression, hypomania")),
    Shipped("perinatal", "mood", _("Around a birth"), _("postnatal depression, postpartum, new parent")),
    Shipped("anger", "mood", _("Anger"), _("temper, rage")),
    Shipped("anxiety", "anxiety", _("Anxiety"), _("worry, fear, nerves")),
    Shipped("panic", "anxiety", _("Panic"), _("panic attacks, agoraphobia")),
    Shipped("social-anxiety", "anxiety", _("Social anxiety"), _("shyness, fear of people")),
    Shipped("ocd", "anxiety", _("Obsessions and compulsions"), _("OCD, intrusive thoughts, rituals")),
    Shipped("health-anxiety", "anxiety", _("Health anxiety"), _("hypochondria, fear of illness")),
    Shipped("hoarding", "anxiety", _("Hoarding"), _("clutter")),
    Shipped("trauma", "trauma", _("Trauma"), _("PTSD, complex trauma, flashbacks"), tender=True),
    Shipped("childhood-abuse", "trauma", _("Abuse in childhood"), _("survivors, neglect"), tender=True),
    Shipped("sexual-violence", "trauma", _("Sexual violence"), _("rape, assault, survivors"), tender=True),
    Shipped("domestic-abuse", "trauma", _("Abuse at home"), _("domestic violence, coercive control"), tender=True),
    Shipped("veterans", "trauma", _("After military service"), _("veterans, combat")),
    Shipped("psychosis", "mind", _("Psychosis"), _("schizophrenia, schizoaffective")),
    Shipped("hearing-voices", "mind", _("Hearing voices"), _("voices, visions, unusual beliefs")),
    Shipped("dissociation", "mind", _("Dissociation"), _("DID, depersonalisation, derealisation")),
    Shipped("personality", "mind", _("Intense emotions"), _("borderline, BPD, EUPD, personality disorder")),
    Shipped("eating", "eating", _("Eating problems"), _("anorexia, bulimia, binge eating, ARFID")),
    Shipped("body-image", "eating", _("Body image"), _("body dysmorphia, BDD")),
    Shipped("self-harm", "self", _("Self-harm"), _("self-injury, cutting"), tender=True),
    Shipped("suicidal-thoughts", "self", _("Thoughts of suicide"), _("suicidal, after an attempt"), tender=True),
    Shipped("suicide-loss", "self", _("After someone died by suicide"), _("bereaved by suicide, survivors of loss"), tender=True),
    Shipped("grief", "loss", _("Grief"), _("bereavement, mourning, death")),
    Shipped("baby-loss", "loss", _("Loss of a baby"), _("miscarriage, stillbirth")),
    Shipped("separation", "loss", _("Separation and divorce"), _("break-up")),
    Shipped("alcohol", "substance", _("Alcohol"), _("drinking, sober")),
    Shipped("drugs", "substance", _("Drugs"), _("addiction, substance use")),
    Shipped("gambling", "substance", _("Gambling"), _("betting")),
    Shipped("dual", "substance", _("Mental health and substance use together"), _("dual diagnosis, double trouble")),
    Shipped("adhd", "neuro", _("ADHD"), _("ADD, attention")),
    Shipped("autism", "neuro", _("Autism"), _("autistic, Asperger")),
    Shipped("young-adults", "life", _("Young adults"), _("youth, 18 to 25")),
    Shipped("students", "life", _("Students"), _("university, college, exams")),
    Shipped("work", "life", _("Work"), _("burnout, job loss, return to work")),
    Shipped("later-life", "life", _("Later life"), _("older people, ageing, retirement")),
    Shipped("loneliness", "life", _("Loneliness"), _("isolation, friendship")),
    Shipped("physical-illness", "life", _("Living with a physical illness too"), _("chronic pain, long-term condition, cancer")),
    Shipped("migration", "life", _("Refuge and migration"), _("refugees, asylum, exile")),
    Shipped("menopause", "life", _("Menopause"), _("perimenopause")),
    Shipped("parents", "family", _("Parents with a mental health problem"), _("mothers, fathers")),
    Shipped("carers", "family", _("Caring for someone"), _("carers, caregivers, looking after")),
    Shipped("family", "family", _("Family and friends of someone"), _("relatives, partners, siblings")),
    Shipped("parents-of", "family", _("Parents of a child who struggles"), _("my son, my daughter, teenager")),
    Shipped("children-of", "family", _("Children of a parent who struggles"), _("young carers, grown-up children")),
)  # fmt: skip

BY_KEY: dict[str, Shipped] = {topic.key: topic for topic in SHIPPED}
