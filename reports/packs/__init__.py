"""Packs: how they are kept, compared with what their findings say now, and written as files."""

from reports.packs.changing import Arrangement, PackFullError, StalePackError, add, arrange, create
from reports.packs.comparing import PackEntry, entries, snapshot
from reports.packs.files import pack_csv_export, write_pdf, write_word
