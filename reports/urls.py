from django.urls import include, path

from reports.views import (
    about,
    api,
    authorities,
    finding,
    findings,
    home,
    sections,
    sources,
    upload,
)

urlpatterns = [
    path("", include("reports.desk_urls")),
    path("", home.home, name="home"),
    path("findings/", findings.findings, name="findings"),
    path("findings.csv", findings.findings_csv, name="findings-csv"),
    path("findings/<slug:public_id>/", finding.finding, name="finding"),
    path("sections/<slug:public_id>/", sections.section, name="section"),
    path("authorities/", authorities.authorities, name="authorities"),
    path("authorities/<slug:slug>/", authorities.authority, name="authority"),
    path("sources/<slug:sha256>/", sources.source, name="source"),
    path("sources/<slug:sha256>/original", sources.original, name="source-original"),
    path("about/", about.about, name="about"),
    path("api/findings/", api.findings, name="api-findings"),
    path("desk/upload/", upload.upload, name="upload"),
    path("desk/upload/<slug:token>/", upload.upload_preview, name="upload-preview"),
    path("desk/upload/<slug:token>/confirm/", upload.upload_confirm, name="upload-confirm"),
    path("desk/upload/<slug:token>/cancel/", upload.upload_cancel, name="upload-cancel"),
    path("robots.txt", about.robots, name="robots"),
]
