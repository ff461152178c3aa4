"""The administration, where staff see all rows. Corrections made here go through the record of
corrections like all others; rows cannot be added or deleted."""

from django.contrib import admin

from reports.admin import accounts, rows

admin.site.site_header = "Adult social care assessments"
admin.site.site_title = "Adult social care assessments"
admin.site.index_title = "Records"
