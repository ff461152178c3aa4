from django.urls import include, path, re_path

from reports.views import (
    about,
    api,
    authorities,
    design,
    downloads,
    error_reports,
    finding,
    findings,
    history,
    home,
    sections,
    sources,
)

FORMAT = "(?P<file_format>csv|json|xlsx)"

urlpatterns = [
    path("desk/", include("reports.desk.urls")),
    path("", home.home, name="home"),
    path("findings/", findings.findings, name="findings"),
    re_path(rf"^findings\.{FORMAT}$", downloads.findings_file, name="findings-file"),
    re_path(rf"^authorities\.{FORMAT}$", downloads.authorities_file, name="authorities-file"),
    path("findings/<slug:public_id>/", finding.finding, name="finding"),
    path("sections/<slug:public_id>/", sections.section, name="section"),
    path("authorities/", authorities.authorities, name="authorities"),
    path("authorities/<slug:slug>/", authorities.authority, name="authority"),
    path("sources/<slug:sha256>/", sources.source, name="source"),
    path("sources/<slug:sha256>/original", sources.original, name="source-original"),
    path("about/", about.about, name="about"),
    path("design/", design.design, name="design"),
    path("api/findings/", api.findings, name="api-findings"),
    path("corrections/", history.all_corrections, name="corrections"),
    path("findings/<slug:public_id>/history/", history.finding_history, name="finding-history"),
    path("findings/<slug:public_id>/report/", error_reports.report, name="report"),
    path("findings/<slug:public_id>/report/thanks/", error_reports.thanks, name="report-thanks"),
    path("robots.txt", about.robots, name="robots"),
]
