"""Addresses of groups at work."""

from django.urls import path

from holdspace.groups.views import agreeing, arranging, standing

app_name = "groups"
GROUP = "work/groups/<code:code>/"
urlpatterns = [
    path("work/groups/", arranging.work_groups, name="work_groups"),
    path("work/groups/begin/", arranging.group_new, name="group_new"),
    path(GROUP, arranging.work_group, name="work_group"),
    path(f"{GROUP}edit/", arranging.group_edit, name="group_edit"),
    path(f"{GROUP}confirm", standing.group_confirm, name="group_confirm"),
    path(f"{GROUP}open", standing.group_open, name="group_open"),
    path(f"{GROUP}close/", standing.group_close, name="group_close"),
    path(f"{GROUP}end/", standing.group_end, name="group_end"),
    path(f"{GROUP}agreements/", agreeing.agreements, name="agreements"),
    path(f"{GROUP}agreements/next/", agreeing.agreement_new, name="agreement_new"),
    path(f"{GROUP}leaders/", agreeing.leaders, name="leaders"),
    path(f"{GROUP}leaders/<id:leadership>/end", agreeing.leader_end, name="leader_end"),
    path("work/topics/", arranging.topics, name="topics"),
    path("work/topics/<id:topic>/retire", arranging.topic_retire, name="topic_retire"),
]
