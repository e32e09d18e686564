"""The bare project's one model, one view and one address."""

import datetime as dt

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

SOME_DAY = dt.date(2026, 11, 24)


class Line(models.Model):
    """A row to show."""

    name = models.CharField(max_length=80)
    text = models.TextField()
    day = models.DateField(default=SOME_DAY)

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.name


def bare(request: HttpRequest) -> HttpResponse:
    """Who I am, and the rows."""
    return render(request, "bare.html", {"user": request.user, "rows": Line.objects.order_by("id")})


urlpatterns = [path("", bare)]
