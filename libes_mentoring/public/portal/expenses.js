// Asking expenses back, with a photo of the receipt.
"use strict";

// What the server takes at the most, with room for the rest of the form.
const LARGEST_BYTES = 6 * 1024 * 1024;

/* A key for each claim: sent twice, by a second tap or on a bad line, it is still one claim. */
function draw_key() {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* A photo as small as it needs to be; what the browser cannot paint goes as it is, and the server looks at it. */
async function smaller(file, longest) {
	if (!file.type.startsWith("image/")) return file;
	try {
		const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
		const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
		const canvas = document.createElement("canvas");
		canvas.width = Math.round(picture.width * scale);
		canvas.height = Math.round(picture.height * scale);
		const brush = canvas.getContext("2d");
		brush.fillStyle = "#fff";
		brush.fillRect(0, 0, canvas.width, canvas.height);
		brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
		return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85))) || file;
	} catch {
		return file;
	}
}

function as_base64(blob) {
	return new Promise((done, failed) => {
		const reader = new FileReader();
		reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
		reader.onerror = () => failed(reader.error);
		reader.readAsDataURL(blob);
	});
}

document.querySelectorAll("form[data-claim]").forEach((form) => {
	const details = form.closest("details");
	const result = details.parentElement.querySelector("[data-result]");
	const error = form.querySelector("[data-error]");
	const note = form.querySelector("[data-again-note]");
	const button = form.querySelector('button[type="submit"]');
	const words = button.textContent;
	let key = draw_key();
	let again = "";

	function clear_errors() {
		error.textContent = "";
		form.querySelectorAll("[data-error-for]").forEach((place) => (place.textContent = ""));
		form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
	}

	function show_errors(fields, message) {
		let first = null;
		for (const [field, text] of Object.entries(fields)) {
			const place = form.querySelector(`[data-error-for="${CSS.escape(field)}"]`);
			if (place) place.textContent = text;
			const input = form.querySelector(`[name="${CSS.escape(field)}"]:not([type="hidden"])`);
			if (input) {
				input.setAttribute("aria-invalid", "true");
				first = first || input;
			}
		}
		if (!Object.keys(fields).length) error.textContent = message || form.dataset.failed;
		if (first) first.focus();
	}

	async function send() {
		const data = new FormData(form);
		const file = form.elements.receipt.files[0];
		let receipt = "";
		if (file) {
			const blob = await smaller(file, Number(form.dataset.largest));
			if (blob.size > LARGEST_BYTES) return show_errors({ receipt: form.dataset.tooLarge });
			receipt = await as_base64(blob);
		}
		const values = { key, again, receipt };
		for (const field of ["amount", "currency", "kind", "spent_on", "purpose"]) values[field] = data.get(field) || "";
		const answer = await window.portal.send("expenses.claim", values);
		if (!answer.ok) return show_errors(answer.fields, answer.message);
		key = draw_key();
		// The list is the server's: it is shown anew, with the claim in it.
		sessionStorage.setItem("claim-sent", "1");
		window.location.reload();
	}

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		clear_errors();
		button.disabled = true;
		button.textContent = form.dataset.sending;
		try {
			await send();
		} catch {
			error.textContent = form.dataset.offline;
		}
		button.disabled = false;
		button.textContent = words;
	});

	document.querySelectorAll("[data-again]").forEach((act) => {
		if (!(act instanceof HTMLButtonElement)) return;
		act.addEventListener("click", () => {
			clear_errors();
			again = act.dataset.again;
			key = draw_key();
			for (const [field, value] of Object.entries(JSON.parse(act.dataset.values))) {
				const input = form.elements[field];
				if (input) input.value = value;
			}
			note.textContent = [form.dataset.again, act.dataset.hasReceipt ? form.dataset.kept : ""].join(" ").trim();
			note.hidden = false;
			details.open = true;
			details.scrollIntoView({ block: "start" });
			form.elements.amount.focus();
		});
	});

	if (sessionStorage.getItem("claim-sent")) {
		sessionStorage.removeItem("claim-sent");
		result.textContent = form.dataset.sent;
		result.focus();
	}
});
