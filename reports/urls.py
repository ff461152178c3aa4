from django.urls import include, path, re_path

from reports.api import api as v1
from reports.views import (
    about,
    api,
    api_reference,
    authorities,
    authority,
    check,
    cite,
    data,
    design,
    downloads,
    error_reports,
    finding,
    findings,
    follow,
    history,
    home,
    packs,
    sections,
    sources,
)

FORMAT = "(?P<file_format>csv|json|xlsx)"

CITATION = r"(?P<citation_format>ris|bib|csl\.json)"
KEY = "(?P<key>[-a-zA-Z0-9_]+)"
PUBLIC_ID = "(?P<public_id>[-a-zA-Z0-9_]+)"

urlpatterns = [
    path("desk/", include("reports.desk.urls")),
    path("", home.home, name="home"),
    path("findings/", findings.findings, name="findings"),
    re_path(rf"^findings\.{FORMAT}$", downloads.findings_file, name="findings-file"),
    re_path(rf"^authorities\.{FORMAT}$", downloads.authorities_file, name="authorities-file"),
    re_path(rf"^findings/cite\.{CITATION}$", cite.search_page, name="cite-search"),
    re_path(rf"^findings/{PUBLIC_ID}/cite\.{CITATION}$", cite.finding, name="cite-finding"),
    re_path(rf"^sections/{PUBLIC_ID}/cite\.{CITATION}$", cite.section, name="cite-section"),
    path("findings/<slug:public_id>/", finding.finding, name="finding"),
    path("sections/<slug:public_id>/", sections.section, name="section"),
    path("findings.atom", follow.feed, name="feed"),
    re_path(
        r"^authorities/(?P<slug>[-a-zA-Z0-9_]+)\.atom$",
        follow.authority_feed,
        name="authority-feed",
    ),
    re_path(
        r"^statements/(?P<slug>[-a-zA-Z0-9_]+)\.atom$",
        follow.statement_feed,
        name="statement-feed",
    ),
    path("follow/", follow.follow, name="follow"),
    path("follow/<slug:key>/stop/", follow.stop, name="follow-stop"),
    re_path(
        r"^releases/(?P<version>[0-9A-Za-z][0-9A-Za-z.-]*)/(?P<name>[-_./a-zA-Z0-9]+)$",
        data.release_file,
        name="release-file",
    ),
    path("check/", check.check, name="check"),
    path("data/", data.data, name="data"),
    path("packs/", packs.my_packs, name="packs"),
    path("packs/add/", packs.add, name="pack-add"),
    re_path(
        rf"^packs/shared/{KEY}\.(?P<file_format>csv|docx|pdf)$",
        packs.shared_file,
        name="shared-pack-file",
    ),
    re_path(rf"^packs/shared/{KEY}/cite\.{CITATION}$", packs.shared_citation, name="cite-pack"),
    path("packs/shared/<slug:key>/", packs.shared, name="shared-pack"),
    path("packs/<slug:key>/", packs.pack, name="pack"),
    path("packs/<slug:key>/delete/", packs.delete, name="pack-delete"),
    path("authorities/", authorities.authorities, name="authorities"),
    path("authorities/<slug:slug>/", authority.authority, name="authority"),
    path("sources/<slug:sha256>/", sources.source, name="source"),
    path("sources/<slug:sha256>/original", sources.original, name="source-original"),
    path("about/", about.about, name="about"),
    path("design/", design.design, name="design"),
    path("", include("reports.views.reading.urls")),
    path("api/v1/", api_reference.reference, name="api-reference"),
    path("api/v1/", v1.urls),
    path("api/findings/", api.findings, name="api-findings"),
    path("corrections/", history.all_corrections, name="corrections"),
    path("corrections/feed/", history.CorrectionFeed(), name="corrections-feed"),
    path("findings/<slug:public_id>/history/", history.finding_history, name="finding-history"),
    path("findings/<slug:public_id>/report/", error_reports.report, name="report"),
    path("findings/<slug:public_id>/report/thanks/", error_reports.thanks, name="report-thanks"),
    path("robots.txt", about.robots, name="robots"),
]
