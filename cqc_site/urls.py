from django.contrib import admin
from django.urls import include, path

handler500 = "cqc_site.faults.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("reports.urls")),
]
