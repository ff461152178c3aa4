"""The pages of the corrections desk, all below /desk/."""

from django.urls import path

from reports.desk.views import (
    bulk,
    conflicts,
    dismissals,
    documents,
    queue,
    reader_reports,
    shape,
    undo,
    upload,
    values,
    withdrawing,
)

urlpatterns = [
    path("", queue.desk, name="desk"),
    path("next/", queue.next_item, name="desk-next"),
    path("bulk/", bulk.bulk, name="desk-bulk"),
    path("dismiss/", dismissals.dismiss, name="desk-dismiss"),
    path("dismissals/", dismissals.dismissals, name="desk-dismissals"),
    path("dismissals/<int:pk>/restore/", dismissals.restore, name="desk-restore"),
    path("findings/<slug:public_id>/", values.finding, name="desk-finding"),
    path("findings/<slug:public_id>/move/", shape.move, name="desk-move"),
    path("findings/<slug:public_id>/split/", shape.split, name="desk-split"),
    path("findings/<slug:public_id>/join/", shape.join, name="desk-join"),
    path("findings/<slug:public_id>/status/", shape.status, name="desk-status"),
    path("sections/<slug:public_id>/", values.section, name="desk-section"),
    path("assessments/<slug:public_id>/", values.assessment, name="desk-assessment"),
    path("conflicts/<int:pk>/", conflicts.conflict, name="desk-conflict"),
    path("documents/<slug:sha256>/", documents.document, name="desk-document"),
    path("documents/<slug:sha256>/unparsed/", documents.unparsed, name="desk-unparsed"),
    path("documents/<slug:sha256>/withdraw/", withdrawing.withdraw, name="desk-withdraw"),
    path("reports/discard/", reader_reports.discard, name="desk-discard"),
    path("reports/<int:pk>/", reader_reports.answer, name="desk-report"),
    path("corrections/<uuid:batch>/revert/", undo.revert, name="desk-revert"),
    path("upload/", upload.upload, name="upload"),
    path("upload/<slug:token>/", upload.upload_preview, name="upload-preview"),
    path("upload/<slug:token>/confirm/", upload.upload_confirm, name="upload-confirm"),
    path("upload/<slug:token>/cancel/", upload.upload_cancel, name="upload-cancel"),
]
