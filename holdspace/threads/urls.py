"""Addresses of a group's conversation; they name neither a condition nor a title."""

from django.urls import path

from holdspace.threads import views

app_name = "threads"
TALK = "g/<code:code>/talk/"
THREAD = TALK + "<number:thread>/"
POST = THREAD + "<number:post>/"
urlpatterns = [
    path("news/", views.news, name="news"),
    path("my-groups/search/", views.search, name="search"),
    path(TALK, views.talk, name="talk"),
    path(TALK + "new/", views.begin, name="begin"),
    path(TALK + "draft/drop/", views.drop_draft, name="drop_draft"),
    path(TALK + "how/", views.how, name="how"),
    path(TALK + "mine/", views.reading, name="reading"),
    path(TALK + "mine/people/mute/", views.mute_person, name="mute_person"),
    path(THREAD, views.thread, name="thread"),
    path(THREAD + "live/", views.live, name="live"),
    path(THREAD + "reply/", views.reply, name="reply"),
    path(THREAD + "support/", views.support, name="support"),
    path(THREAD + "mark/", views.mark, name="mark"),
    path(THREAD + "close/", views.close, name="close"),
    path(POST, views.post, name="post"),
    path(POST + "picture/", views.picture, name="picture"),
    path(POST + "edit/", views.edit, name="edit"),
    path(POST + "take-back/", views.take_back, name="take_back"),
    path(POST + "put-away/", views.put_away, name="put_away"),
    path(POST + "note/", views.note, name="note"),
]
