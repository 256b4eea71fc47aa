// The application form: languages to add, errors at their fields, thanks at the end.
"use strict";

const LISTS = ["motivations", "interests", "support_areas"];
const form = document.querySelector("form[data-apply]");

function languages() {
	return [...form.querySelectorAll("[data-language]")]
		.map((row) => ({
			language: row.querySelector('[name="language"]').value,
			level: row.querySelector('[name="level"]').value,
		}))
		.filter((row) => row.language || row.level);
}

function read() {
	const data = new FormData(form);
	const values = Object.fromEntries([...data].filter(([name]) => !LISTS.includes(name)));
	delete values.language;
	delete values.level;
	values.availability_slots = [...form.querySelectorAll('[name="availability_slots"]:checked')].map((box) => ({
		weekday: box.dataset.weekday,
		day_part: box.dataset.dayPart,
	}));
	LISTS.forEach((name) => (values[name] = data.getAll(name)));
	values.languages = languages();
	values.hours_per_month = Number(values.hours_per_month) || 0;
	values.consent = data.get("consent") !== null;
	return values;
}

/** What can be said at once, so that nobody waits for the server to hear that a field is empty. */
function missing(values) {
	const found = {};
	form.querySelectorAll("input[required], textarea[required]").forEach((field) => {
		if (!field.value.trim()) found[field.name] = form.dataset.missing;
	});
	["interests", "support_areas", "languages", "availability_slots"].forEach((name) => {
		if (!values[name].length) found[name] = form.dataset.choose;
	});
	if (!values.motivations.length && !values.motivation.trim()) found.motivations = form.dataset.choose;
	if (!values.consent) found.consent = form.dataset.agree;
	if (!values.recruitment_channel) found.recruitment_channel = form.dataset.missing;
	return found;
}

function showErrors(fields, message) {
	form.querySelectorAll("[data-error-for]").forEach((place) => {
		const name = place.dataset.errorFor;
		place.textContent = fields[name] || "";
		form.querySelectorAll(`[name="${name}"]`).forEach((input) => {
			if (fields[name]) input.setAttribute("aria-invalid", "true");
			else input.removeAttribute("aria-invalid");
		});
	});
	const summary = form.querySelector("[data-summary]");
	summary.replaceChildren();
	const wrong = [...form.querySelectorAll("[data-field]")].filter((field) => fields[field.dataset.field]);
	if (wrong.length) {
		const text = document.createElement("p");
		text.textContent = form.dataset.check;
		const list = document.createElement("ul");
		wrong.forEach((field) => {
			const link = document.createElement("a");
			const label = field.querySelector("label, legend");
			link.href = "#";
			link.textContent = field.matches(".consent") ? fields.consent : label.firstChild.textContent.trim();
			link.addEventListener("click", (event) => {
				event.preventDefault();
				field.querySelector("input, select, textarea").focus();
			});
			const item = document.createElement("li");
			item.append(link);
			list.append(item);
		});
		summary.append(text, list);
	} else {
		summary.textContent = message || "";
	}
	if (summary.textContent) summary.focus();
}

/** A page that lay open overnight gets a new token by itself: nobody loses what is written. */
async function renewToken() {
	const page = await fetch(window.location.pathname, { credentials: "same-origin", cache: "no-store" });
	const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
	const token = fresh.querySelector('[name="form_token"]');
	if (token) form.elements.form_token.value = token.value;
	return Boolean(token);
}

async function post(values) {
	const answer = await window.portal.send("application.apply", values);
	if (answer.ok || !answer.fields.form_token || !(await renewToken())) return answer;
	return window.portal.send("application.apply", { ...values, form_token: form.elements.form_token.value });
}

function thank(words) {
	const thanks = document.querySelector("[data-thanks]");
	form.hidden = true;
	thanks.hidden = false;
	const text = thanks.querySelector("[data-thanks-text]");
	text.textContent = words;
	text.focus();
	window.scrollTo({ top: 0 });
}

if (form) {
	const button = form.querySelector('button[type="submit"]');
	const words = button.textContent;

	form.querySelector("[data-add-language]").addEventListener("click", () => {
		const rows = form.querySelectorAll("[data-language]");
		const row = rows[rows.length - 1].cloneNode(true);
		row.querySelectorAll("select").forEach((select) => (select.value = ""));
		form.querySelector("[data-languages]").append(row);
		row.querySelector("select").focus();
	});

	// What has been mended is wrong no more.
	form.addEventListener("input", (event) => {
		const field = event.target.closest("[data-field]");
		if (!field) return;
		field.querySelectorAll("[data-error-for]").forEach((place) => (place.textContent = ""));
		field.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
	});

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		const values = read();
		const gaps = missing(values);
		showErrors(gaps);
		if (Object.keys(gaps).length) return;
		button.disabled = true;
		button.textContent = form.dataset.sending;
		try {
			const answer = await post(values);
			if (answer.ok) thank(answer.value.thanks);
			else showErrors(answer.fields, answer.message || form.dataset.failed);
		} catch {
			showErrors({}, form.dataset.failed);
		}
		button.disabled = false;
		button.textContent = words;
	});
}
