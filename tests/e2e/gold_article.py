"""One whole article by keys alone, in the real window, compared with what a person made of it; killed, opened again.

usage: gold_article.py BINARY ARTICLE.txt GOLD.json KEYS.txt MOST
GOLD has "attributions" (content, source), "people" (start, end, entity) and "claims" (start, end) in code points; KEYS
has the keys in xdotool's names, white space between them, # to the end of the line for remarks; MOST is how many they
may be. Skips when the article is not there.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from main_job import check, read_sidecar, results
from window import Display, Window


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def main(binary, article, gold, keys, most):
    if not article.exists():
        print(f"skipped: {article} is not there")
        return
    gold = json.loads(gold.read_text(encoding="utf-8"))
    keys = [key for line in keys.read_text().splitlines() for key in line.split("#")[0].split()]
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        (base / "home").mkdir()
        folder = base / "folder"
        folder.mkdir()
        shutil.copy(article, folder)
        display = Display(base / "home")
        try:
            window = Window(display, binary, folder)
            window.wait("the article to open", lambda: window.title().count("–") == 2)
            window.wait("the rules to be through", lambda: True)
            window.shot("gold-0-open")
            for at, key in enumerate(keys):
                window.keys(key)
                # A person looks before the next key, and what a key means depends on what is in view.
                time.sleep(0.3)
                if at in (len(keys) // 3, 2 * len(keys) // 3):
                    window.shot(f"gold-{at}")
            window.wait_saved()
            window.shot("gold-1-done")
            window.kill()
            window = Window(display, binary)
            window.wait("the article to open again", lambda: window.title().count("–") == 2)
            window.shot("gold-2-again")
            window.kill()
        finally:
            display.close()
        sidecar, text, wrong = read_sidecar(folder / f"{article.name}.ann.json")
        entities = json.loads((folder / "pressmark.entities.json").read_text(encoding="utf-8"))["entities"]
        names = {e["id"]: (e["name"], e["kind"]) for e in entities}
        check(f"{len(keys)} keys, at most {most}", len(keys) <= most)
        check("every text[start:end] is its exact", not wrong)
        compare(sidecar, gold, names)
        for form in ("csv", "html"):
            done = subprocess.run([binary, "export", folder, "--format", form, "--out", base / form], capture_output=True)
            check(f"export as {form} works", done.returncode == 0)


def compare(sidecar, gold, names):
    by_id = {a["id"]: a for a in sidecar["annotations"]}
    spans = lambda a: [(f["start"], f["end"]) for f in a["at"]]
    speakers = {}
    for relation in sidecar.get("relations", []):
        if relation["type"] in ("said by", "relayed by"):
            speakers.setdefault(relation["from"], []).append(by_id[relation["to"]])
    found = exact = 0
    for attribution in gold["attributions"]:
        content, source = attribution["content"], attribution["source"]
        best = max((a for a in by_id.values() if a["layer"] == "quote"),
                   key=lambda a: sum(overlap(x, y) for x in spans(a) for y in content), default=None)
        if best is None:
            continue
        who = [s for speaker in speakers.get(best["id"], []) for s in spans(speaker)]
        right = any(overlap(x, y) for x in who for y in source) if source else best.get("attrs", {}).get("stated") == "none"
        found += right and any(overlap(x, y) for x in spans(best) for y in content)
        exact += right and spans(best) == [tuple(c) for c in content]
        if not right:
            print("     missed:", attribution["content_text"][0][:60], "|", attribution["source_text"])
    check(f"attributions with the right speaker: {found} of {len(gold['attributions'])} ({exact} with the very same content)",
          found == len(gold["attributions"]))
    mentions = [a for a in by_id.values() if a["layer"] in ("person", "source")]
    hits, who = 0, {}
    for person in gold["people"]:
        span = (person["start"], person["end"])
        of = {names[a["entity"]][0] for a in mentions if a.get("entity") in names for s in spans(a) if overlap(s, span)}
        hits += person["entity"] in of
        who[person["entity"]] = who.get(person["entity"], 0) + (person["entity"] in of)
    check(f"mentions of persons under their record: {hits} of {len(gold['people'])}, {sum(1 for n in who.values() if n)} persons",
          hits == len(gold["people"]))
    cast = {c["id"]: c for c in sidecar.get("cast", [])}
    anonymous = [c["name"] for c in cast.values() if "unnamed" in c.get("attrs", {}).get("identification", "")]
    wanted = {a["source_text"][0] for a in gold["attributions"] if "unnamed" in a["identification"]}
    check(f"anonymous sources: {anonymous}", set(anonymous) == wanted)
    claims = [spans(a) for a in by_id.values() if a["layer"] == "claim"]
    hit = sum(any(overlap(span, (claim["start"], claim["end"])) for tagged in claims for span in tagged)
              for claim in gold["claims"])
    check(f"claims: {hit} of {len(gold['claims'])}", hit == len(gold["claims"]))
    speaking = {speaker["entity"] for list in speakers.values() for speaker in list}
    axes = [cast[id]["attrs"] for id in speaking]
    complete = sum(all(key in attrs for key in ("identification", "who", "affiliation")) for attrs in axes)
    check(f"sources with identification, kind and affiliation: {complete} of {len(axes)}", complete == len(axes))


if __name__ == "__main__":
    main(*(Path(argument).resolve() for argument in sys.argv[1:5]), int(sys.argv[5]))
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    sys.exit(0 if all(results) else 1)
