{% include "libes_mentoring/public/desk/forms.js" %}

const SCORECARDS = "libes_mentoring.mentor_recruitment.scorecards";

frappe.ui.form.on("Interview Scorecard", {
	async refresh(frm) {
		frm.set_intro("");
		const open = frm.doc.status === "Open" && frm.doc.interviewer === frappe.session.user;
		if (!open) frm.disable_form();
		frm.set_intro(...state_of_card(frm.doc, open));
		// The rows are shown as one sheet each, with what the marks mean.
		["scores", "signs"].forEach((table) => frm.toggle_display(table, false));
		frm.add_custom_button(__("To the interview"), () => frappe.set_route("Form", "Mentor Interview", frm.doc.interview));
		frm.add_custom_button(__("Print"), () => open_paper(frm, "Interview Scorecard Sheet"));
		if (open) frm.add_custom_button(__("Submit for good"), () => submit_card(frm)).addClass("btn-primary");
		const name = frm.doc.name;
		const guide = await frappe.db.get_doc("Interview Guide", frm.doc.guide);
		if (frm.doc.name !== name) return;
		show_scores(frm, guide, open);
		show_signs(frm, open);
	},
});

function state_of_card(doc, open) {
	if (doc.status === "Withdrawn") return [__("This interview goes on without this scorecard."), "gray"];
	if (doc.status === "Submitted") return [__("Submitted. It stays as it is."), "green"];
	if (open) return [__("Fill it in by yourself, soon after the talk. You see the other scorecard once yours is submitted."), "blue"];
	return [__("Being filled in."), "gray"];
}

async function submit_card(frm) {
	if (!(await saved(frm))) return;
	frappe.confirm(__("Submit this scorecard? It cannot be changed afterwards."), async () => {
		await act(`${SCORECARDS}.submit`, { scorecard: frm.doc.name });
		frappe.set_route("Form", "Mentor Interview", frm.doc.interview);
	});
}

/* A sheet of radio buttons: a line for each quality, under each mark what it means. */
function show_scores(frm, guide, open) {
	const escape = frappe.utils.escape_html;
	const anchors = Object.fromEntries(guide.qualities.map((row) => [row.quality, row]));
	const marks = ["1", "2", "3", "4"];
	const lines = frm.doc.scores.map((row) => {
		const cells = marks.map((mark) => {
			const meaning = escape(__((anchors[row.quality] || {})[`anchor_${mark}`] || ""));
			const state = `${row.score === mark ? "checked" : ""} ${open ? "" : "disabled"}`;
			return `<td class="p-0"><label class="d-block m-0 p-2 h-100" style="cursor:pointer">
				<input type="radio" class="m-0 mr-1" name="${row.name}" value="${mark}" ${state}><b>${mark}</b>
				<span class="d-block small text-muted">${meaning}</span></label></td>`;
		});
		const note = `<textarea class="form-control" rows="3" style="height:auto;min-height:0" data-row="${row.name}" ${open ? "" : "disabled"}
			aria-label="${escape(__("What was observed: {0}", [__(row.quality)]))}"
			placeholder="${escape(__("What was observed"))}">${escape(row.observed || "")}</textarea>`;
		return `<tr><th scope="row" style="width:16%">${escape(__(row.quality))}</th>${cells.join("")}<td style="width:24%">${note}</td></tr>`;
	});
	const heads = marks.map((mark) => `<th class="text-center">${mark}</th>`).join("");
	const $sheet = frm.get_field("score_sheet").$wrapper;
	$sheet.html(`<table class="table table-bordered" data-score-sheet>
		<thead><tr><th>${__("Quality")}</th>${heads}<th>${__("What was observed")}</th></tr></thead><tbody>${lines.join("")}</tbody></table>`);
	$sheet.find("input").on("change", ({ target }) => frappe.model.set_value("Interview Score", target.name, "score", target.value));
	$sheet.find("textarea").on("change", ({ target }) => frappe.model.set_value("Interview Score", target.dataset.row, "observed", target.value));
}

/* A box for each sign; where one is noticed, what to talk about with the candidate. */
function show_signs(frm, open) {
	const escape = frappe.utils.escape_html;
	const lines = frm.doc.signs.map(
		(row) => `<div class="mb-2"><label class="m-0"><input type="checkbox" class="mr-2" name="${row.name}"
			${row.flagged ? "checked" : ""} ${open ? "" : "disabled"}>${escape(__(row.sign))}</label>
			<div class="form-message orange mt-1 mb-2" data-talk-about="${row.name}" ${row.flagged ? "" : "hidden"}>
				<b>${__("Talk about it:")}</b> ${escape(__(row.talk_about || ""))}</div></div>`
	);
	const $sheet = frm.get_field("sign_sheet").$wrapper;
	$sheet.html(`<p class="text-muted">${__("Tick what you have noticed. A sign refuses nobody: it says what to talk about.")}</p>
		<div data-sign-sheet>${lines.join("")}</div>`);
	$sheet.find("input").on("change", ({ target }) => {
		frappe.model.set_value("Interview Scorecard Sign", target.name, "flagged", target.checked ? 1 : 0);
		$sheet.find(`[data-talk-about="${target.name}"]`).prop("hidden", !target.checked);
	});
}
