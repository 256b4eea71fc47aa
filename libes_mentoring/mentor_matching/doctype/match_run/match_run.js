frappe.ui.form.on("Match Run", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		frm.add_custom_button(__("Open side by side"), () =>
			frappe.set_route("match-pool", frm.doc.programme, frm.doc.name)
		).addClass("btn-primary");
	},
});
