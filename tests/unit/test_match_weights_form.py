"""The form of a programme counts shares by itself while a slider moves: it must come to what the engine says."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from libes_mentoring.mentor_matching.engine.people import Rules
from libes_mentoring.mentor_matching.engine.weights import CRITERIA, PRESETS, shares

SCRIPT = Path(__file__).parents[2] / "libes_mentoring" / "public" / "desk" / "match_weights.js"
# As `weights.FED_BY`, which is of the site; a test there holds it to the engine.
FED_BY = {
	"distance": "district_distances",
	"mentor_kind": "kind_preferences",
	"commitment": "minimum_commitment_months",
}
RULES = {
	"nothing": (Rules(), {}),
	"everything": (
		Rules(distances={("a", "b"): 10}, kind_preference={"Survivor": 1}, minimum_commitment_months=6),
		{"district_distances": [{}], "kind_preferences": [{}], "minimum_commitment_months": 6},
	),
	"distances": (Rules(distances={("a", "b"): 10}), {"district_distances": [{}], "kind_preferences": []}),
}


@pytest.mark.req("M2")
@pytest.mark.skipif(not shutil.which("node"), reason="needs node, which the sandbox brings")
@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("preset", PRESETS)
def test_the_form_counts_as_the_engine_does(preset, rules):
	of_engine, doc = RULES[rules]
	weights = {name: PRESETS[preset].get(name, 0) for name in CRITERIA}
	choices = {"criteria": [{"criterion": name, "fed_by": FED_BY.get(name)} for name in CRITERIA]}
	call = (
		f"shares_in_form({json.dumps({'doc': doc, 'match_choices': choices})}, {json.dumps(weights)}).shares"
	)
	script = f"{SCRIPT.read_text()}\nconsole.log(JSON.stringify({call}))"
	counted = json.loads(
		subprocess.run(["node", "-e", script], capture_output=True, check=True, text=True).stdout
	)
	expected = shares(weights, of_engine)
	assert {name: counted.get(name, 0) for name in CRITERIA} == pytest.approx(expected)
