"""Addresses of signing up, coming in, and one's own account."""

from django.urls import path

from holdspace.people.views import devices, passkeys, signing_in, signing_up, way_back

app_name = "people"
urlpatterns = [
    path("sign-up/", signing_up.sign_up, name="sign_up"),
    path("sign-up/passkey/", signing_up.begin_with_passkey, name="sign_up_passkey"),
    path("sign-up/not-yet/", signing_up.not_yet, name="not_yet"),
    path("sign-up/welcome/", signing_up.welcome, name="welcome"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/code/", signing_in.second, name="second"),
    path("sign-in/passkey/challenge/", passkeys.passkey_challenge, name="passkey_challenge"),
    path("sign-in/passkey/enter/", passkeys.passkey_enter, name="passkey_enter"),
    path("sign-in/paper/", signing_in.by_code, name="by_code"),
    path("sign-out/", signing_in.leave_here, name="sign_out"),
    path("signed-out/", signing_in.signed_out, name="signed_out"),
    path("me/way-back/", way_back.way_back, name="way_back"),
    path("me/way-back/passphrase/", way_back.passphrase, name="passphrase"),
    path("me/way-back/passkey/", passkeys.passkeys, name="passkeys"),
    path("me/way-back/passkey/options/", passkeys.passkey_options, name="passkey_options"),
    path("me/way-back/passkey/keep/", passkeys.passkey_keep, name="passkey_keep"),
    path(
        "me/way-back/passkey/<id:passkey>/remove/", passkeys.passkey_remove, name="passkey_remove"
    ),
    path("me/way-back/paper/", way_back.paper, name="paper"),
    path("me/way-back/short/", way_back.short_code, name="short_code"),
    path("me/way-back/address/", way_back.address, name="address"),
    path("me/sessions/", devices.devices, name="devices"),
    path("me/sessions/others/end/", devices.others_sign_out, name="others_end"),
    path("me/sessions/<id:session>/", devices.device_name, name="device_name"),
    path("me/sessions/<id:session>/end/", devices.device_end, name="device_end"),
]
