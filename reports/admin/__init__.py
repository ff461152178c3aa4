"""What staff see of the rows. What can be corrected is corrected here too, through the one record
of corrections; nothing can be added or deleted."""

from django.contrib import admin

from reports.admin import accounts, records

__all__ = ["accounts", "records"]

admin.site.site_header = "Adult social care assessments"
admin.site.site_title = "Adult social care assessments"
admin.site.index_title = "Records"
