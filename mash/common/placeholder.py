"""TEMPORARY while the stages are being built; removed before the first landing."""

from django.http import HttpResponse


def placeholder(request):
    return HttpResponse("not built yet", status=404)
