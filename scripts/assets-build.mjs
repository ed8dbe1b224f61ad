// Style sheet, icons, font, scripts and WebAssembly -> target/site, under names that carry their content's hash, with brotli copies.
// A step is skipped when its inputs are those of its last run. The manifest is written last; old files go after that.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { checkContrast } from "./assets-contrast.mjs";
import { readIconList, sprite } from "./assets-icons.mjs";

const args = process.argv.slice(2);
const mode = args.find((a) => !a.startsWith("--")) ?? "dev";
const withoutWasm = args.includes("--without-wasm");
if (!["dev", "release"].includes(mode) || args.some((a) => a.startsWith("--") && a !== "--without-wasm")) {
  fail("usage: scripts/assets [dev|release] [--without-wasm]");
}
const release = mode === "release";
const target = path.resolve(process.env.CARGO_TARGET_DIR || "target");
const work = path.join(target, "assets");
const site = path.join(target, "site");
const pkg = path.join(site, "pkg");
const modules = path.resolve("node_modules");

function fail(sentence) {
  console.error(`scripts/assets: ${sentence}`);
  process.exit(1);
}

const sha = (...parts) => parts.reduce((h, p) => h.update(p), createHash("sha256")).digest("hex");
const read = (file) => fs.readFileSync(file);

/** Every file below the given folders and files, in a stable order. */
function walk(...roots) {
  return roots.flatMap((root) => {
    if (!fs.existsSync(root)) return [];
    if (fs.statSync(root).isFile()) return [root];
    return fs
      .readdirSync(root)
      .sort()
      .filter((name) => name !== "target" && !name.startsWith("."))
      .flatMap((name) => walk(path.join(root, name)));
  });
}

const fingerprint = (files, ...more) => sha(...files.flatMap((f) => [f, "\0", read(f), "\0"]), ...more);

