// Get-togethers, and the board.
"use strict";

document.querySelectorAll("[data-togethers]").forEach((list) => {
	list.addEventListener("click", async (event) => {
		const button = event.target.closest("[data-sign-up], [data-cancel]");
		if (!button || button.disabled) return;
		const card = button.closest("[data-get-together]");
		const error = card.querySelector("[data-error]");
		const method = "signUp" in button.dataset ? "sign_up" : "cancel_sign_up";
		button.disabled = true;
		error.textContent = "";
		try {
			const answer = await window.portal.send(`peers.${method}`, { get_together: card.dataset.getTogether });
			if (answer.ok) show(card, answer.value);
			else error.textContent = answer.message || list.dataset.failed;
		} catch {
			error.textContent = list.dataset.offline;
		}
		button.disabled = false;
	});

	function show(card, row) {
		card.querySelector("[data-count]").textContent = row.places
			? list.dataset.of.replace("{0}", row.coming).replace("{1}", row.places)
			: list.dataset.are.replace("{0}", row.coming);
		card.querySelector("[data-coming]").hidden = !row.signed_up;
		card.querySelector("[data-sign-up]").hidden = row.signed_up || row.full;
		card.querySelector("[data-full]").hidden = row.signed_up || !row.full;
		const link = card.querySelector("[data-link]");
		link.hidden = !row.link;
		link.querySelector("a").href = row.link || "#";
		card.querySelector(row.signed_up ? "[data-cancel]" : "[data-sign-up]").focus();
	}
});

document.querySelectorAll("[data-board]").forEach((board) => {
	const form = board.querySelector("[data-post-form]");
	const details = board.querySelector("[data-write]");
	const error = form.querySelector("[data-error]");
	const result = board.querySelector("[data-result]");
	const answering = form.querySelector("[data-answering]");
	const nameField = form.querySelector("[data-name-field]");
	const button = form.querySelector('button[type="submit"]');
	const words = button.textContent;
	// What the form is for: a new post, an answer to one, or a change of one.
	let task = {};

	function open(next, about) {
		task = next;
		error.textContent = result.textContent = "";
		answering.textContent = about || "";
		answering.hidden = !about;
		nameField.hidden = Boolean(next.change);
		form.elements.text.value = next.text || "";
		details.open = true;
		details.scrollIntoView({ block: "start" });
		form.elements.text.focus();
	}

	function say(text) {
		result.textContent = text;
		result.focus();
	}

	details.addEventListener("toggle", () => {
		if (details.open) return;
		// Closed by hand: the next time it is for a new post.
		task = {};
		answering.hidden = true;
		nameField.hidden = false;
		error.textContent = "";
	});

	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		const text = form.elements.text.value.trim();
		error.textContent = text ? "" : board.dataset.needText;
		if (!text) return;
		button.disabled = true;
		button.textContent = board.dataset.sending;
		const [method, values] = task.change
			? ["peers.change_post", { post: task.change, text }]
			: ["peers.write_post", { text, name: form.elements.name.value, reply_to: task.answer || "" }];
		try {
			const answer = await window.portal.send(method, values);
			if (answer.ok) finish(answer.value);
			else error.textContent = answer.message || board.dataset.failed;
		} catch {
			error.textContent = board.dataset.offline;
		}
		button.disabled = false;
		button.textContent = words;
	});

	function finish(post) {
		const { change, answer } = task;
		const shown = board.querySelector(`[data-post="${CSS.escape(post.post)}"]`);
		if (shown) {
			shown.querySelector("[data-text]").textContent = post.text;
			const state = shown.querySelector("[data-state]");
			state.textContent = post.state;
			state.hidden = !post.state;
		} else if (answer) {
			const place = board.querySelector(`[data-post="${CSS.escape(answer)}"]`).closest(".post");
			place.querySelector("[data-answers]").append(made(post, "div", "answer"));
		} else {
			board.querySelector("[data-posts]").prepend(made(post, "article", "card post"));
			board.querySelector("[data-none]").hidden = true;
		}
		form.elements.text.value = "";
		task = {};
		details.open = false;
		say(post.state ? board.dataset.held : change ? board.dataset.changed : board.dataset.published);
	}

	/* A post as the server writes it; everything that people wrote goes in as text. */
	function made(post, tag, className) {
		const element = document.createElement(tag);
		element.className = className;
		element.dataset.post = post.post;
		const by = document.createElement("p");
		by.className = "by";
		const name = document.createElement("strong");
		name.textContent = post.name;
		const when = document.createElement("span");
		when.className = "muted";
		// The site's own time, as the server writes it: no zone moves it.
		const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
		when.textContent = new Date(post.written_on.slice(0, 19).replace(" ", "T")).toLocaleString(language || undefined, {
			dateStyle: "long",
			timeStyle: "short",
		});
		by.append(name, " ", when);
		const text = document.createElement("p");
		text.className = "words";
		text.dataset.text = "";
		text.textContent = post.text;
		const state = document.createElement("p");
		state.className = "notice";
		state.dataset.state = "";
		state.textContent = post.state;
		state.hidden = !post.state;
		const acts = document.createElement("p");
		acts.className = "acts";
		for (const act of ["change", "delete"]) {
			const made = document.createElement("button");
			made.type = "button";
			made.className = "plain";
			made.dataset[act] = "";
			made.textContent = board.dataset[act];
			acts.append(made);
		}
		element.append(by, text, state, acts);
		if (tag === "article") {
			const answers = document.createElement("div");
			answers.className = "answers";
			answers.dataset.answers = "";
			element.append(answers);
		}
		return element;
	}

	board.addEventListener("click", async (event) => {
		const act = event.target.closest("[data-posts] button");
		if (!act || act.disabled) return;
		const post = act.closest("[data-post]");
		const name = post.dataset.post;
		if ("answer" in act.dataset) {
			return open({ answer: name }, `${board.dataset.answer}: ${post.querySelector("[data-text]").textContent.slice(0, 80)}`);
		}
		if ("change" in act.dataset) {
			return open({ change: name, text: post.querySelector("[data-text]").textContent }, board.dataset.change);
		}
		const deleting = "delete" in act.dataset;
		if (!window.confirm(deleting ? board.dataset.confirmDelete : board.dataset.confirmReport)) return;
		act.disabled = true;
		try {
			const answer = await window.portal.send(deleting ? "peers.delete_post" : "peers.report_post", { post: name });
			if (answer.ok) {
				post.remove();
				say(deleting ? board.dataset.deleted : board.dataset.reported);
			} else say(answer.message || board.dataset.failed);
		} catch {
			say(board.dataset.offline);
		}
		act.disabled = false;
	});
});
