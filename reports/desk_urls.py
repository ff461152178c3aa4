"""The desk, and the public pages about corrections."""

from django.urls import path

from reports.views.desk import (
    bulk,
    conflicts,
    dismissals,
    documents,
    findings,
    history,
    queue,
    reader_reports,
    records,
)

urlpatterns = [
    path("corrections/", history.all_corrections, name="corrections"),
    path("findings/<slug:public_id>/history/", history.finding_history, name="finding-history"),
    path("findings/<slug:public_id>/report/", reader_reports.report, name="report"),
    path("findings/<slug:public_id>/report/thanks/", reader_reports.thanks, name="report-thanks"),
    path("desk/", queue.desk, name="desk"),
    path("desk/next/", queue.next_item, name="desk-next"),
    path("desk/bulk/", bulk.bulk, name="desk-bulk"),
    path("desk/dismiss/", dismissals.dismiss, name="desk-dismiss"),
    path("desk/dismissals/", dismissals.dismissals, name="desk-dismissals"),
    path("desk/dismissals/<int:pk>/restore/", dismissals.restore, name="desk-restore"),
    path("desk/findings/<slug:public_id>/", findings.finding, name="desk-finding"),
    path("desk/findings/<slug:public_id>/move/", findings.move, name="desk-move"),
    path("desk/findings/<slug:public_id>/split/", findings.split, name="desk-split"),
    path("desk/findings/<slug:public_id>/join/", findings.join, name="desk-join"),
    path("desk/findings/<slug:public_id>/status/", findings.status, name="desk-status"),
    path("desk/sections/<slug:public_id>/", records.section, name="desk-section"),
    path("desk/assessments/<slug:public_id>/", records.assessment, name="desk-assessment"),
    path("desk/conflicts/<int:pk>/", conflicts.conflict, name="desk-conflict"),
    path("desk/documents/<slug:sha256>/", documents.document, name="desk-document"),
    path("desk/documents/<slug:sha256>/unparsed/", documents.unparsed, name="desk-unparsed"),
    path("desk/reports/<int:pk>/", reader_reports.answer, name="desk-report"),
    path("desk/corrections/<uuid:batch>/revert/", history.revert, name="desk-revert"),
]
