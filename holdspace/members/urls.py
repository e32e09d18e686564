"""Addresses of coming into a group, being in it, and its door."""

from django.urls import path

from holdspace.members.views import joining, leading, place, returning, visiting, waiting

app_name = "members"

PUBLIC = "groups/<code:code>/"
INSIDE = "g/<code:code>/"
LEAD = "g/<code:code>/lead/"

urlpatterns = [
    path(PUBLIC + "join/", joining.join, name="join"),
    path(PUBLIC + "join/agreement/", joining.join_agreement, name="join_agreement"),
    path(PUBLIC + "join/questions/", joining.join_questions, name="join_questions"),
    path(PUBLIC + "join/hello/", joining.join_hello, name="join_hello"),
    path(PUBLIC + "join/needs/", joining.join_needs, name="join_needs"),
    path(PUBLIC + "join/hope/", joining.join_hope, name="join_hope"),
    path(PUBLIC + "join/way-back/", joining.join_way_back, name="join_way_back"),
    path(PUBLIC + "join/again/", joining.join_anew, name="join_anew"),
    path(PUBLIC + "answers/", waiting.application, name="application"),
    path(PUBLIC + "answers/withdraw/", waiting.withdraw_application, name="withdraw_application"),
    path(PUBLIC + "waiting/", waiting.waiting, name="waiting"),
    path(PUBLIC + "waiting/wait/", waiting.wait, name="wait"),
    path(PUBLIC + "waiting/leave/", waiting.leave_waiting, name="leave_waiting"),
    path(PUBLIC + "waiting/pass/", waiting.pass_on_offer, name="pass_on_offer"),
    path(PUBLIC + "visit/", visiting.visit_ask, name="visit_ask"),
    path(PUBLIC + "come-back/", place.come_back, name="come_back"),
    path("i/<token:token>/", waiting.invitation, name="invitation"),
    path("v/<token:token>/", visiting.visit, name="visit"),
    path("visit/", visiting.evening, name="evening"),
    path("visit/wishes/", visiting.change_wishes, name="change_wishes"),
    path("visit/another/", visiting.visit_move, name="visit_move"),
    path("visit/after/", visiting.visit_after, name="visit_after"),
    path("visit/join/", visiting.visit_join, name="visit_join"),
    path("visit/end/", visiting.visit_end, name="visit_end"),
    path(INSIDE + "agreement/", place.agree, name="agree"),
    path(INSIDE + "people/", place.people, name="people"),
    path(INSIDE + "someone/", place.someone, name="someone"),
    path(INSIDE + "not-here/", place.not_here, name="not_here"),
    path(INSIDE + "not-here/read/", place.farewell_read, name="farewell_read"),
    path(INSIDE + "not-here/words-back/", place.words_back, name="words_back"),
    path(INSIDE + "place/", place.place, name="place"),
    path(INSIDE + "place/about/", place.about, name="about"),
    path(INSIDE + "place/name/", place.rename, name="rename"),
    path(INSIDE + "place/rest/", place.rest, name="rest"),
    path(INSIDE + "place/return/", place.end_rest, name="end_rest"),
    path(INSIDE + "place/leave/", place.leave, name="leave"),
    path(LEAD, leading.lead, name="lead"),
    path(LEAD + "applications/", leading.applications, name="applications"),
    path(
        LEAD + "applications/<id:application>/",
        leading.application_answer,
        name="application_answer",
    ),
    path(LEAD + "visits/", leading.visits, name="visits"),
    path(LEAD + "visits/<id:visit>/", leading.visit_answer, name="visit_answer"),
    path(LEAD + "waiting/", leading.line, name="line"),
    path(LEAD + "members/", leading.members, name="lead_members"),
    path(LEAD + "members/unused/", leading.unused, name="unused"),
    path(LEAD + "members/<id:member>/", leading.member_role, name="member_role"),
    path(LEAD + "members/<id:member>/remove/", leading.member_remove, name="member_remove"),
    path(LEAD + "invitations/", leading.invitations, name="invitations"),
    path(LEAD + "invitations/invite/", leading.invite, name="invite"),
    path(
        LEAD + "invitations/<id:invitation>/withdraw/",
        leading.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(LEAD + "private-words/", leading.recognitions, name="recognitions"),
    path(
        LEAD + "private-words/<id:recognition>/settle/",
        leading.recognition_settle,
        name="recognition_settle",
    ),
    path(LEAD + "returns/", returning.returns, name="returns"),
    path(LEAD + "returns/<id:asked>/confirm/", returning.return_confirm, name="return_confirm"),
]
