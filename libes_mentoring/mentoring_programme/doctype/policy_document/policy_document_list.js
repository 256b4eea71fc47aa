frappe.listview_settings["Policy Document"] = {
	get_indicator(doc) {
		const colours = { Draft: "orange", "In force": "green", Replaced: "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	onload(list) {
		if (!frappe.model.can_create("Policy Document")) return;
		const call = (method, args) =>
			frappe
				.call({ method: `libes_mentoring.mentoring_programme.${method}`, args, type: "POST", freeze: true })
				.then((r) => r.message);
		list.page.add_inner_button(__("Use our texts"), async () => {
			const made = await call("policy_presets.use_our_texts");
			frappe.show_alert(
				made.length
					? __("{0} drafts are here to be read. Select those that suit you, then Actions, Put in force.", [made.length])
					: __("All our texts are here already.")
			);
			list.refresh();
		});
		list.page.add_actions_menu_item(__("Put in force"), () => {
			const drafts = list.get_checked_items().filter((doc) => doc.status === "Draft");
			if (!drafts.length) {
				frappe.msgprint(__("Select the drafts that shall be in force."));
				return;
			}
			frappe.confirm(__("Put these texts in force: {0}?", [drafts.map((doc) => frappe.utils.escape_html(doc.title)).join(", ")]), async () => {
				for (const draft of drafts) await call("policies.put_in_force", { policy: draft.name });
				list.refresh();
			});
		});
	},
};
