from django.http import HttpRequest

from reports.reading import invented


def invented_banner(request: HttpRequest) -> dict[str, bool]:
    """For all templates: whether to say that the content is invented."""
    return {"content_is_invented": invented.marked()}
