frappe.ui.form.on("Match Disclosure", {
	refresh(frm) {
		if (frm.is_new()) return;
		// What was recorded stands as it was recorded.
		frm.disable_form();
		frm.set_intro(__("A record is not changed. If something has changed, make a new one."), "blue");
	},
});
