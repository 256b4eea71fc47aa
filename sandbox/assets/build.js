// Builds every *.bundle.* file of one app's public folder with esbuild.
//
// usage: node build.js NODE_MODULES APPS_DIR APP OUT_DIR URL_PREFIX
//
// The framework's own build scripts are not in the package that the sandbox starts from, so this is a
// small one with the same outcome: hashed files, and a manifest {"desk.bundle.js": "/assets/…"}.
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [node_modules, apps_dir, app, out_dir, url_prefix] = process.argv.slice(2);
const load = createRequire(path.join(node_modules, "..", "package.json"));
const esbuild = load("esbuild");
const sass = load("sass");
const postcss = load("postcss");
const autoprefixer = load("autoprefixer");
const vue = load("esbuild-plugin-vue3");
const { compileStyle } = load("@vue/compiler-sfc");

const STYLE = /\.(css|scss|sass)$/;
const app_folders = fs.readdirSync(apps_dir).map((name) => path.join(apps_dir, name));
const load_paths = [node_modules, ...app_folders];
const public_dir = fs.realpathSync(path.join(apps_dir, app, app, "public"));

function bundles(folder) {
	let found = [];
	for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
		const full = path.join(folder, entry.name);
		if (entry.isDirectory() && !["node_modules", "dist"].includes(entry.name)) {
			found = found.concat(bundles(full));
		} else if (/\.bundle\.(js|ts|css|scss|sass)$/.test(entry.name)) {
			found.push(full);
		}
	}
	return found;
}

// Page templates are imported for their side effect: frappe.templates[name] = text.
const html = {
	name: "html-templates",
	setup(build) {
		build.onLoad({ filter: /\.html$/ }, (args) => {
			const name = path.basename(args.path).split(".")[0];
			const text = JSON.stringify(fs.readFileSync(args.path, "utf-8"));
			return { contents: `frappe.templates[${JSON.stringify(name)}] = ${text};`, loader: "js" };
		});
	},
};

// The framework hides the seconds of its own variant of the date picker. The published one has none, and
// without them no time could be entered where the site's clock shows hours and minutes.
const picker_without_seconds = {
	name: "picker-without-seconds",
	setup(build) {
		build.onLoad({ filter: /\/form\/controls\/(datetime|time)\.js$/ }, (args) => {
			const text = fs.readFileSync(args.path, "utf-8");
			const found = "const $tp = this.datepicker.timepicker;";
			return { contents: text.replace(found, `${found} if (!$tp.$seconds) return;`), loader: "js" };
		});
	},
};

// There is no socket.io server here (disable_async), and the framework's client then has no socket
// but sends through it all the same: let it send nothing.
const quiet_realtime = {
	name: "quiet-realtime",
	setup(build) {
		build.onLoad({ filter: /\/frappe\/socketio_client\.js$/ }, (args) => {
			const guard = `{
				const emit = frappe.realtime.emit;
				frappe.realtime.emit = function (...message) {
					if (this.socket) emit.apply(this, message);
				};
			}`;
			return { contents: fs.readFileSync(args.path, "utf-8") + guard, loader: "js" };
		});
	},
};

