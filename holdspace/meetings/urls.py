"""Addresses of meetings: inside a group by its code, and my own week."""

from django.urls import path

from holdspace.meetings import views

app_name = "meetings"
HERE = "g/<code:code>/meetings/"
urlpatterns = [
    path("week/", views.week, name="week"),
    path("zone/", views.zone, name="zone"),
    path("calendar.ics", views.open_calendar, name="open_calendar"),
    path("calendar/group/<token:token>.ics", views.group_feed, name="group_feed"),
    path("groups/<code:code>/calendar.ics", views.open_calendar, name="group_calendar"),
    path(HERE, views.meetings, name="meetings"),
    path(HERE + "calendar/", views.calendar, name="calendar"),
    path(HERE + "calendar/renew/", views.renew_calendar, name="renew_calendar"),
    path(HERE + "calendar/end/", views.end_calendar, name="end_calendar"),
    path(HERE + "plan/", views.plan_series, name="plan_series"),
    path(HERE + "add/", views.add_meeting, name="add_meeting"),
    path(HERE + "series/<id:series>/change/", views.change_series, name="change_series"),
    path(HERE + "series/<id:series>/end/", views.end_series, name="end_series"),
    path(HERE + "<int:number>/", views.meeting, name="meeting"),
    path(HERE + "<int:number>/take/", views.take_seat, name="take_seat"),
    path(HERE + "<int:number>/give-up/", views.give_up_seat, name="give_up_seat"),
    path(HERE + "<int:number>/move/", views.move_meeting, name="move_meeting"),
    path(HERE + "<int:number>/skip/", views.skip_meeting, name="skip_meeting"),
    path(HERE + "<int:number>/cancel/", views.cancel_meeting, name="cancel_meeting"),
    path(HERE + "<int:number>/restore/", views.restore_meeting, name="restore_meeting"),
]
