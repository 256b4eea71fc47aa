frappe.ui.form.on("Mentee Case File", {
	refresh(frm) {
		clearTimeout(frm.closes_itself);
		const { open_until } = frm.doc.__onload || {};
		if (frm.is_new() || !open_until) return;
		frm.set_intro(
			__("Open for you to read until {0}, for the reason you gave. This is in the access log.", [
				frappe.datetime.str_to_user(open_until.split(".")[0]),
			]),
			"orange"
		);
		close_in_time(frm, open_until);
	},
});

/* The server shows nothing after the time; what is on the screen goes with it. */
function close_in_time(frm, open_until) {
	const { name, mentee } = frm.doc;
	const left = moment(open_until).diff(moment(frappe.datetime.now_datetime()));
	frm.closes_itself = setTimeout(() => {
		if (cur_frm === frm && frm.doc.name === name) frappe.set_route("Form", "Mentee", mentee);
		frappe.model.remove_from_locals("Mentee Case File", name);
	}, Math.max(left, 0));
}
