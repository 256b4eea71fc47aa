// Sending to the portal's functions, and logging out. Shared by the pages.
"use strict";

window.portal = {
	/** POST to a function of the portal, as `post` does. */
	send(method, values) {
		return window.portal.post(`libes_mentoring.portal.${method}`, values);
	},

	/** POST to a function by its whole name; gives {ok, value, message, fields}. Rejects where there is no connection. */
	async post(method, values) {
		const headers = { "Content-Type": "application/json", Accept: "application/json" };
		const token = document.querySelector('meta[name="csrf-token"]');
		if (token) headers["X-Frappe-CSRF-Token"] = token.content;
		const response = await fetch(`/api/method/${method}`, {
			method: "POST",
			headers,
			credentials: "same-origin",
			body: JSON.stringify(values),
		});
		const answer = await response.json().catch(() => ({}));
		return {
			ok: response.ok,
			value: answer.message,
			fields: answer.field_errors || {},
			message: response.ok ? "" : window.portal.said(answer),
		};
	},

	/** The server's own words about a refusal, as plain text. */
	said(answer) {
		try {
			return JSON.parse(answer._server_messages)
				.map((entry) => new DOMParser().parseFromString(JSON.parse(entry).message, "text/html").body.textContent)
				.join(" ");
		} catch {
			return "";
		}
	},
};

// Phones are shared: going back after logging out must ask the server again, and not show what was there.
window.addEventListener("pageshow", (event) => {
	const [entry] = performance.getEntriesByType("navigation");
	const back = event.persisted || (entry && entry.type === "back_forward");
	if (back && document.querySelector("[data-logout]")) window.location.reload();
});

document.querySelectorAll("[data-logout]").forEach((button) =>
	button.addEventListener("click", async () => {
		const token = document.querySelector('meta[name="csrf-token"]');
		await fetch("/api/method/logout", {
			method: "POST",
			headers: token ? { "X-Frappe-CSRF-Token": token.content } : {},
			credentials: "same-origin",
		}).catch(() => null);
		window.location.assign("/login");
	}),
);

// With several pages the bar is wider than a phone: the one that is shown stands where it is seen.
document.querySelector(".pages [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
