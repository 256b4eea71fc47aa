// Taking a pause, and coming back.
"use strict";

document.querySelectorAll("[data-pause]").forEach((card) => {
	const result = card.querySelector("[data-result]");
	const error = card.querySelector("[data-error]");
	const form = card.querySelector("form");
	const back = card.querySelector("[data-come-back]");

	async function ask(button, method, values, done) {
		const words = button.textContent;
		button.disabled = true;
		button.textContent = card.dataset.sending;
		try {
			const answer = await window.portal.send(method, values);
			if (answer.ok) return done(answer.value);
			error.textContent = answer.message || card.dataset.failed;
		} catch {
			error.textContent = card.dataset.offline;
		}
		button.disabled = false;
		button.textContent = words;
	}

	if (back) {
		back.addEventListener("click", () =>
			ask(back, "care.come_back", {}, ({ open_steps }) => {
				back.hidden = true;
				result.textContent = open_steps.length
					? card.dataset.open.replace("{0}", open_steps.join(", "))
					: card.dataset.back;
				result.focus();
			})
		);
	}

	if (form) {
		const other = form.querySelector("[data-other]");
		form.addEventListener("change", (event) => {
			if (event.target.name !== "until") return;
			other.hidden = event.target.value !== "other";
			if (!other.hidden) other.querySelector("input").focus();
		});
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			const button = form.querySelector('button[type="submit"]');
			if (button.disabled) return;
			const data = new FormData(form);
			const chosen = data.get("until");
			const until = chosen === "other" ? data.get("day") : chosen;
			error.textContent = chosen === null || (chosen === "other" && !until) ? form.dataset.needDay : "";
			if (error.textContent) return;
			ask(button, "care.pause", { until }, () => window.location.reload());
		});
	}
});