/** Runs `build` unless `outputs` exist and were made from the same inputs. */
function step(name, key, outputs, build) {
  const stamp = path.join(work, `${name}.stamp`);
  const fresh = outputs.every((f) => fs.existsSync(f)) && fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === key;
  if (fresh) return;
  const start = performance.now();
  fs.rmSync(stamp, { force: true });
  build();
  fs.writeFileSync(stamp, key);
  console.log(`assets: ${name}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function run(command, argv, env = {}) {
  const done = spawnSync(command, argv, { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } });
  if (done.error?.code === "ENOENT") fail(`${command} is missing: run scripts/setup.`);
  if (done.error) fail(`${command}: ${done.error.message}`);
  if (done.status !== 0) fail(`${path.basename(command)} ${argv[0] ?? ""} failed (see above).`);
}

const output = (command, argv) => {
  const done = spawnSync(command, argv, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return done.status === 0 ? done.stdout.trim() : undefined;
};

const npmTool = (name) => path.join(modules, ".bin", name);

const compressed = new Set([".css", ".js", ".wasm", ".svg", ".txt", ".json"]);

/** Written only when it differs; beside it its brotli copy, made once for each content. */
function publish(to, content) {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const same = fs.existsSync(to) && read(to).equals(bytes);
  if (!same) fs.writeFileSync(to, bytes);
  const ext = path.extname(to);
  if (!compressed.has(ext)) return;
  const small = `${to}.br`;
  if (same && fs.existsSync(small)) return;
  const quality = release || bytes.length < 100_000 ? 11 : 5;
  fs.writeFileSync(
    small,
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_MODE]: ext === ".wasm" ? constants.BROTLI_MODE_GENERIC : constants.BROTLI_MODE_TEXT,
      },
    }),
  );
}

const manifest = {};
const kept = new Set();

/** A file of /pkg: hashed name, entry in the manifest. */
function hashed(logical, content) {
  const ext = path.extname(logical);
  const name = `${path.basename(logical, ext)}.${sha(content).slice(0, 10)}${ext}`;
  // A copy compressed for development is not one to release.
  if (release && fs.existsSync(path.join(pkg, `${name}.br`)) && lastMode !== "release") fs.rmSync(path.join(pkg, `${name}.br`));
  publish(path.join(pkg, name), content);
  kept.add(name).add(`${name}.br`);
  manifest[logical] = `/pkg/${name}`;
  return name;
}

/** A file with a name of its own. */
function plain(name, content) {
  publish(path.join(site, name), content);
  plains.add(name).add(`${name}.br`);
}
const plains = new Set(["manifest.json"]);

if (!fs.existsSync(npmTool("tailwindcss"))) fail("node_modules is missing or incomplete: run npm ci.");
fs.mkdirSync(work, { recursive: true });
const modeFile = path.join(work, "mode");
const lastMode = fs.existsSync(modeFile) ? fs.readFileSync(modeFile, "utf8") : "";
const lock = read("package-lock.json");

// Font.
const font = path.join(modules, "@fontsource-variable/source-sans-3");
const fontName = hashed("source-sans-3.woff2", read(path.join(font, "files/source-sans-3-latin-wght-normal.woff2")));
plain("licences/source-sans-3.txt", read(path.join(font, "LICENSE")));

// Style sheet.
const problems = checkContrast(fs.readFileSync("style/tokens.css", "utf8"));
if (problems.length) fail(`style/tokens.css:\n  ${problems.join("\n  ")}`);
const css = path.join(work, "main.css");
const views = walk("app/src").filter((f) => f.endsWith(".rs"));
step("tailwind", fingerprint([...walk("style"), ...views], lock), [css], () => {
  run(npmTool("tailwindcss"), ["--input", "style/main.css", "--output", css, "--minify"]);
});
const sheet = fs.readFileSync(css, "utf8");
if (!sheet.includes("source-sans-3.woff2")) fail("the style sheet does not name the font any more.");
hashed("main.css", sheet.replace(/(\.\/)?source-sans-3\.woff2/, `./${fontName}`));

// Icons.
const icons = readIconList(fs.readFileSync("style/icons.txt", "utf8"));
const drawing = (icon) => {
  const file = path.join(modules, "lucide-static/icons", `${icon.drawing}.svg`);
  if (!fs.existsSync(file)) fail(`style/icons.txt: Lucide has no « ${icon.drawing} ».`);
  return fs.readFileSync(file, "utf8");
};
hashed("icons.svg", sprite(icons, drawing));
hashed("icons-public.svg", sprite(icons.filter((i) => i.isPublic), drawing));
plain("licences/lucide.txt", read(path.join(modules, "lucide-static/LICENSE")));

// Our own scripts and the files that keep their names.
const minify = (file, ...more) =>
  execFileSync(npmTool("esbuild"), [file, "--minify", "--format=esm", "--target=es2022", "--legal-comments=none", ...more], {
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "inherit"],
  });
for (const file of walk("public")) {
  const name = path.relative("public", file);
  if (path.extname(name) === ".js") hashed(name, minify(file));
  else plain(name, read(file));
}

if (!withoutWasm) webAssembly();

function webAssembly() {
  const cargo = process.env.CARGO || "cargo";
  const bindgen = path.resolve(".tools/bin/wasm-bindgen");
  const wanted = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(fs.readFileSync("Cargo.lock", "utf8"))?.[1];
  const found = output(bindgen, ["--version"]);
  if (!found) {
    fail(`.tools/bin/wasm-bindgen is missing: run scripts/setup, or cargo install wasm-bindgen-cli --version ${wanted} --root .tools`);
  }
  if (wanted && found !== `wasm-bindgen ${wanted}`) fail(`.tools/bin has ${found}, Cargo.lock wants ${wanted}: run scripts/setup.`);
  const rustc = process.env.RUSTC || "rustc";
  const triple = "wasm32-unknown-unknown";
  const libdir = output(rustc, ["--print", "target-libdir", "--target", triple]);
  if (!libdir || !fs.existsSync(libdir)) {
    fail(`this Rust toolchain has no ${triple} target: run scripts/setup, or rustup target add ${triple}`);
  }

  const targetDir = path.join(target, "wasm");
  const raw = path.join(targetDir, triple, "wasm-release", "frontend.wasm");
  const sources = walk("app", "frontend", "Cargo.toml", "Cargo.lock", ".cargo/config.toml");
  const rust = fingerprint(sources, output(rustc, ["-vV"]) ?? "", process.env.RUSTFLAGS ?? "");
  step("wasm", rust, [raw], () => {
    const argv = ["build", "--package", "frontend", "--target", triple, "--profile", "wasm-release", ...(release ? ["--locked"] : [])];
    run(cargo, argv, { CARGO_TARGET_DIR: targetDir });
  });

  const bound = path.join(work, "bindgen");
  const module = path.join(bound, "espace_bg.wasm");
  const glue = path.join(bound, "espace.js");
  step("wasm-bindgen", fingerprint([raw], found), [module, glue], () => {
    fs.rmSync(bound, { recursive: true, force: true });
    const argv = ["--target", "web", "--no-typescript", "--omit-default-module-path", "--out-name", "espace", "--out-dir", bound, raw];
    run(bindgen, argv);
  });

  const small = path.join(work, `espace.${mode}.wasm`);
  const level = release ? ["-Oz"] : ["-O1"];
  const features = ["bulk-memory", "bulk-memory-opt", "sign-ext", "mutable-globals", "nontrapping-float-to-int", "reference-types", "multivalue"];
  const argv = [...level, ...features.map((f) => `--enable-${f}`), "--strip-debug", "--strip-producers", "--strip-target-features"];
  step(`wasm-opt-${mode}`, fingerprint([module], lock, argv.join(" ")), [small], () => {
    run(npmTool("wasm-opt"), [module, ...argv, "--output", small]);
  });

  hashed("espace.wasm", read(small));
  hashed("espace.js", minify(glue, "--bundle"));
}

// All is there: say where, then clear away what nothing names any more.
const listing = path.join(site, "manifest.json");
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
const text = `${JSON.stringify(sorted, null, 2)}\n`;
if (!fs.existsSync(listing) || fs.readFileSync(listing, "utf8") !== text) {
  fs.writeFileSync(`${listing}.new`, text);
  fs.renameSync(`${listing}.new`, listing);
}
fs.writeFileSync(modeFile, mode);
for (const name of fs.readdirSync(pkg)) if (!kept.has(name)) fs.rmSync(path.join(pkg, name), { recursive: true });
for (const file of walk(site)) {
  const name = path.relative(site, file);
  if (!name.startsWith("pkg") && !plains.has(name)) fs.rmSync(file);
}

const size = (file) => `${fs.statSync(file).size.toLocaleString("en").padStart(9)}`;
for (const [logical, url] of Object.entries(sorted)) {
  const file = path.join(site, url);
  const br = fs.existsSync(`${file}.br`) ? `${size(`${file}.br`)} brotli` : "";
  console.log(`assets: ${logical.padEnd(20)} ${size(file)} bytes ${br}`);
}
