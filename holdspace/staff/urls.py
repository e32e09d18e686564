"""Addresses of staff accounts: colleagues for coordinators, ways in for who holds a link."""

from django.urls import path

from holdspace.staff.views import colleagues, ways_in

app_name = "staff"
urlpatterns = [
    path("work/staff/", colleagues.colleagues, name="colleagues"),
    path("work/staff/invite/", colleagues.invite, name="invite"),
    path("work/staff/invited/", colleagues.invited, name="invited"),
    path(
        "work/staff/invitations/<id:invitation>/withdraw",
        colleagues.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("work/staff/<id:account>/", colleagues.colleague, name="colleague"),
    path(
        "work/staff/<id:account>/offer-new-code",
        colleagues.colleague_new_code,
        name="colleague_new_code",
    ),
    path("work/staff/<id:account>/end/", colleagues.colleague_end, name="colleague_end"),
    path("staff/begin/<token:token>/", ways_in.begin_link, name="begin_link"),
    path("staff/begin/", ways_in.begin, name="begin"),
    path("staff/begin/code/", ways_in.begin_code, name="begin_code"),
    path("begin/<token:token>/", ways_in.begin_house_link, name="begin_house_link"),
    path("begin/", ways_in.begin_house, name="begin_house"),
]
