"""Where goods belong: the site that a manifest names, or any site of its office. Pure."""

from tongguan.domain.reference.values import Site


def is_bound_for(place: Site, *, site: str, office: str) -> bool:
    """Return whether goods that are expected at a site, or anywhere at an office, come to a place.

    Args:
        place: the control site.
        site: the site that the manifest or a diversion names; empty where it names none.
        office: the office of the goods.
    """
    return place.code == site if site else place.office == office
