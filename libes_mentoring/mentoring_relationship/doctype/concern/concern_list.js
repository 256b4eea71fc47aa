frappe.listview_settings["Concern"] = {
	add_fields: ["urgent"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.status === "Closed") return [__("Closed"), "gray", "status,=,Closed"];
		if (doc.status === "In hand") return [__("In hand"), "blue", "status,=,In hand"];
		return [__("Received"), doc.urgent ? "red" : "orange", "status,=,Received"];
	},
	onload(listview) {
		// Whoever enters a concern need not be among those who read it: there is no form for a new one.
		listview.page.set_primary_action(__("Enter a concern"), () => enter_concern(listview), "add");
	},
};

function enter_concern(listview) {
	const { options } = frappe.meta.get_docfield("Concern", "kind");
	const users = () => ({ filters: { enabled: 1 } });
	const fields = [
		{ fieldname: "kind", fieldtype: "Select", label: __("Worried about"), options, reqd: 1 },
		{
			fieldname: "about_user",
			fieldtype: "Link",
			options: "User",
			label: __("About which member of staff"),
			description: __("This person will not see the concern. Left empty, no coordinator of the programme will."),
			depends_on: "eval:doc.kind === 'A member of staff'",
			get_query: () => ({ filters: { user_type: "System User", enabled: 1 } }),
		},
		{ fieldname: "text", fieldtype: "Small Text", label: __("What was said"), reqd: 1 },
		{ fieldname: "urgent", fieldtype: "Check", label: __("Urgent") },
		{ fieldname: "programme", fieldtype: "Link", options: "Mentoring Programme", label: __("Programme") },
		{
			fieldname: "match",
			fieldtype: "Link",
			options: "Match",
			label: __("Match, if it is about one"),
			hidden: !frappe.model.can_read("Match"),
		},
		{
			fieldname: "raised_by",
			fieldtype: "Link",
			options: "User",
			label: __("Raised by, if not by you"),
			get_query: users,
		},
	];
	frappe.prompt(
		fields,
		async (values) => {
			const answer = await frappe.call({
				method: "libes_mentoring.mentoring_relationship.concerns.enter",
				args: values,
				type: "POST",
				freeze: true,
			});
			if (!answer.message) return;
			if (answer.message.concern) frappe.set_route("Form", "Concern", answer.message.concern);
			else {
				frappe.msgprint(
					__("The concern is stored, and {0} persons are told. You are not among those who read it.", [
						answer.message.told,
					])
				);
				listview.refresh();
			}
		},
		__("Enter a concern"),
		__("Enter")
	);
}
