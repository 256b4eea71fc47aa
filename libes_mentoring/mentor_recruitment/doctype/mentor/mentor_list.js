// Mentors with a quiet flag; the server names them to the coordinators of their programme alone.
const quietly_flagged = new Set();

frappe.listview_settings["Mentor"] = {
	async onload(list) {
		if (!frappe.model.can_read("Mentor Wellbeing Note")) return;
		const names = await frappe.xcall("libes_mentoring.mentor_support.wellbeing.flagged_mentors");
		quietly_flagged.clear();
		names.forEach((name) => quietly_flagged.add(name));
		if (names.length) list.render_list();
	},
	add_fields: ["stage"],
	get_indicator(doc) {
		const colours = {
			Applied: "gray",
			Screening: "yellow",
			Available: "green",
			Paused: "purple",
			Left: "darkgrey",
		};
		const stage = quietly_flagged.has(doc.name) ? `${__(doc.stage)} ⚑` : __(doc.stage);
		return [stage, colours[doc.stage], `stage,=,${doc.stage}`];
	},
};
