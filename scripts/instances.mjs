// Three portals on one database server; see scripts/instances. Prints one line a figure and fails when one is out of bounds.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { createServer } from "node:tls";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";

const [binary, server] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "espace-instances-"));
const BASE = Number(process.env.PORT ?? 3980);
const database = `ws://127.0.0.1:${BASE}`;
const portals = [1, 2, 3].map((n) => `http://localhost:${BASE + n}`);
const PASSWORD = "Chantier calme 48";
const started = [];
const failures = [];

const check = (what, ok, figure) => {
  console.log(`${ok ? "ok  " : "FAIL"} ${what}: ${figure}`);
  if (!ok) failures.push(what);
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function start(command, args, env = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  child.log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (child.log = (child.log + text).slice(-4000)));
  started.push(child);
  return child;
}

async function answers(url, child, seconds = 60) {
  for (let n = 0; n < seconds * 10; n++) {
    if (child.exitCode !== null) throw new Error(`ended: ${child.log}`);
    try {
      return await fetch(url);
    } catch {
      await pause(100);
    }
  }
  throw new Error(`${url} does not answer: ${child.log}`);
}

/** A browser: cookies kept; `address` is what the trusted proxy says of it. */
class Browser {
  cookies = new Map();
  constructor(address = "198.51.100.1") {
    this.address = address;
  }
  async ask(url, form) {
    const headers = { "x-forwarded-for": this.address, accept: "text/html" };
    if (this.cookies.size) headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (form) Object.assign(headers, { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" });
    const body = form && new URLSearchParams(form).toString();
    const answer = await fetch(url, { method: form ? "POST" : "GET", headers, body, redirect: "manual", signal: AbortSignal.timeout(30_000) });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(";")[0].split(/=(.*)/s);
      if (cookie.includes("Max-Age=0")) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: answer.status, location: answer.headers.get("location") ?? "", text: await answer.text() };
  }
  /** What a login gave: `in`, or the status of the page that says no. */
  async signIn(portal, email, password) {
    const posted = await this.ask(`${portal}/api/identity/sign_in`, { "draft[email]": email, "draft[password]": password });
    if (posted.status !== 303) return posted.status;
    if (posted.location !== "/connexion") return "in";
    return (await this.ask(`${portal}/connexion`)).status;
  }
}

/** Runs `work` for every item, `width` at a time. */
async function crowd(items, width, work) {
  const results = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < items.length) {
        const place = next++;
        results[place] = await work(items[place], place);
      }
    }),
  );
  return results;
}
function tally(results) {
  const counts = new Map();
  for (const result of results) counts.set(String(result), (counts.get(String(result)) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${what} × ${count}`).join(", ");
}

async function main() {
  writeFileSync(join(work, "password"), "loopback-only");
  writeFileSync(join(work, "key"), randomBytes(32));
  const data = start(server, ["start", "--no-banner", "--bind", `127.0.0.1:${BASE}`, "--user", "root", "--pass", "loopback-only", "--log", "warn", `surrealkv://${join(work, "data")}`]);
  await answers(`http://127.0.0.1:${BASE}/health`, data);
  // The key is required with a database elsewhere (D14): without one the portal says so and ends.
  const options = (n) => ["--developpement", "--base", database, "--base-utilisateur", "root", "--base-mot-de-passe-file", join(work, "password"), "--donnees", join(work, `portal${n}`), "--adresse", `127.0.0.1:${BASE + n}`, "--proxys", "127.0.0.1", "--journal-filtre", "error"];
  const keyless = start(binary, ["servir", ...options(9)]);
  for (let n = 0; n < 100 && keyless.exitCode === null; n++) await pause(100);
  check("without the key the portal does not start", keyless.exitCode > 0 && /cle_file/.test(keyless.log), keyless.log.trim().split("\n").at(-1)?.slice(0, 120));
  for (const n of [1, 2, 3]) {
    const portal = start(binary, ["servir", ...options(n), "--cle-file", join(work, "key"), ...(n === 1 ? ["--demo"] : [])]);
    await answers(`${portals[n - 1]}/sante/vif`, portal, 120);
  }
  const owner = new Browser("203.0.113.9");
  for (let n = 0; n < 120 && (await owner.signIn(portals[0], "claire.martin@demo.example", PASSWORD)) !== "in"; n++) await pause(1000);
  check("what one portal wrote, the others know", (await owner.signIn(portals[1], "claire.martin@demo.example", PASSWORD)) === "in", "logged in on the second");

  await overTls(options);

  // G1: 200 clients over three portals guess one password.
  const tries = Number(process.env.TRIES ?? 10_000);
  let begun = Date.now();
  const guess = (_, n) => new Browser(`198.51.${Math.floor(n / 250) % 250}.${n % 250}`).signIn(portals[n % 3], "claire.martin@demo.example", `Faux mot ${n}`).catch(String);
  const owned = (async () => {
    const results = [];
    for (let n = 0; n < 50; n++) {
      const before = Date.now();
      const result = await owner.signIn(portals[n % 3], "claire.martin@demo.example", PASSWORD).catch(String);
      results.push({ result, ms: Date.now() - before });
    }
    return results;
  })();
  const guesses = await crowd(Array.from({ length: tries }), 200, guess);
  const verified = guesses.filter((result) => result === 422).length;
  check("G1 guesses on one account that were looked at", verified <= 10 && !guesses.includes("in"), `${verified} of ${tries} (${tally(guesses)}) in ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  const mine = await owned;
  const slowest = Math.max(...mine.map(({ ms }) => ms));
  check("G2 the owner's own browser meanwhile", mine.every(({ result }) => result === "in"), `${mine.filter(({ result }) => result === "in").length} of 50, slowest ${slowest} ms`);

  // G3: many accounts, two tries each, from twenty addresses.
  begun = Date.now();
  const accounts = Number(process.env.ACCOUNTS ?? 5_000);
  const stuffed = await crowd(Array.from({ length: accounts * 2 }), 60, (_, n) => new Browser(`192.0.2.${n % 20}`).signIn(portals[n % 3], `personne${n >> 1}@example.com`, `Faux mot ${n}`));
  const looked = stuffed.filter((result) => result === 422).length;
  check("G3 tries looked at, twenty addresses", looked <= 20 * 100, `${looked} of ${accounts * 2} (${tally(stuffed)}) in ${((Date.now() - begun) / 1000).toFixed(0)} s`);

  // T40: one link, sixteen clients, three portals.
  const rounds = Number(process.env.ROUNDS ?? 20);
  let once = 0;
  for (let round = 0; round < rounds; round++) {
    const link = await resetLink(round);
    const results = await crowd(Array.from({ length: 16 }), 16, async (_, n) => {
      const browser = new Browser(`203.0.113.${n}`);
      await browser.ask(`${portals[n % 3]}${link}`);
      const fresh = `Trois pins roses ${round}`;
      return (await browser.ask(`${portals[n % 3]}/api/recovery/reset`, { "draft[password]": fresh, "draft[password_confirmation]": fresh })).location;
    });
    once += results.filter((to) => to === "/connexion").length === 1 ? 1 : 0;
  }
  check("T40 one link used by sixteen at once over three portals", once === rounds, `${once} of ${rounds} rounds with exactly one effect`);
}

/** wss://: the same database behind TLS. A certificate nobody vouches for is refused; one of an authority the portal is told of is taken. */
async function overTls(options) {
  const [ca, caKey, cert, key] = ["ca.pem", "ca.key", "cert.pem", "key.pem"].map((name) => join(work, name));
  const make = (subject, out, keyOut, ...more) =>
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", subject, "-keyout", keyOut, "-out", out, ...more], { stdio: "ignore" });
  make("/CN=Autorité d’essai", ca, caKey);
  make("/CN=localhost", cert, key, "-CA", ca, "-CAkey", caKey, "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE");
  let secured = 0;
  const front = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (client) => {
    secured++;
    const inner = connect(BASE, "127.0.0.1");
    for (const [from, to] of [[client, inner], [inner, client]]) from.on("error", () => to.destroy()).pipe(to);
  });
  front.on("tlsClientError", () => {});
  await new Promise((done) => front.listen(BASE + 8, "127.0.0.1", done));
  const args = (n) => ["servir", ...options(n).map((word) => (word === database ? `wss://localhost:${BASE + 8}` : word)), "--cle-file", join(work, "key")];
  const stranger = start(binary, args(6));
  for (let n = 0; n < 200 && stranger.exitCode === null; n++) await pause(100);
  check("wss:// with a certificate nobody vouches for", stranger.exitCode > 0 && secured === 0, stranger.log.trim().split("\n").at(-1)?.slice(0, 140));
  const portal = start(binary, [...args(7), "--base-ac-file", ca]);
  await answers(`http://localhost:${BASE + 7}/sante/vif`, portal, 120);
  const entered = await new Browser("203.0.113.11").signIn(`http://localhost:${BASE + 7}`, "claire.martin@demo.example", PASSWORD);
  check("wss:// with one the portal is told to believe", entered === "in" && secured > 0, `logged in over ${secured} secured connections`);
  portal.kill("SIGTERM");
  front.close();
}

/** Asks for a link to a new password as one of many people, and finds it in whichever portal's mailbox sent it. */
async function resetLink(round) {
  const people = ["paul.roux@demo.example", "nadia.benali@demo.example"];
  const email = people[round % people.length];
  const seen = new Set((await links()).map((link) => link));
  for (let n = 0; n < 100; n++) {
    await new Browser(`203.0.113.${100 + round}`).ask(`${portals[round % 3]}/api/recovery/ask_reset`, { "draft[email]": email });
    for (let wait = 0; wait < 20; wait++) {
      const found = (await links()).find((link) => !seen.has(link));
      if (found) return found;
      await pause(250);
    }
    // One a minute and address: the next try waits for it.
    await pause(15_000);
  }
  throw new Error("no link arrived");
}

async function links() {
  const all = [];
  for (const portal of portals) {
    const page = await (await fetch(`${portal}/dev/courriels`)).text();
    for (const [, link] of page.matchAll(/(\/nouveau-mot-de-passe\/[\w-]{20,})/g)) all.push(link);
  }
  return all;
}

try {
  await main();
} catch (error) {
  console.error(error);
  failures.push(String(error));
} finally {
  for (const child of started) child.kill("SIGTERM");
  await pause(1500);
  for (const child of started) if (child.exitCode === null) child.kill("SIGKILL");
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failures.length ? 1 : 0;
