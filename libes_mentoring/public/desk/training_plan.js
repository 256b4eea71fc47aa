// A mentor's training in a dialog of the mentor's form: what is done, what is missing and where it is offered.

const TRAINING = "libes_mentoring.mentor_recruitment";

async function show_training(frm) {
	const plan = await frappe.xcall(`${TRAINING}.training_plan.plan`, { mentor: frm.doc.name });
	const escape = frappe.utils.escape_html;
	const day = (value) => frappe.datetime.str_to_user(value.slice(0, 10));
	const missing = plan.by_hand ? [] : plan.modules.filter((row) => !row.attended_on);
	const state = (row) => {
		if (row.attended_on) {
			const done = __("attended on {0}", [day(row.attended_on)]);
			return row.valid_until ? `${done}, ${__("counts until {0}", [day(row.valid_until)])}` : done;
		}
		if (row.booked) return __("invited for {0}", [day(row.booked)]);
		return row.next_starts
			? __("next session: {0}", [day(row.next_starts)])
			: __("no session is planned");
	};
	const line = (row) => {
		const button =
			plan.may_plan && row.next_session && !row.booked
				? `<button type="button" class="btn btn-xs btn-default" data-invite="${row.next_session}">${__("Invite")}</button>`
				: "";
		const colour = row.attended_on ? "green" : row.booked ? "blue" : plan.by_hand ? "gray" : "orange";
		return `<tr><td><span class="indicator ${colour}"></span>${escape(row.title)}</td><td>${state(row)}</td><td>${button}</td></tr>`;
	};
	const hours = (number) => format_number(number, null, number % 1 ? 1 : 0);
	const dialog = new frappe.ui.Dialog({
		title: __("Training of {0}", [escape(frm.doc.full_name)]),
		size: "large",
		fields: [{ fieldtype: "HTML", fieldname: "plan" }],
	});
	dialog.fields_dict.plan.$wrapper.html(`
		<h6>${__("Before a match")}</h6>
		${plan.by_hand ? `<p>${__("The step Training was passed without these sessions. Nothing is missing.")}</p>` : ""}
		${
			plan.modules.length
				? `<table class="table table-condensed">${plan.modules.map(line).join("")}</table>`
				: `<p class="text-muted">${__("The programme names no modules: the step Training is decided by hand.")}</p>`
		}
		<p>${
			plan.hours_asked
				? __("This year: {0} of {1} hours of continuing training.", [hours(plan.hours_this_year), hours(plan.hours_asked)])
				: __("This year: {0} hours. No continuing training is asked for this year.", [hours(plan.hours_this_year)])
		}</p>`);
	dialog.$wrapper.find("[data-invite]").on("click", async (event) => {
		await act(`${TRAINING}.training_sessions.invite`, {
			session: event.currentTarget.dataset.invite,
			mentors: [frm.doc.name],
		});
		dialog.hide();
		frm.reload_doc();
	});
	if (plan.may_plan && missing.length) {
		dialog.set_primary_action(__("Individual catch-up session"), () => {
			dialog.hide();
			plan_catch_up(frm);
		});
	}
	if (frm.perm[0] && frm.perm[0].print) {
		dialog.set_secondary_action_label(__("Certificate"));
		dialog.set_secondary_action(() => open_paper(frm, "Training Certificate"));
	}
	dialog.show();
}

function plan_catch_up(frm) {
	const next_week = moment(frappe.datetime.now_datetime()).add(7, "days").set({ hour: 17, minute: 0, second: 0 });
	const dialog = new frappe.ui.Dialog({
		title: __("Individual catch-up session"),
		fields: [
			{
				fieldtype: "Datetime",
				fieldname: "starts_at",
				label: __("Starts"),
				reqd: 1,
				default: next_week.format("YYYY-MM-DD HH:mm:ss"),
				description: __("With everything that is missing. The mentor is invited at once; change place and trainer afterwards."),
			},
		],
		primary_action_label: __("Plan and invite"),
		async primary_action({ starts_at }) {
			const session = await act(`${TRAINING}.training_sessions.catch_up`, { mentor: frm.doc.name, starts_at });
			dialog.hide();
			frappe.set_route("Form", "Training Session", session);
		},
	});
	dialog.show();
}
