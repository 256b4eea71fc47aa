// The form for a meeting on each match's card.
"use strict";

const SHOWN = 5;

// As the server writes days: "en" alone would be American.
const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang || undefined;

function day(value, style) {
	// Noon, so that no time zone moves the day.
	return new Date(`${value}T12:00:00`).toLocaleDateString(LANGUAGE, style);
}

function line(meeting, form) {
	const item = document.createElement("li");
	const when = document.createElement("strong");
	when.textContent = day(meeting.met_on, { day: "numeric", month: "long", year: "numeric" });
	const medium = form.querySelector(`input[name="medium"][value="${CSS.escape(meeting.medium)}"] + span`);
	const what = document.createElement("span");
	what.textContent = [
		form.dataset.minutes.replace("{0}", meeting.length_minutes),
		medium ? medium.textContent : meeting.medium,
		meeting.activity,
	]
		.filter(Boolean)
		.join(" · ");
	item.append(when, " ", what);
	item.dataset.meeting = meeting.meeting;
	return item;
}

function show(card, form, meeting) {
	const list = card.querySelector("[data-meetings]");
	list.querySelector(`[data-meeting="${CSS.escape(meeting.meeting)}"]`)?.remove();
	list.prepend(line(meeting, form));
	while (list.children.length > SHOWN) list.lastElementChild.remove();
	card.querySelector("[data-none]").hidden = true;
	if (meeting.next_meeting_on) {
		card.querySelector("[data-next-day]").textContent = day(meeting.next_meeting_on, {
			weekday: "long",
			day: "numeric",
			month: "long",
		});
		card.querySelector("[data-next]").hidden = false;
	}
	const result = card.querySelector("[data-result]");
	result.textContent = meeting.needs_support ? form.dataset.savedSupport : form.dataset.saved;
	form.reset();
	form.querySelector("[data-other]").hidden = true;
	form.closest("details.log").open = false;
	result.focus();
}

function read(form) {
	const data = new FormData(form);
	return {
		match: data.get("match"),
		met_on: data.get("met_on"),
		length_minutes: Number.parseInt(data.get("length") || data.get("other_length"), 10),
		medium: data.get("medium"),
		activity: data.get("activity") || null,
		next_meeting_on: data.get("next_meeting_on") || null,
		needs_support: data.get("needs_support") !== null,
		note: data.get("note") || null,
		whole_group: data.get("whole_group") !== null,
	};
}

document.querySelectorAll("form[data-meeting]").forEach((form) => {
	const card = form.closest(".match");
	const error = form.querySelector("[data-error]");
	const button = form.querySelector('button[type="submit"]');
	const other = form.querySelector("[data-other]");
	const words = button.textContent;

	form.closest("details.log").addEventListener("toggle", (event) => {
		if (event.target.open) card.querySelector("[data-result]").textContent = "";
	});

	form.addEventListener("change", (event) => {
		if (event.target.name !== "length") return;
		other.hidden = event.target.value !== "";
		if (!other.hidden) other.querySelector("input").focus();
	});

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		const values = read(form);
		error.textContent = !values.met_on
			? form.dataset.needDate
			: !(values.length_minutes > 0)
				? form.dataset.needLength
				: "";
		if (error.textContent) return;
		button.disabled = true;
		button.textContent = form.dataset.saving;
		try {
			const answer = await window.portal.send("meetings.log_meeting", values);
			if (answer.ok) {
				show(card, form, answer.value);
				// The other cards of the group have changed too.
				if (values.whole_group) window.location.reload();
			} else error.textContent = answer.message || form.dataset.failed;
		} catch {
			error.textContent = form.dataset.offline;
		}
		button.disabled = false;
		button.textContent = words;
	});
});
