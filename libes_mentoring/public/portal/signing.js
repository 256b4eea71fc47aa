// A box ticked and a name typed under a text: sent once, with the fingerprint of what was shown.
"use strict";

document.querySelectorAll("form[data-sign]").forEach((form) => {
	const error = form.querySelector("[data-error]");
	const button = form.querySelector('button[type="submit"]');
	const signed = form.nextElementSibling;
	const words = button.textContent;

	function missing(data) {
		if (data.get("agreed") === null) return form.dataset.needTick;
		return (data.get("name_typed") || "").trim() ? "" : form.dataset.needName;
	}

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		const data = new FormData(form);
		error.textContent = missing(data);
		if (error.textContent) return;
		button.disabled = true;
		button.textContent = form.dataset.sending;
		try {
			const answer = await window.portal.send(form.dataset.sign, {
				...JSON.parse(form.dataset.values),
				name_typed: data.get("name_typed"),
				agreed: true,
			});
			if (answer.ok) {
				signed.textContent = form.dataset.done;
				form.hidden = true;
				signed.focus();
				return;
			}
			error.textContent = answer.message || form.dataset.failed;
		} catch {
			error.textContent = form.dataset.offline;
		}
		button.disabled = false;
		button.textContent = words;
	});
});
