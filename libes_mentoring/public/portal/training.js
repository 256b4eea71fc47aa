// Answering invitations, entering the code, and saying that something was read.
"use strict";

/** Sends once, with the buttons held; shows what went wrong in `error`, or gives the answer to `done`. */
async function once(place, buttons, method, values, error, done) {
	error.textContent = "";
	buttons.forEach((button) => (button.disabled = true));
	try {
		const answer = await window.portal.send(method, values);
		if (answer.ok) done(answer.value);
		else error.textContent = answer.message || place.dataset.failed;
	} catch {
		error.textContent = place.dataset.offline;
	}
	buttons.forEach((button) => (button.disabled = false));
}

document.querySelectorAll("[data-invitation]").forEach((card) => {
	const buttons = [...card.querySelectorAll("[data-answer]")];
	const result = card.querySelector("[data-result]");
	buttons.forEach((button) =>
		button.addEventListener("click", () => {
			const coming = button.dataset.answer === "coming";
			const values = { session: card.dataset.invitation, coming };
			once(card, buttons, "training.answer", values, card.querySelector("[data-error]"), (value) => {
				result.textContent = value.answer === "coming" ? card.dataset.coming : card.dataset.notComing;
				buttons.forEach((other) => (other.hidden = other.dataset.answer === value.answer));
				result.focus();
			});
		}),
	);
});

document.querySelectorAll("form[data-code]").forEach((form) => {
	const button = form.querySelector('button[type="submit"]');
	const error = form.querySelector("[data-error]");
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (button.disabled) return;
		const code = form.elements.code.value.trim();
		if (!code) {
			error.textContent = form.dataset.missing;
			form.elements.code.focus();
			return;
		}
		const words = button.textContent;
		button.textContent = form.dataset.saving;
		once(form, [button], "training.enter_code", { code }, error, (value) => {
			const result = form.parentElement.querySelector("[data-result]");
			result.textContent = `${form.dataset.saved} (${value.title})`;
			form.hidden = true;
			result.focus();
		}).then(() => (button.textContent = words));
	});
});

document.querySelectorAll("[data-material]").forEach((material) => {
	const button = material.querySelector("[data-acknowledge]");
	if (!button) return;
	button.addEventListener("click", () => {
		const values = { material: material.dataset.material, fingerprint: material.dataset.fingerprint };
		const error = material.querySelector("[data-error]");
		once(material, [button], "training_materials.acknowledge", values, error, () => {
			const result = material.querySelector("[data-result]");
			result.textContent = result.dataset.words;
			material.querySelector("[data-state]").textContent = button.dataset.read;
			button.hidden = true;
			result.focus();
		});
	});
});