// Addresses below /assets are served as they are and never bundled.
const served = {
	name: "served-assets",
	setup(build) {
		build.onResolve({ filter: /^\/?assets\// }, (args) => ({ path: args.path, external: true }));
	},
};

const is_file = (name) => fs.statSync(name, { throwIfNoEntry: false })?.isFile();

// "~package/file" and "app/public/file" are looked up in node_modules and in the apps' folders.
function find_style(url) {
	const bare = url.replace(/^~/, "").replace(/\.css$/, "");
	for (const base of load_paths) {
		const target = path.join(base, bare);
		const partial = path.join(path.dirname(target), "_" + path.basename(target));
		for (const start of [target, partial]) {
			for (const end of ["", ".scss", ".sass", ".css"]) {
				if (is_file(start + end)) return new URL(`file://${start}${end}`);
			}
		}
	}
	return null;
}

const sass_options = {
	loadPaths: load_paths,
	importers: [{ findFileUrl: find_style }],
	quietDeps: true,
	logger: sass.Logger.silent,
};

const styles = {
	name: "styles",
	setup(build) {
		build.onLoad({ filter: /\.(scss|sass)$/ }, async (args) => {
			const { css } = sass.compile(args.path, sass_options);
			const prefixed = await postcss([autoprefixer]).process(css, { from: args.path });
			return { contents: prefixed.css, loader: "css", resolveDir: path.dirname(args.path) };
		});
		// The style block of a Vue component; "sfc-style" is the Vue plugin's name for it.
		build.onLoad({ filter: /.*/, namespace: "sfc-style" }, (args) => {
			const { descriptor, index, id } = args.pluginData;
			const { content, lang, scoped } = descriptor.styles[index];
			const folder = path.dirname(args.path);
			const options = { ...sass_options, loadPaths: [folder, ...load_paths] };
			const source = lang === "scss" ? sass.compileString(content, options).css : content;
			const { code, errors } = compileStyle({ source, filename: args.path, id, scoped });
			if (errors.length) throw errors[0];
			return { contents: code, loader: "css", resolveDir: folder };
		});
	},
};

// The folder of a bundle's name carries its kind, as the framework's own build does: js/… and css/….
function entry_name(file) {
	const name = path.basename(file, path.extname(file));
	return (STYLE.test(file) ? "css/" : "js/") + name;
}

function manifest_key(output_file) {
	const [, name, extension] = /([^/]+)\.[A-Z0-9]{8}\.(js|css)$/.exec(output_file);
	return `${name}.${extension}`;
}

async function build(files, plugins) {
	if (!files.length) return [];
	const result = await esbuild.build({
		entryPoints: Object.fromEntries(files.map((file) => [entry_name(file), file])),
		entryNames: "[dir]/[name].[hash]",
		assetNames: "media/[name].[hash]",
		outdir: out_dir,
		// wkhtmltopdf and the mail styler know no colours of eight digits, newer than this target.
		target: ["es2017", "chrome60"],
		bundle: true,
		minify: true,
		write: false,
		logLevel: "error",
		nodePaths: load_paths,
		loader: Object.fromEntries(
			[".woff", ".woff2", ".ttf", ".eot", ".svg", ".png", ".gif", ".jpg"].map((e) => [e, "file"])
		),
		define: {
			"process.env.NODE_ENV": '"production"',
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
		},
		plugins,
	});
	return result.outputFiles.map((file) => ({ path: file.path, bytes: file.contents }));
}

async function main() {
	const files = fs.existsSync(public_dir) ? bundles(public_dir) : [];
	const scripts = await build(
		files.filter((file) => !STYLE.test(file)),
		[served, quiet_realtime, picker_without_seconds, styles, vue(), html]
	);
	const sheets = await build(
		files.filter((file) => STYLE.test(file)),
		[served, styles]
	);

	// Nothing loads a style sheet that belongs to a script, so such a script brings its style along.
	const is_sheet = (file) => file.path.endsWith(".css");
	for (const sheet of scripts.filter(is_sheet)) {
		const name = manifest_key(sheet.path).replace(/css$/, "js");
		const script = scripts.find((file) => file.path.endsWith(".js") && manifest_key(file.path) === name);
		const text = JSON.stringify(Buffer.from(sheet.bytes).toString());
		script.bytes = Buffer.concat([Buffer.from(script.bytes), Buffer.from(`;frappe.dom.set_style(${text});`)]);
	}

	const manifest = {};
	for (const file of [...scripts.filter((file) => !is_sheet(file)), ...sheets]) {
		fs.mkdirSync(path.dirname(file.path), { recursive: true });
		fs.writeFileSync(file.path, file.bytes);
		if (/\.bundle\.[A-Z0-9]{8}\.(js|css)$/.test(file.path)) {
			manifest[manifest_key(file.path)] = url_prefix + path.relative(out_dir, file.path);
		}
	}
	fs.mkdirSync(out_dir, { recursive: true });
	fs.writeFileSync(path.join(out_dir, "manifest.json"), JSON.stringify(manifest, null, "\t"));
	console.log(`${Object.keys(manifest).length} bundles`);
}

main().catch((error) => {
	console.error(error);
	process.exit(1);
});
