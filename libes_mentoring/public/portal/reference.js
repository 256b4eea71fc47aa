// A referee's form: one answer for each line, errors at their places, thanks at the end.
"use strict";

(() => {
	const form = document.querySelector("form[data-reference]");
	if (!form) return;
	const button = form.querySelector('button[type="submit"]');
	const words = button.textContent;
	const lines = Number(form.querySelector("[data-scale]").dataset.scale);
	const chosen = (name) => (form.querySelector(`input[name="${name}"]:checked`) || {}).value || "";

	function read() {
		const text = (name) => form.elements[name].value.trim();
		const texts = ["key", "form_token", "known_as_words", "example", "to_talk_about", "name_typed", "website"];
		return {
			...Object.fromEntries(texts.map((name) => [name, text(name)])),
			...Object.fromEntries(["known_for", "known_as", "trust"].map((name) => [name, chosen(name)])),
			levels: Array.from({ length: lines }, (_line, index) => chosen(`levels-${index}`)),
			declared_true: form.elements.declared_true.checked,
		};
	}

	/** What can be said at once, so that nobody waits for the server to hear that a field is empty. */
	function gaps(values) {
		const found = {};
		["known_for", "known_as", "trust", "name_typed"].forEach((name) => {
			if (!values[name]) found[name] = form.dataset.missing;
		});
		if (values.levels.includes("")) found.levels = form.dataset.levels;
		if (!values.declared_true) found.declared_true = form.dataset.declare;
		return found;
	}

	function show(fields, message) {
		const summary = form.querySelector("[data-summary]");
		summary.replaceChildren();
		const links = document.createElement("ul");
		form.querySelectorAll("[data-field]").forEach((field) => {
			const wrong = fields[field.dataset.field] || "";
			const inputs = field.querySelectorAll("input, textarea");
			field.querySelector("[data-error-for]").textContent = wrong;
			inputs.forEach((input) => (wrong ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid")));
			if (!wrong) return;
			const link = document.createElement("a");
			link.href = "#";
			link.textContent = field.matches(".consent") ? wrong : field.querySelector("label, legend").firstChild.textContent.trim();
			link.addEventListener("click", (event) => {
				event.preventDefault();
				inputs[0].focus();
			});
			links.appendChild(document.createElement("li")).append(link);
		});
		const text = document.createElement("p");
		text.textContent = links.children.length ? form.dataset.check : message || "";
		if (!text.textContent) return;
		summary.append(text, ...(links.children.length ? [links] : []));
		summary.focus();
	}

	function thank(answer) {
		const thanks = document.querySelector("[data-thanks]");
		const text = thanks.querySelector("[data-thanks-text]");
		form.hidden = true;
		thanks.hidden = false;
		text.textContent = answer.thanks;
		// What is typed does not come back with the back button of a shared phone.
		form.reset();
		text.focus();
		window.scrollTo({ top: 0 });
	}

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		const values = read();
		const missing = gaps(values);
		show(missing);
		if (Object.keys(missing).length) return;
		button.disabled = true;
		button.textContent = form.dataset.sending;
		try {
			const answer = await window.portal.send("references.answer", values);
			if (answer.ok) thank(answer.value);
			else show(answer.fields, answer.message || form.dataset.failed);
		} catch {
			show({}, form.dataset.failed);
		}
		button.disabled = false;
		button.textContent = words;
	});
})();
