// After a matching session: what each said, entered in private and one by one, and who goes with whom.

const PREFERENCES = "libes_mentoring.mentor_matching.preferences";
const SETTLING = "libes_mentoring.mentor_matching.settling";

/* Of whom something is entered; what it says stands nowhere here. */
async function show_preferences(frm) {
	const place = frm.get_field("preferences").$wrapper.empty();
	if (frm.is_new() || !["Held", "Settled"].includes(frm.doc.status)) return;
	const name = frm.doc.name;
	const people = await frappe.xcall(`${PREFERENCES}.overview`, { session: name });
	if (frm.doc.name !== name) return;
	const escape = frappe.utils.escape_html;
	const row = (one) => `<tr>
		<td>${escape(one.shown)}</td>
		<td>${
			one.entered_on
				? `<span class="indicator-pill green">${__("entered")}</span>`
				: `<span class="indicator-pill gray">${__("not asked yet")}</span>`
		}</td>
		<td class="text-right"><button type="button" class="btn btn-xs btn-default" data-side="${one.side}" data-person="${escape(one.person)}"
			data-shown="${escape(one.shown)}">${one.entered_on ? __("Change") : __("Enter")}</button></td>
	</tr>`;
	const table = (side, heading) => {
		const rows = people.filter((one) => one.side === side).map(row);
		return `<div class="col-sm-6"><h6>${heading}</h6><table class="table table-condensed" data-people="${side}">${rows.join("")}</table></div>`;
	};
	place.html(`<div class="row">${table("mentee", __("Mentees who came"))}${table("mentor", __("Mentors who came"))}</div>`);
	place.find("[data-person]").on("click", (event) => enter_preference(frm, event.currentTarget.dataset));
}

async function enter_preference(frm, { side, person, shown }) {
	if (!(await saved(frm))) return;
	const at = { session: frm.doc.name, side, person };
	const said = await frappe.xcall(`${PREFERENCES}.of_one`, at);
	const escape = frappe.utils.escape_html;
	const option = (value, label, chosen) => `<option value="${value}"${chosen ? " selected" : ""}>${label}</option>`;
	const rows = said.others.map((other) => {
		const place = said.ranking.indexOf(other.person) + 1;
		const not = said.rather_not.includes(other.person);
		const places = said.others.map((_other, index) => option(index + 1, __("Choice {0}", [index + 1]), place === index + 1));
		return `<tr data-other="${escape(other.person)}"><td>${escape(other.shown)}</td><td style="width: 220px">
			<select class="form-control input-sm" aria-label="${escape(other.shown)}">
				${option("", __("nothing said"), !place && !not)}${places.join("")}${option("not", __("rather not"), not)}
			</select></td></tr>`;
	});
	const dialog = new frappe.ui.Dialog({
		title: __("What {0} said", [escape(shown)]),
		fields: [
			{ fieldtype: "HTML", fieldname: "list" },
			{ fieldtype: "Check", fieldname: "nobody", label: __("Nobody of those who came"), default: said.nobody ? 1 : 0 },
		],
		primary_action_label: __("Save"),
		async primary_action({ nobody }) {
			const answers = [...dialog.$wrapper.find("[data-other]")].map((row) => [row.dataset.other, $(row).find("select").val()]);
			const ranked = answers.filter(([, value]) => value && value !== "not");
			if (new Set(ranked.map(([, value]) => value)).size < ranked.length) {
				frappe.msgprint(__("Each choice is given once."));
				return;
			}
			const ranking = ranked.sort((one, other) => one[1] - other[1]).map(([name]) => name);
			const rather_not = answers.filter(([, value]) => value === "not").map(([name]) => name);
			await act(`${PREFERENCES}.enter`, { ...at, ranking, rather_not, nobody });
			dialog.hide();
			frm.refresh();
		},
	});
	dialog.fields_dict.list.$wrapper.html(
		`<p class="text-muted">${__("In private: nobody else who was there learns any of it.")}</p><table class="table table-condensed">${rows.join("")}</table>`
	);
	dialog.show();
}

async function settle(frm) {
	if (!(await saved(frm))) return;
	const found = await frappe.xcall(`${SETTLING}.propose`, { session: frm.doc.name });
	const escape = frappe.utils.escape_html;
	const pairs = found.pairs
		.map(
			(row, index) => `<tr data-pair="${index}"><td style="width: 30px"><input type="checkbox" checked aria-label="${escape(row.mentee)}"></td>
			<td><b>${escape(row.mentee)}</b> – ${escape(row.mentor_name)}<div class="text-muted small">${escape(row.words)}</div></td><td data-result></td></tr>`
		)
		.join("");
	const others = [
		...found.matched.map((row) => `<li>${__("{0} – {1}: matched", [escape(row.mentee), escape(row.mentor_name || "")])}</li>`),
		...found.left.map((row) => `<li>${escape(row.mentee)}: ${escape(row.words)}</li>`),
	].join("");
	const missing = found.missing
		? `<p class="form-message orange">${__("Nothing is entered yet for {0} of those who came. Better ask them first.", [found.missing])}</p>`
		: "";
	const dialog = new frappe.ui.Dialog({ title: __("Who goes with whom"), size: "large", fields: [{ fieldtype: "HTML", fieldname: "list" }] });
	dialog.fields_dict.list.$wrapper.html(
		`${missing}<table class="table" data-proposal>${pairs || `<tr><td>${__("Nobody can be matched by what was said.")}</td></tr>`}</table>
		${others ? `<ul class="text-muted">${others}</ul>` : ""}`
	);
	if (found.pairs.length) {
		dialog.set_primary_action(__("Make these matches"), async () => {
			const wanted = [...dialog.$wrapper.find("[data-pair]")]
				.filter((row) => $(row).find("input").prop("checked"))
				.map((row) => found.pairs[Number(row.dataset.pair)]);
			if (!wanted.length) return;
			const done = await act(`${SETTLING}.accept`, {
				session: frm.doc.name,
				pairs: wanted.map(({ mentee, mentor }) => ({ mentee, mentor })),
				fingerprint: found.fingerprint,
			});
			dialog.hide();
			frm.reload_doc();
			const failed = done.failed.map((row) => `<p>${escape(row.mentee)}: ${escape(row.why)}</p>`).join("");
			frappe.msgprint({ title: __("Matches made: {0}", [done.made.length]), message: failed || __("Next: plan each first meeting."), indicator: failed ? "orange" : "green" });
		});
	}
	if (frm.doc.status === "Held") {
		dialog.set_secondary_action_label(__("No more matches come of it"));
		dialog.set_secondary_action(async () => {
			await act(`${SETTLING}.finish`, { session: frm.doc.name });
			dialog.hide();
			frm.reload_doc();
		});
	}
	dialog.show();
}
