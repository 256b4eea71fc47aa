{% include "libes_mentoring/public/desk/forms.js" %}

const INTERVIEWS = "libes_mentoring.mentor_recruitment.interviews";
const CARDS = "libes_mentoring.mentor_recruitment.scorecards";

frappe.ui.form.on("Mentor Interview", {
	setup(frm) {
		["interviewer_1", "interviewer_2"].forEach((field) =>
			frm.set_query(field, () => ({ filters: { enabled: 1, user_type: "System User" } }))
		);
		frm.set_query("guide", () => ({ filters: { status: "In force" } }));
	},

	async refresh(frm) {
		frm.set_intro("");
		frm.get_field("side_by_side").$wrapper.empty();
		if (frm.is_new()) {
			frm.set_intro(__("Save, and each interviewer gets a scorecard of their own. Then invite the candidate."), "blue");
			return;
		}
		const name = frm.doc.name;
		const told = await frappe.xcall(`${CARDS}.side_by_side`, { interview: name });
		// The answer may come when another record is already on the screen.
		if (frm.doc.name !== name) return;
		frm.get_field("side_by_side").$wrapper.html(side_by_side_html(told, frm.doc));
		frm.set_intro("");
		frm.set_intro(...state_of_interview(frm.doc, told));
		frm.add_custom_button(__("Print the guide"), () => {
			const query = $.param({ doctype: "Interview Guide", name: frm.doc.guide, format: "Interview Guide Sheet", trigger_print: 0 });
			window.open(frappe.urllib.get_full_url(`/printview?${query}`), "_blank");
		});
		const own = told.cards.find((card) => card.own);
		if (own) {
			const button = frm.add_custom_button(__("My scorecard"), () => frappe.set_route("Form", "Interview Scorecard", own.scorecard));
			if (own.status === "Open") button.addClass("btn-primary");
		}
		if (frm.doc.status === "Planned") frm.enable_save();
		else frm.disable_save();
		if (frm.doc.status !== "Planned" || !may_write(frm)) return;
		frm.add_custom_button(__("Invite the candidate"), () => invite_candidate(frm));
		frm.add_custom_button(__("Call off"), () => call_off_interview(frm));
		if (told.may_decide) frm.add_custom_button(__("Decide"), () => decide_on_interview(frm)).addClass("btn-primary");
	},
});

function state_of_interview(doc, { cards, may_decide }) {
	if (doc.status === "Called off") return [__("Called off."), "gray"];
	if (doc.status === "Decided") return [__("Decided: {0}.", [__(doc.outcome)]), ["Suitable", "Suitable with conditions"].includes(doc.outcome) ? "green" : "red"];
	if (may_decide) return [__("The scorecards are in. Talk them over, then decide."), "orange"];
	const waiting = cards.filter((card) => card.status === "Open").map((card) => frappe.utils.escape_html(card.interviewer));
	if (!waiting.length) return [__("The scorecards are in. The coordinator decides."), "blue"];
	if (doc.held_on < frappe.datetime.now_datetime()) return [__("Scorecards still open: {0}.", [waiting.join(", ")]), "orange"];
	return [doc.invited_on ? __("Planned, and the candidate is invited.") : __("Planned. The candidate is not invited yet."), "blue"];
}

async function invite_candidate(frm) {
	if (!(await saved(frm))) return;
	frappe.confirm(
		__("Send date and place to the candidate: {0}, {1}?", [
			frappe.datetime.str_to_user(frm.doc.held_on),
			frappe.utils.escape_html(frm.doc.place || __(frm.doc.medium)),
		]),
		async () => {
			await act(`${INTERVIEWS}.invite`, { interview: frm.doc.name });
			frappe.show_alert({ message: __("The invitation is on its way."), indicator: "green" });
			frm.reload_doc();
		}
	);
}

function call_off_interview(frm) {
	frappe.confirm(__("Call this interview off? Open scorecards go with it."), async () => {
		await act(`${INTERVIEWS}.call_off`, { interview: frm.doc.name });
		frm.reload_doc();
	});
}

async function decide_on_interview(frm) {
	if (!(await saved(frm))) return;
	frappe.prompt(
		[
			{
				fieldname: "outcome",
				fieldtype: "Select",
				label: __("Decided together"),
				options: ["", "Suitable", "Suitable with conditions", "Not now", "Not suitable"],
				reqd: 1,
			},
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label: __("Reasons and conditions"),
				mandatory_depends_on: "eval:doc.outcome && doc.outcome!='Suitable'",
				description: __("Stays among staff. The candidate never reads it."),
			},
		],
		async ({ outcome, note }) => {
			await act(`${INTERVIEWS}.decide`, { interview: frm.doc.name, outcome, note: note || "" });
			frm.reload_doc();
		},
		__("Decide"),
		__("Decide")
	);
}

function side_by_side_html({ cards, rows, signs }, doc) {
	const escape = frappe.utils.escape_html;
	const shown = cards.filter((card) => card.scorecard);
	const hidden = cards.filter((card) => !card.scorecard);
	const notes = hidden.map((card) =>
		card.status === "Open"
			? __("{0} has not submitted a scorecard yet.", [escape(card.interviewer)])
			: __("{0} has submitted a scorecard. You see it once yours is submitted.", [escape(card.interviewer)])
	);
	const hint = notes.map((text) => `<p class="text-muted mb-1">${text}</p>`).join("");
	if (!shown.length) return `<div data-side-by-side>${hint || `<p class="text-muted">${__("No scorecard yet.")}</p>`}</div>`;
	const head = shown
		.map((card) => {
			const state = card.status === "Open" ? ` <span class="indicator-pill orange">${__("open")}</span>` : "";
			return `<th style="width:${Math.floor(70 / shown.length)}%"><a href="/app/interview-scorecard/${card.scorecard}">${escape(card.interviewer)}</a>${state}</th>`;
		})
		.join("");
	const marks = rows
		.map((row) => {
			const cells = row.marks.map((mark, index) => `<td><b class="mr-2">${mark || "–"}</b>${escape(row.observed[index])}</td>`).join("");
			const far = row.far_apart ? ` <span class="indicator-pill red">${__("far apart: talk about it")}</span>` : "";
			return `<tr${row.far_apart ? ' data-far-apart style="background:var(--bg-orange)"' : ""}><th scope="row">${escape(__(row.quality))}${far}</th>${cells}</tr>`;
		})
		.join("");
	const line = (label, field) => {
		if (!shown.some((card) => card[field])) return "";
		const cells = shown.map((card) => `<td style="white-space:pre-line">${escape(__(card[field] || "–"))}</td>`).join("");
		return `<tr><th scope="row">${label}</th>${cells}</tr>`;
	};
	const expectations = signs
		.map((row) => {
			const cells = row.noticed.map((noticed) => `<td>${noticed ? `<span class="indicator-pill orange">${__("noticed")}</span>` : "–"}</td>`).join("");
			return `<tr><th scope="row">${escape(__(row.sign))}<div class="text-muted small font-weight-normal">${escape(__(row.talk_about))}</div></th>${cells}</tr>`;
		})
		.join("");
	return `<div data-side-by-side>${hint}<table class="table table-bordered">
		<thead><tr><th style="width:30%">${__("Quality")}</th>${head}</tr></thead>
		<tbody>${marks}${expectations}
		${line(__("Recommendation"), "recommendation")}${line(__("Reasons"), "reasons")}
		${line(__("Support given: the situation"), "story")}${line(__("What the candidate did"), "story_done")}${line(__("Other notes"), "notes")}</tbody>
	</table></div>`;
}
