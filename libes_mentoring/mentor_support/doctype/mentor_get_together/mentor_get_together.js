frappe.ui.form.on("Mentor Get-together", {
	setup(frm) {
		frm.set_query("organiser", () => ({ filters: { user_type: "System User", enabled: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new()) {
			if (!frm.doc.organiser) frm.set_value("organiser", frappe.session.user);
			return;
		}
		if (frm.doc.status === "Cancelled") {
			frm.set_intro(__("Cancelled. Those who had signed up have been told."), "orange");
		} else if (frm.doc.starts_at > frappe.datetime.now_datetime()) {
			frm.set_intro(__("Mentors see it on their page and can sign up there."), "blue");
		}
		frm.add_custom_button(__("Who has signed up"), () =>
			frappe.set_route("List", "Get-together Sign-up", { get_together: frm.doc.name })
		);
	},
});
