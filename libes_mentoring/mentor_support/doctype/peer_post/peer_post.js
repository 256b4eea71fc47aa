{% include "libes_mentoring/public/desk/forms.js" %}

const BOARD = "libes_mentoring.mentor_support.board";

frappe.ui.form.on("Peer Post", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		show_what_to_do(frm);
		if (!may_write(frm) || frm.doc.withdrawn) return;
		const waits = ["Held back", "Reported"].includes(frm.doc.status);
		if (frm.doc.status !== "Published") {
			const button = frm.add_custom_button(__("Publish"), () => run(frm, "publish"));
			if (waits) button.addClass("btn-primary");
		}
		if (frm.doc.status !== "Removed") {
			frm.add_custom_button(waits ? __("Keep off the board") : __("Take off the board"), () =>
				frappe.confirm(__("Other volunteers will not see this post. Its author is not told why."), () =>
					run(frm, "remove")
				)
			);
		}
	},
});

function show_what_to_do(frm) {
	if (frm.doc.withdrawn) {
		frm.set_intro(__("Its author has taken this post back."), "blue");
	} else if (frm.doc.status === "Held back") {
		frm.set_intro(
			__("Please read it: does it say who somebody is, where they are, or how to reach them? If not, publish it."),
			"orange"
		);
	} else if (frm.doc.status === "Reported") {
		frm.set_intro(__("A reader asked for a second look. Please read it, and publish it or keep it off the board."), "orange");
	}
}

async function run(frm, method) {
	await act(`${BOARD}.${method}`, { post: frm.doc.name });
	frm.reload_doc();
}
