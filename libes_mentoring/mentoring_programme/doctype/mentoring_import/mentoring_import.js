const IMPORT = "libes_mentoring.mentoring_programme.doctype.mentoring_import.mentoring_import";
const API = "libes_mentoring.spreadsheets.api";
const COLOURS = { New: "green", "Already here": "blue", Duplicate: "orange", Refused: "red" };

frappe.ui.form.on("Mentoring Import", {
	setup(frm) {
		frm.set_query("caregiver", () => ({ filters: { enabled: 1 } }));
		// The verdict is read at a glance: colour and word, never colour alone.
		const field = frappe.meta.get_docfield("Mentoring Import Row", "verdict");
		field.formatter = (value) =>
			value
				? `<span class="indicator-pill ${COLOURS[value] || "gray"}">${frappe.utils.escape_html(__(value))}</span>`
				: "";
	},

	refresh(frm) {
		frm.trigger("offer_downloads");
		if (frm.is_new() || !frm.doc.workbook) return;
		frm.add_custom_button(__("Check"), () => run(frm, "check"));
		if (frm.doc.status === "Draft") return;
		const fresh = (frm.doc.rows || []).some((row) => row.verdict === "New");
		if (frm.doc.status === "Checked" && fresh) {
			frm.add_custom_button(__("Import"), () => confirm_import(frm)).addClass("btn-primary");
		}
	},

	offer_downloads(frm) {
		const downloads = {
			[__("Empty template")]: "download_template",
			[__("Sample with invented people")]: "download_sample",
		};
		Object.entries(downloads).forEach(([label, method]) =>
			frm.add_custom_button(label, () => window.open(`/api/method/${API}.${method}`), __("Download")),
		);
	},
});

function confirm_import(frm) {
	const of = (verdict) => frm.doc.rows.filter((row) => row.verdict === verdict).length;
	const refused = of("Refused");
	if (refused && frm.doc.mode === "Import nothing") {
		frappe.msgprint(
			__("{0} rows are refused. Correct them in the file, or choose to import the others.", [refused]),
		);
		return;
	}
	frappe.confirm(__("Import {0} new people?", [of("New")]), () => run(frm, "apply"));
}

async function run(frm, method) {
	if (frm.is_dirty()) await frm.save();
	const answer = await frappe.call({
		method: `${IMPORT}.${method}`,
		args: { name: frm.doc.name },
		freeze: true,
		freeze_message: method === "check" ? __("Checking each row…") : __("Importing…"),
	});
	if (!answer || !answer.message) return;
	await frm.reload_doc();
	const { summary, counts } = answer.message;
	const lines = (summary || "").split("\n").map((line) => frappe.utils.escape_html(line));
	frappe.msgprint({
		title: method === "check" ? __("Checked; nothing has been imported yet") : __("Import"),
		message: lines.join("<br>"),
		indicator: counts.Refused ? "red" : "green",
	});
}
