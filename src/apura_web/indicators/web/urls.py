"""Addresses of the indicators, those with words of their own before those with a code."""

from apura_web.indicators.web import card_urls, quality_urls, round_urls, seeing_urls, sheet_urls

urlpatterns = [
    *quality_urls.urlpatterns,
    *card_urls.urlpatterns,
    *seeing_urls.urlpatterns,
    *sheet_urls.urlpatterns,
    *round_urls.urlpatterns,
]
