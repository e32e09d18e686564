"""Addresses of finding a group, asking about one, and bringing in those of others."""

from django.urls import URLPattern, path

from holdspace.directory.views import asking, browse, choose, group, importing

app_name = "directory"
urlpatterns: list[URLPattern] = [
    path("meetings.json", browse.meeting_guide, name="meeting_guide"),
    path("groups/", browse.groups, name="groups"),
    path("groups/<code:code>/", group.group, name="group"),
    path("groups/<code:code>/agreement/", group.agreement, name="agreement"),
    path("groups/<code:code>/ask/", asking.ask_group, name="ask_group"),
    path("ask/", asking.ask_person, name="ask"),
    path("asked/<token:token>/", asking.asked, name="asked"),
    path("choose/", choose.begin, name="choose"),
    path("choose/<int:number>/", choose.question, name="choose_question"),
    path("choose/groups/", choose.groups, name="choose_groups"),
    path("choose/forget/", choose.forget, name="choose_forget"),
    path("work/questions/", asking.inbox, name="questions"),
    path("work/questions/<code:code>/", asking.answer_one, name="answer"),
    path("work/directory/", importing.bring, name="bring"),
    path("work/directory/<code:code>/", importing.look, name="look"),
    path("work/directory/<code:code>/bring-in/", importing.confirm, name="confirm"),
    path("work/directory/<code:code>/drop/", importing.drop, name="drop"),
    path("groups/<code:code>/take-over/", importing.take_over, name="take_over"),
]
