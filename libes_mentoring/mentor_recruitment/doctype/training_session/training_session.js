{% include "libes_mentoring/public/desk/forms.js" %}

const SESSIONS = "libes_mentoring.mentor_recruitment.training_sessions";
const ATTENDANCE = "libes_mentoring.mentor_recruitment.training_attendance";

frappe.ui.form.on("Training Session", {
	setup(frm) {
		frm.set_query("module", "modules", () => ({ filters: { active: 1 } }));
	},

	onload(frm) {
		// A session takes as long as it takes: only the day is likely.
		if (frm.is_new() && !frm.doc.trainer && frappe.user.has_role("Mentoring Coordinator")) {
			frm.set_value("trainer", frappe.session.user);
		}
	},

	starts_at(frm) {
		if (frm.doc.starts_at && (!frm.doc.ends_at || frm.doc.ends_at <= frm.doc.starts_at)) {
			frm.set_value("ends_at", moment(frm.doc.starts_at).add(3, "hours").format("YYYY-MM-DD HH:mm:ss"));
		}
	},

	refresh(frm) {
		show_next_step(frm);
		show_people(frm);
		if (frm.is_new()) return;
		const over = frm.doc.ends_at < frappe.datetime.now_datetime();
		if (may_write(frm) && frm.doc.status === "Planned" && !over) {
			frm.add_custom_button(__("Invite"), () => choose_people(frm));
		}
		if (frm.doc.status !== "Cancelled") {
			if (may_write(frm) || frm.doc.trainer === frappe.session.user) {
				frm.add_custom_button(__("Record attendance"), () => record(frm));
			}
			const on_the_day = __("On the day");
			frm.add_custom_button(__("Show code"), () => show_code(frm), on_the_day);
			frm.add_custom_button(
				__("Attendance sheet"),
				() => open_paper(frm, "Training Attendance Sheet"),
				on_the_day
			);
		}
		if (may_write(frm) && frm.doc.status === "Planned") {
			frm.add_custom_button(__("Call off"), () => call_off(frm));
		}
	},
});

async function show_people(frm) {
	const place = frm.get_field("participants").$wrapper.empty();
	if (frm.is_new()) return;
	const name = frm.doc.name;
	const { people } = await frappe.xcall(`${ATTENDANCE}.attendance_list`, { session: name });
	if (frm.doc.name !== name) return;
	if (!people.length) {
		place.html(`<p class="text-muted">${__("Nobody is on the list yet.")}</p>`);
		return;
	}
	const colours = { Invited: "gray", "Signed up": "blue", Attended: "green", Absent: "red", Excused: "orange" };
	const rows = people.map(
		(row) => `<tr>
			<td>${frappe.utils.escape_html(row.full_name || row.mentor)}</td>
			<td><span class="indicator-pill ${colours[row.status]}">${__(row.status)}</span></td>
			<td>${row.hours ? format_number(row.hours, null, 1) : ""}</td>
			<td class="text-muted">${row.by_code ? __("by the code") : ""}</td>
		</tr>`
	);
	place.html(`<table class="table table-condensed" data-people>
		<thead><tr><th>${__("Name")}</th><th>${__("Status")}</th><th>${__("Hours")}</th><th></th></tr></thead>
		<tbody>${rows.join("")}</tbody></table>`);
}

async function choose_people(frm) {
	if (!(await saved(frm))) return;
	const found = await frappe.xcall(`${SESSIONS}.who_needs`, { session: frm.doc.name });
	const day = (value) => frappe.datetime.str_to_user(value);
	const options = found.map((row) => ({
		label: [
			frappe.utils.escape_html(row.full_name),
			`<span class="text-muted">${frappe.utils.escape_html(row.why)}</span>`,
			row.booked ? `<span class="text-muted">${__("invited for {0} already", [day(row.booked)])}</span>` : "",
		]
			.filter(Boolean)
			.join(" · "),
		value: row.mentor,
		checked: !row.booked,
	}));
	const dialog = new frappe.ui.Dialog({
		title: __("Who still needs this?"),
		fields: [
			found.length
				? { fieldtype: "MultiCheck", fieldname: "needing", options, columns: 1, select_all: found.length > 3 }
				: {
						fieldtype: "HTML",
						options: `<p class="text-muted">${__("Nobody of this programme lacks what this session offers.")}</p>`,
					},
			{
				fieldtype: "MultiSelectList",
				fieldname: "others",
				label: __("Somebody else of the programme"),
				get_data: (text) =>
					frappe.db.get_link_options("Mentor", text, { programme: frm.doc.programme, stage: ["!=", "Left"] }),
			},
		],
		primary_action_label: __("Invite"),
		async primary_action(values) {
			const mentors = [...new Set([...(values.needing || []), ...(values.others || [])])];
			if (!mentors.length) {
				frappe.msgprint(__("Please choose at least one person."));
				return;
			}
			const done = await act(`${SESSIONS}.invite`, { session: frm.doc.name, mentors });
			dialog.hide();
			frappe.show_alert({ message: __("{0} invited.", [done.invited]), indicator: "green" });
			if (done.without_portal.length) {
				frappe.msgprint({
					title: __("Please tell them yourself"),
					message: __("They have no account on the portal yet: {0}.", [
						frappe.utils.escape_html(done.without_portal.join(", ")),
					]),
				});
			}
			frm.reload_doc();
		},
	});
	dialog.show();
}

