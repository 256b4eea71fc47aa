// Letting a mentee choose among cards: shared by the forms of a mentee and of a shortlist.

const CHOOSING = "libes_mentoring.mentor_matching.choosing";

/* A window of its own: what stands behind the cards, and one step back, must hold no name. */
function show_cards(shortlist) {
	window.open(frappe.urllib.get_full_url(`/mentoring/cards?list=${encodeURIComponent(shortlist)}`), "_blank", "noopener");
}

/* On the mentee's form: begin a shortlist, or show the cards of the one there is. */
async function add_choice_buttons(frm) {
	const mentee = frm.doc.name;
	const open = await frappe.xcall(`${CHOOSING}.to_choose_from`, { mentee });
	if (frm.doc.name !== mentee) return;
	if (open && !open.too_old) frm.add_custom_button(__("Show the cards"), () => show_cards(open.shortlist), __("Let choose"));
	if (!frappe.model.can_create("Mentor Shortlist")) return;
	frm.add_custom_button(
		__("Cards of mentors"),
		async () => {
			if (!(await saved(frm))) return;
			const shortlist = await act("libes_mentoring.mentor_matching.shortlists.make", { mentee });
			frappe.set_route("Form", "Mentor Shortlist", shortlist);
		},
		__("Let choose")
	);
}
