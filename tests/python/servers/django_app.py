"""Django, for the scenarios: a project in one file."""

from collections.abc import Callable

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from hookseal.django import receiver
from scenarios import log, receivers

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="not used", ALLOWED_HOSTS=["*"], DEBUG=False)


def show_log(_: HttpRequest) -> HttpResponse:
    """Give all that the handlers and observers had so far."""
    return JsonResponse(log, safe=False)


def drained(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Read the body of a form before the receiver does, as somebody's own middleware might.

    Not by ``request.POST``, which keeps the bytes of this type, so that the receiver can have them.
    """

    def first(request: HttpRequest) -> HttpResponse:
        if request.content_type == "application/x-www-form-urlencoded":
            request.read()
        return view(request)

    return csrf_exempt(first)


views = receivers(receiver)
views["/parsed"] = drained(views["/parsed"])
urlpatterns = [path("log", show_log), *(path(route[1:], view) for route, view in views.items())]
application = get_wsgi_application()