async function record(frm) {
	if (!(await saved(frm))) return;
	const list = await frappe.xcall(`${ATTENDANCE}.attendance_list`, { session: frm.doc.name });
	if (!list.begun) {
		frappe.msgprint(__("The session has not begun yet."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Who came?"),
		fields: [
			{ fieldtype: "HTML", fieldname: "list" },
			{
				fieldtype: "MultiSelectList",
				fieldname: "walk_ins",
				label: __("Came without being on the list"),
				get_data: (text) =>
					list.others
						.filter((row) => row.full_name.toLowerCase().includes((text || "").toLowerCase()))
						.map((row) => ({ value: row.mentor, description: row.full_name })),
			},
		],
		primary_action_label: __("Save"),
		async primary_action(values) {
			const rows = [...dialog.$wrapper.find("[data-mentor]")]
				.map((row) => ({
					mentor: row.dataset.mentor,
					status: $(row).find("select").val(),
					hours: $(row).find("input").val() || null,
				}))
				.filter((row) => row.status);
			for (const mentor of values.walk_ins || []) rows.push({ mentor, status: "Attended" });
			if (!rows.length) {
				frappe.msgprint(__("Please say for at least one person whether they came."));
				return;
			}
			const done = await act(`${ATTENDANCE}.record_attendance`, { session: frm.doc.name, rows });
			dialog.hide();
			frappe.show_alert({ message: __("{0} attended, {1} open.", [done.attended, done.open]), indicator: "green" });
			frm.reload_doc();
		},
	});
	const choice = (status, chosen) =>
		`<option value="${status}"${status === chosen ? " selected" : ""}>${status ? __(status) : ""}</option>`;
	const rows = list.people.map((row) => {
		const decided = ["Attended", "Absent", "Excused"].includes(row.status);
		const statuses = decided ? ["Attended", "Absent", "Excused", "Signed up"] : ["", "Attended", "Absent", "Excused"];
		const name = frappe.utils.escape_html(row.full_name || row.mentor);
		return `<tr data-mentor="${row.mentor}">
			<td>${name}</td>
			<td><select class="form-control input-xs" aria-label="${name}">
				${statuses.map((status) => choice(status, decided ? row.status : "")).join("")}</select></td>
			<td style="width: 90px"><input class="form-control input-xs" type="number" step="0.25" min="0.25" max="${list.hours}"
				aria-label="${__("Hours")}: ${name}" value="${row.hours || list.hours}"></td>
		</tr>`;
	});
	const head = `<tr><th>${__("Name")}</th><th>${__("Came?")}</th><th>${__("Hours")}</th></tr>`;
	dialog.fields_dict.list.$wrapper.html(
		rows.length
			? `<button type="button" class="btn btn-xs btn-default" data-all>${__("All who are open came")}</button>
				<table class="table table-condensed">${head}${rows.join("")}</table>`
			: `<p class="text-muted">${__("Nobody is on the list yet.")}</p>`
	);
	dialog.$wrapper.find("[data-all]").on("click", () =>
		dialog.$wrapper.find("[data-mentor] select").each((_index, select) => {
			if (!select.value) select.value = "Attended";
		})
	);
	dialog.show();
}

function show_code(frm) {
	const code = frappe.utils.escape_html(frm.doc.attendance_code);
	const dialog = new frappe.ui.Dialog({ title: __("Attendance code"), size: "large", fields: [{ fieldtype: "HTML", fieldname: "code" }] });
	dialog.fields_dict.code.$wrapper.html(`<div style="text-align: center; padding: 2rem 0">
		<p>${__("Open “My training” on your page and enter:")}</p>
		<p style="font: 700 min(14vw, 96px)/1.2 monospace; letter-spacing: .15em" data-code>${code}</p>
		<p class="text-muted">${__("It works from 15 minutes before the session until 30 minutes after it.")}</p>
	</div>`);
	dialog.show();
}

async function call_off(frm) {
	if (!(await saved(frm))) return;
	frappe.confirm(__("Call this session off? Everybody who is expected is told that it will not take place."), async () => {
		await act(`${SESSIONS}.cancel`, { session: frm.doc.name });
		frm.reload_doc();
	});
}
