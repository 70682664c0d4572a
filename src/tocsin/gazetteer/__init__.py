"""The place index that ships with the package.

Made from GeoNames (https://www.geonames.org, CC BY 4.0) by `gazetteer_build/build.py`; outlines for the centres of
countries and US counties are Natural Earth's and the US Census Bureau's, public domain.
"""

from tocsin.codebook.placenames import fold
from tocsin.gazetteer.index import Gazetteer, open_gazetteer

__all__ = ["Gazetteer", "fold", "open_gazetteer"]
