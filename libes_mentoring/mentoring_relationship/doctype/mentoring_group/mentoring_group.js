{% include "libes_mentoring/public/desk/forms.js" %}
{% include "libes_mentoring/public/desk/first_meeting.js" %}

const GROUPS = "libes_mentoring.mentoring_relationship.groups";

frappe.ui.form.on("Mentoring Group", {
	refresh(frm) {
		show_next_step(frm);
		show_members(frm);
		if (frm.is_new()) return;
		if (frm.doc.status === "Ended") {
			frm.disable_form();
			return;
		}
		frm.enable_save();
		if (!may_write(frm)) return;
		frm.add_custom_button(__("A mentee joins"), () => add_mentee(frm));
		frm.add_custom_button(__("A mentor joins"), () => add_mentor(frm));
		if (frm.doc.status === "Forming") {
			add_first_meeting_buttons(frm);
			frm.add_custom_button(__("Start without a common first meeting"), () => call(frm, "start"), __("More"));
		}
		frm.add_custom_button(__("End the group"), () => end(frm), __("More"));
	},

	kind: clear_size,
});

/* The usual figures of the other kind are filled in by the server. */
function clear_size(frm) {
	["min_mentors", "max_mentors", "min_mentees", "max_mentees"].forEach((field) => frm.set_value(field, 0));
}

async function call(frm, method, args = {}) {
	if (!(await saved(frm))) return;
	await act(`${GROUPS}.${method}`, { group: frm.doc.name, ...args });
	frm.reload_doc();
}

function end(frm) {
	frappe.confirm(__("End this group? It cannot be opened again."), () => call(frm, "end"));
}

async function show_members(frm) {
	const $place = frm.get_field("members").$wrapper.empty();
	if (frm.is_new()) {
		$place.html(`<p class="text-muted">${__("Save first. Then mentors and mentees join, one by one.")}</p>`);
		return;
	}
	const name = frm.doc.name;
	const { mentors, unseen, mentees, limits } = await frappe.xcall(`${GROUPS}.members`, { group: name });
	if (frm.doc.name !== name) return;
	const escape = frappe.utils.escape_html;
	const size = __("Mentors: {0} of {1}. Mentees: {2} of {3}.", [
		mentors.length + unseen,
		limits.max_mentors,
		mentees,
		limits.max_mentees,
	]);
	const rows = mentors.map((row) => {
		const people = row.matches.map(
			(match) =>
				`<a class="mr-3" href="/app/match/${encodeURIComponent(match.match)}">${escape(match.mentee)}</a><span
					class="text-muted small mr-3">${escape(__(match.stage))}</span>`
		);
		const nobody = `<span class="text-muted">${__("Accompanies nobody in this group yet.")}</span>`;
		return `<div class="border rounded p-3 mb-2 d-flex justify-content-between align-items-start" data-member="${escape(row.mentor)}">
			<div><b><a href="/app/mentor/${encodeURIComponent(row.mentor)}">${escape(row.name)}</a></b>
				<span class="text-muted ml-2">${escape(__(row.role))}</span><div class="mt-1">${people.join("") || nobody}</div></div>
			${may_change(frm) ? `<div class="text-nowrap"><button type="button" class="btn btn-xs btn-default" data-role>${__("Role")}</button>
				<button type="button" class="btn btn-xs btn-default ml-1" data-leave>${__("Leaves")}</button></div>` : ""}
		</div>`;
	});
	const more = unseen ? `<p class="text-muted">${__("Mentors whom you do not see: {0}.", [unseen])}</p>` : "";
	$place.html(`<p class="text-muted">${size}</p>${rows.join("")}${more}`);
	const of = (event) => mentors.find((row) => row.mentor === $(event.currentTarget).closest("[data-member]").data("member"));
	$place.find("[data-role]").on("click", (event) => change_role(frm, of(event)));
	$place.find("[data-leave]").on("click", (event) => {
		const { mentor, name: who } = of(event);
		frappe.confirm(__("{0} leaves the group?", [escape(who)]), () => call(frm, "remove_mentor", { mentor }));
	});
}

function may_change(frm) {
	return may_write(frm) && frm.doc.status !== "Ended";
}

function change_role(frm, { mentor, role }) {
	frappe.prompt(
		[{ fieldname: "role", fieldtype: "Select", label: __("Role"), options: ["Lead mentor", "Mentor", "Helper"], default: role, reqd: 1 }],
		(values) => call(frm, "set_role", { mentor, role: values.role }),
		__("Role in the group"),
		__("Save")
	);
}

function add_mentor(frm) {
	frappe.prompt(
		[
			mentor_field(frm, {}),
			{ fieldname: "role", fieldtype: "Select", label: __("Role"), options: ["Lead mentor", "Mentor", "Helper"], default: "Mentor", reqd: 1 },
		],
		(values) => call(frm, "add_mentor", values),
		__("A mentor joins"),
		__("Add")
	);
}

function add_mentee(frm) {
	const mentors = (frm.doc.mentors || []).filter((row) => row.role !== "Helper").map((row) => row.mentor);
	frappe.prompt(
		[
			{
				fieldname: "mentee",
				fieldtype: "Link",
				options: "Mentee",
				label: __("Mentee"),
				reqd: 1,
				get_query: () => ({ filters: { programme: frm.doc.programme, status: "Ready", waiting_since: ["is", "set"] } }),
			},
			mentor_field(frm, mentors.length ? { name: ["in", mentors] } : {}, mentors.length === 1 ? mentors[0] : undefined),
		],
		(values) => call(frm, "join", values),
		__("A mentee joins"),
		__("Make this match")
	);
}

function mentor_field(frm, filters, value) {
	return {
		fieldname: "mentor",
		fieldtype: "Link",
		options: "Mentor",
		label: __("Mentor"),
		reqd: 1,
		default: value,
		get_query: () => ({ filters: { programme: frm.doc.programme, stage: "Available", ...filters } }),
	};
}
