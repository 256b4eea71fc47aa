// The form for a worry.
"use strict";

document.querySelectorAll("form[data-concern]").forEach((form) => {
	const card = form.closest("#concern");
	const error = form.querySelector("[data-error]");
	const result = card.querySelector("[data-result]");
	const button = form.querySelector('button[type="submit"]');
	const words = button.textContent;

	function line(concern) {
		const item = document.createElement("li");
		const when = document.createElement("strong");
		// As meetings.js writes days; noon, so that no time zone moves the day.
		const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
		const sent = new Date(`${concern.received_on}T12:00:00`).toLocaleDateString(language || undefined, {
			day: "numeric",
			month: "long",
			year: "numeric",
		});
		when.textContent = form.dataset.sentOn.replace("{0}", sent);
		const state = document.createElement("span");
		state.textContent = concern.status;
		item.append(when, " ", state);
		return item;
	}

	function show(concern) {
		const list = card.querySelector("[data-concerns]");
		list.querySelector("ul").prepend(line(concern));
		list.hidden = false;
		result.textContent = form.dataset.sent;
		form.reset();
		form.closest("details").open = false;
		result.focus();
	}

	form.closest("details").addEventListener("toggle", (event) => {
		if (event.target.open) result.textContent = "";
	});

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		const data = new FormData(form);
		const text = (data.get("text") || "").trim();
		error.textContent = !data.get("kind") ? form.dataset.needKind : !text ? form.dataset.needText : "";
		if (error.textContent) return;
		button.disabled = true;
		button.textContent = form.dataset.sending;
		try {
			const answer = await window.portal.send("concerns.raise_concern", {
				kind: data.get("kind"),
				text,
				urgent: data.get("urgent") !== null,
				match: data.get("match") || null,
			});
			if (answer.ok) show(answer.value);
			else error.textContent = answer.message || form.dataset.failed;
		} catch {
			error.textContent = form.dataset.offline;
		}
		button.disabled = false;
		button.textContent = words;
	});
});
