// A person chooses among cards: the first touch is the first choice, the next one the second. Nothing here knows a name.
"use strict";

(() => {
	const main = document.querySelector("[data-shortlist]");
	if (!main) return;
	const find = (selector) => main.querySelector(selector);
	const cards = [...main.querySelectorAll("[data-letter]")];
	let chosen = [];
	let nobody = false;

	function draw() {
		cards.forEach((card) => {
			const place = chosen.indexOf(card.dataset.letter) + 1;
			card.setAttribute("aria-pressed", String(place > 0));
			const badge = card.querySelector("[data-badge]");
			badge.hidden = !place;
			badge.textContent = place ? main.dataset.choice.replace("{0}", place) : "";
		});
		find("[data-undo]").disabled = !chosen.length;
		find("[data-next]").disabled = !chosen.length;
	}

	function show(step) {
		main.querySelectorAll("[data-step]").forEach((section) => {
			section.hidden = section.dataset.step !== step;
		});
		window.scrollTo(0, 0);
		const heading = find(`[data-step="${step}"] h1`);
		if (heading) heading.focus();
	}

	function ask() {
		const said = find("[data-said]");
		said.textContent = nobody ? said.dataset.none : said.dataset.order.replace("{0}", chosen.join(", "));
		find("[data-wish-field]").hidden = !nobody;
		find("[data-error]").textContent = "";
		show("write");
	}

	cards.forEach((card) =>
		card.addEventListener("click", () => {
			const { letter } = card.dataset;
			chosen = chosen.includes(letter) ? chosen.filter((other) => other !== letter) : [...chosen, letter];
			draw();
		})
	);
	find("[data-undo]").addEventListener("click", () => {
		chosen.pop();
		draw();
	});
	find("[data-nobody]").addEventListener("click", () => {
		nobody = true;
		ask();
	});
	find("[data-next]").addEventListener("click", () => {
		nobody = false;
		ask();
	});
	find("[data-back]").addEventListener("click", () => show("choose"));
	find("[data-store]").addEventListener("click", store);
	find("fieldset").addEventListener("change", () => {
		find("[data-error]").textContent = "";
	});

	async function store() {
		const error = find("[data-error]");
		const button = find("[data-store]");
		const present = [...main.querySelectorAll("[name=present]:checked")].map((box) => box.value);
		if (!present.length) {
			error.textContent = main.dataset.who;
			return;
		}
		button.disabled = true;
		error.textContent = "";
		try {
			const { ok, message } = await window.portal.post("libes_mentoring.mentor_matching.choosing.record", {
				shortlist: main.dataset.shortlist,
				choices: nobody ? [] : chosen,
				present,
				nobody,
				wish: nobody ? find("#wish").value : "",
			});
			if (ok) show("done");
			else error.textContent = message || main.dataset.failed;
		} catch {
			error.textContent = main.dataset.failed;
		}
		button.disabled = false;
	}

	draw();
})();
