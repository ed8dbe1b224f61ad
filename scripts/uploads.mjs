// Uploads to the portal and to its peer; see scripts/uploads: uploads.mjs BINARY WORK, where WORK/peer has Express and multer.
// Prints a table (W9) and one line a bound (G11); fails when an answer is wrong or a bound of G11 is passed. Goals of speed do not fail.
import { spawn } from "node:child_process";
import { createCipheriv, createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { cpus } from "node:os";
import { join } from "node:path";

const [binary, work] = process.argv.slice(2);
const port = Number(process.env.PORT ?? 3979);
const rounds = Number(process.env.ROUNDS ?? 3);
const aborted = Number(process.env.ABORTED ?? 500);
const parts = process.env.PARTS ?? "w9 g11";
const PASSWORD = "Chantier calme 48";
const PEOPLE = ["claire.martin", "paul.roux", "nadia.benali", "jeanne.morel", "hugo.lenoir"].map((name) => `${name}@demo.example`);
const BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW0";
const KIND = `multipart/form-data; boundary=${BOUNDARY}`;
const MOST = 40_000_000;
const FILES = 20;
/** Forms one after the other; forms at the same time, and how often. */
const [SINGLE, WIDE, WAVES, WARM] = [10, 10, 3, 2];
const TICK = 100;

const failures = [];
const started = [];
const check = (what, ok, figure) => {
  console.log(`${ok ? "ok  " : "FAIL"} ${what}: ${figure}`);
  if (!ok) failures.push(what);
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);
const tally = (list) => {
  const counts = new Map();
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].map(([item, count]) => `${count} × ${item}`).join(", ");
};

/** A server on its core, and what it costs. */
class Server {
  constructor(command, args, env = {}) {
    const pinned = cpus().length > 1 ? ["taskset", "-c", "0", command, ...args] : [command, ...args];
    this.child = spawn(pinned[0], pinned.slice(1), { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    this.log = "";
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on("data", (text) => (this.log = (this.log + text).slice(-4000)));
    this.pid = this.child.pid;
    started.push(this);
  }
  get isAlive() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
  async ready(path) {
    for (let n = 0; n < 1200; n++) {
      if (!this.isAlive) throw new Error(`ended: ${this.log}`);
      if (await ask("GET", path).then(({ status }) => status === 200, () => false)) return;
      await pause(100);
    }
    throw new Error(`${path} does not answer: ${this.log}`);
  }
  /** Bytes of memory that are present, and those that are no file's. */
  memory() {
    const status = readFileSync(`/proc/${this.pid}/status`, "utf8");
    const field = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)[1]) * 1024;
    return { rss: field("VmRSS"), most: field("VmHWM"), anonymous: field("RssAnon") };
  }
  /** Seconds of all its threads, of those that ended too. The kernel keeps the sum exactly and shows it in hundredths. */
  cpu() {
    const fields = readFileSync(`/proc/${this.pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICK;
  }
  /** How many sockets it holds: its own, and those of requests it is not done with. */
  sockets() {
    const folder = `/proc/${this.pid}/fd`;
    const points = readdirSync(folder).map((fd) => {
      try {
        return readlinkSync(join(folder, fd));
      } catch {
        return "";
      }
    });
    return points.filter((to) => to.startsWith("socket:")).length;
  }
  /** Does `what` and says what memory was at its most: looked at every 20 ms, and the kernel's own mark, which misses nothing. */
  async watched(what) {
    let marked = true;
    try {
      writeFileSync(`/proc/${this.pid}/clear_refs`, "5");
    } catch {
      marked = false;
    }
    const most = this.memory();
    const look = () => {
      const now = this.memory();
      most.rss = Math.max(most.rss, now.rss, marked ? now.most : 0);
      most.anonymous = Math.max(most.anonymous, now.anonymous);
    };
    const timer = setInterval(look, 20);
    try {
      const result = await what();
      look();
      return { result, most };
    } finally {
      clearInterval(timer);
    }
  }
  async stop() {
    if (!this.isAlive) return;
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(timer);
  }
}

/** Sends a request whose body is these pieces, none of which is copied. */
function ask(method, path, { headers = {}, body = [], agent } = {}) {
  return new Promise((done, fail) => {
    const length = body.reduce((sum, piece) => sum + piece.length, 0);
    const sized = method === "GET" ? headers : { ...headers, "content-length": length };
    const begun = performance.now();
    const sent = request({ host: "127.0.0.1", port, method, path, headers: { accept: "text/html", ...sized }, agent: agent ?? false });
    sent.setTimeout(300_000, () => sent.destroy(new Error("no answer in five minutes")));
    sent.on("error", fail);
    sent.on("response", (answer) => {
      const pieces = [];
      answer.on("error", fail);
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => {
        const { statusCode: status, headers: said } = answer;
        done({ status, said, text: Buffer.concat(pieces).toString(), ms: performance.now() - begun });
        if (!sent.writableFinished) sent.destroy();
      });
    });
    for (const piece of body) sent.write(piece);
    sent.end();
  });
}

/** Someone with a browser, from an address of their own. */
class Person {
  cookies = new Map();
  constructor(number) {
    this.address = `10.1.${number >> 8}.${number & 255}`;
  }
  async ask(method, path, { headers = {}, ...more } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const all = { "x-forwarded-for": this.address, ...(cookie && { cookie }), ...(method === "POST" && { "sec-fetch-site": "same-origin" }), ...headers };
    const answer = await ask(method, path, { headers: all, ...more });
    for (const line of answer.said["set-cookie"] ?? []) {
      const [name, value] = line.split(";")[0].split(/=(.*)/s);
      if (line.includes("Max-Age=0")) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
  post(path, fields) {
    const body = [Buffer.from(new URLSearchParams(fields).toString())];
    return this.ask("POST", path, { headers: { "content-type": "application/x-www-form-urlencoded" }, body });
  }
  async signIn(email) {
    await this.post("/api/identity/sign_in", { "draft[email]": email, "draft[password]": PASSWORD });
    let sites = await this.ask("GET", "/sites");
    // An accountant is led to the portfolio, which lists them.
    if (sites.said.location?.startsWith("/") && !sites.said.location.startsWith("/site/")) sites = await this.ask("GET", sites.said.location);
    const found = /(?:\/site\/|name="site" value=")([0-9A-Z]{26})/.exec(sites.said.location ?? sites.text);
    if (!found) throw new Error(`${email} is not logged in: ${sites.status} ${sites.text.slice(0, 200)}`);
    this.site = found[1];
    return this;
  }
  get contact() {
    return `/site/${this.site}/contact`;
  }
  /** A fresh form: its number. */
  async draft() {
    const page = await this.ask("GET", this.contact);
    return hidden(page.text, "brouillon");
  }
  /** Sends the form with these pieces of files. */
  form(draft, files, { agent, button = "joindre" } = {}) {
    const headers = { "content-type": KIND };
    return this.ask("POST", this.contact, { headers, body: [texts(draft), ...files, last(button)], agent });
  }
  /** Sends one file as the script does. */
  async file(draft, name, bytes) {
    const headers = { "content-type": "application/octet-stream", accept: "application/json" };
    const answer = await this.ask("POST", `${this.contact}/fichiers?brouillon=${draft}`, { headers: { ...headers, "x-nom-fichier": name }, body: [bytes] });
    return `${answer.status} ${answer.status === 200 ? "" : JSON.parse(answer.text).refusal}`.trim();
  }
  /** How many files a form has, and how many of them were refused last. */
  async files(draft) {
    const { text } = await this.ask("GET", `${this.contact}?brouillon=${draft}`);
    const joined = text.match(/name="retirer" value="[0-9A-Z]{26}"/g)?.length ?? 0;
    return { joined, refused: text.match(/<b>[^<]*\.pdf<\/b>/g)?.length ?? 0 };
  }
}

function hidden(page, name) {
  const tag = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(page)?.[0];
  const value = /value="([^"]*)"/.exec(tag ?? "")?.[1];
  if (!value) throw new Error(`no ${name} in ${page.slice(0, 400)}`);
  return value;
}

const part = (head) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n`;
const text = (name, value) => `${part(`name="${name}"`)}\r\n${value}\r\n`;
const texts = (draft) =>
  Buffer.from(
    [["brouillon", draft], ["page", ""], ["consent_version", ""], ["objet", "Mesure"], ["message", "Quarante mégaoctets"]].map(([name, value]) => text(name, value)).join(""),
  );
const last = (button) => Buffer.from(`${text(button, "1")}--${BOUNDARY}--\r\n`);

/** A PDF by its first bytes; the rest is as even as what is compressed, the same in every run. */
function pdf(number, bytes) {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, number), Buffer.alloc(16));
  const head = Buffer.from(`%PDF-1.7\n%${number}\n`);
  return Buffer.concat([head, cipher.update(Buffer.alloc(bytes - head.length))]);
}
/** The parts of a form that are these files, in one piece. */
function filed(files) {
  const heads = files.map((_, n) => Buffer.from(`${part(`name="fichiers"; filename="piece-${n + 1}.pdf"`)}Content-Type: application/pdf\r\n\r\n`));
  return Buffer.concat(files.flatMap((file, n) => [heads[n], file, Buffer.from("\r\n")]));
}
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const pieces = Array.from({ length: FILES }, (_, n) => pdf(n, MOST / FILES));
const hashes = pieces.map(sha256);
const whole = filed(pieces);

/** Every name below a folder that is a file's. */
const names = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const half = (folder) => names(folder).filter((name) => name.includes("#")).length;

/** Runs `act` for every item, so many at a time. */
async function crowd(items, width, act) {
  const results = [];
  let next = 0;
  const line = async () => {
    while (next < items.length) {
      const place = next++;
      results[place] = await act(items[place], place);
    }
  };
  await Promise.all(Array.from({ length: width }, line));
  return results;
}

async function portal(folder) {
  mkdirSync(folder, { recursive: true });
  const options = ["--developpement", "--demo", "--donnees", folder, "--base", "mem://", "--adresse", `127.0.0.1:${port}`, "--proxys", "127.0.0.1", "--journal-filtre", "error"];
  const server = new Server(binary, ["servir", ...options]);
  await server.ready("/sante/vif");
  const people = [];
  for (const [n, email] of PEOPLE.entries()) people.push(await new Person(n).signIn(email));
  return { server, people };
}

/** The portal with a form of each person's for every one that will be sent: what comes before a form is not what is measured. */
async function ours(folder) {
  const { server, people } = await portal(folder);
  const drafts = await crowd(Array.from({ length: WARM + SINGLE + WIDE * WAVES }), 1, async (_, n) => {
    const person = people[n % people.length];
    return { person, draft: await person.draft() };
  });
  const send = async (n, agent) => {
    const { person, draft } = drafts[n];
    const answer = await person.form(draft, [whole], { agent });
    return { ms: answer.ms, right: answer.status === 303 && answer.said.location?.includes(draft) };
  };
  // All that was sent lies in the store as it was sent, and nothing else does.
  const verify = () => {
    const found = names(join(folder, "fichiers")).map((name) => sha256(readFileSync(name)));
    const known = new Set(hashes);
    return found.length === drafts.length * FILES && found.every((hash) => known.has(hash));
  };
  return { server, send, verify };
}

async function peer(storage, folder) {
  mkdirSync(folder, { recursive: true });
  const server = new Server(process.execPath, [join(work, "peer/uploads-peer.mjs"), storage, String(port), folder], { NODE_ENV: "production" });
  await server.ready("/form");
  for (let n = 0; n < WARM + SINGLE + WIDE * WAVES; n++) await ask("GET", "/form");
  const send = async (_, agent) => {
    const headers = { "content-type": KIND };
    const answer = await ask("POST", "/form", { headers, body: [texts("0".repeat(26)), whole, last("joindre")], agent });
    return { ms: answer.ms, right: answer.status === 200 && answer.text === JSON.stringify(hashes) };
  };
  return { server, send, verify: () => true };
}

const SERVERS = [
  ["portal", (folder) => ours(folder)],
  ["Express, memory", (folder) => peer("memory", folder)],
  ["Express, disk", (folder) => peer("disk", folder)],
  ["Express, streamed", (folder) => peer("streamed", folder)],
];

/** One server, one round: what a form took alone and among ten. */
async function round(open, folder) {
  const { server, send, verify } = await open(folder);
  try {
    await pause(3000);
    const before = server.memory();
    const agent = new Agent({ keepAlive: true });
    const figures = [];
    let right = true;
    const step = async (width, numbers, act) => {
      const [cpu, mine] = [server.cpu(), process.cpuUsage()];
      const { result, most } = await server.watched(act);
      right &&= result.every((answer) => answer.right);
      // Files are on their way to the disk when the answer leaves; threads that still write belong to it.
      await pause(500);
      const client = process.cpuUsage(mine);
      figures.push({
        width,
        ms: median(result.map((answer) => answer.ms)),
        cpu: ((server.cpu() - cpu) / numbers) * 1000,
        client: (client.user + client.system) / 1000 / numbers,
        before: before.rss,
        most: most.rss,
        growth: most.rss - before.rss,
        anonymous: most.anonymous - before.anonymous,
      });
    };
    const one = (from, count) => crowd(Array.from({ length: count }), 1, (_, n) => send(from + n, agent));
    // The first forms are slower everywhere, above all where code is compiled as it runs; memory they take counts, time does not.
    const warm = await server.watched(() => one(0, WARM));
    right &&= warm.result.every((answer) => answer.right);
    await step(1, SINGLE, () => one(WARM, SINGLE));
    figures[0].growth = Math.max(figures[0].growth, warm.most.rss - before.rss);
    figures[0].most = Math.max(figures[0].most, warm.most.rss);
    figures[0].anonymous = Math.max(figures[0].anonymous, warm.most.anonymous - before.anonymous);
    await step(WIDE, WIDE * WAVES, async () => {
      const answers = [];
      for (let wave = 0; wave < WAVES; wave++) {
        const first = WARM + SINGLE + wave * WIDE;
        answers.push(...(await Promise.all(Array.from({ length: WIDE }, (_, n) => send(first + n, agent)))));
      }
      return answers;
    });
    agent.destroy();
    return { figures, right: right && verify() };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function w9() {
  const all = new Map(SERVERS.map(([name]) => [name, []]));
  const wrong = [];
  for (let n = 0; n < rounds; n++) {
    // In turn, and each round begins with another one.
    for (let m = 0; m < SERVERS.length; m++) {
      const [name, open] = SERVERS[(n + m) % SERVERS.length];
      const { figures, right } = await round(open, join(work, "round"));
      all.get(name).push(figures);
      if (!right) wrong.push(`${name} in round ${n + 1}`);
    }
  }
  console.log(`## W9: ${MOST / 1e6} MB in ${FILES} files, sha-256 of each; median (least–most) of ${rounds} rounds`);
  console.log(`one at a time: ${SINGLE} forms after ${WARM} that are not timed; ${WIDE} at a time: ${WAVES} waves; each round starts every server anew`);
  const line = (cells) => console.log(cells.map((cell, n) => (n ? String(cell).padStart(n === 1 ? 8 : 20) : String(cell).padEnd(20))).join(" "));
  line(["", "at once", "a form, ms", "CPU a form, ms", "client's CPU, ms", "before, MiB", "at most, MiB", "growth, MiB", "not of files, MiB"]);
  const middle = (name, place, figure) => median(all.get(name).map((figures) => figures[place][figure]));
  for (const place of [0, 1]) {
    for (const [name] of SERVERS) {
      const cell = (figure, scale, digits) => {
        const list = all.get(name).map((figures) => figures[place][figure] / scale);
        return `${median(list).toFixed(digits)} (${Math.min(...list).toFixed(digits)}–${Math.max(...list).toFixed(digits)})`;
      };
      const memory = ["before", "most", "growth", "anonymous"].map((figure) => cell(figure, 2 ** 20, 1));
      line([name, place ? WIDE : 1, cell("ms", 1, 0), cell("cpu", 1, 0), cell("client", 1, 0), ...memory]);
    }
  }
  check("every form was taken whole, every hash is right", !wrong.length, wrong.length ? wrong.join(", ") : "all of them");
  const goal = (what, ok, figure) => console.log(`${ok ? "met " : "MISSED"} ${what}: ${figure}`);
  const cpu = [0, 1].map((place) => middle("portal", place, "cpu"));
  goal("W9 CPU of 40 MB, at most 120 ms", Math.max(...cpu) <= 120, `${cpu[0].toFixed(0)} ms alone, ${cpu[1].toFixed(0)} ms among ten`);
  goal("W9 growth with ten at once, at most 8 MB", middle("portal", 1, "growth") <= 8e6, `${(middle("portal", 1, "growth") / 1e6).toFixed(1)} MB`);
  for (const [name] of SERVERS.slice(1)) {
    const [alone, ten] = [0, 1].map((place) => middle(name, place, "cpu") / cpu[place]);
    const memory = middle(name, 1, "growth") / middle("portal", 1, "growth");
    goal(`W9 beside ${name}, 1.8 times less CPU and 20 times less growth with ten at once`, Math.min(alone, ten) >= 1.8 && memory >= 20, `${alone.toFixed(1)} times alone, ${ten.toFixed(1)} times among ten, growth ${memory.toFixed(1)} times`);
  }
}

/** People a member company invites, so that there are as many as it takes to fill every seat. */
async function invited(owner, count) {
  const people = [];
  for (let n = 0; n < count; n++) {
    const email = `collegue${n}@demo.example`;
    const today = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Paris" }).format(new Date());
    await owner.post("/api/delegation/check_beneficiary", { "draft[site]": owner.site, "draft[who][kind]": "user", "draft[who][email]": email, "draft[who][starts]": today });
    const colleges = ["ouvrier", "etam", "cadre"].map((college) => ["draft[grid][colleges][]", college]);
    await owner.post("/api/delegation/delegate", [["draft[site]", owner.site], ...colleges, ["draft[grid][rights][dsn]", "consultation"]]);
    let link;
    for (let wait = 0; wait < 150 && !link; wait++) {
      const mails = (await ask("GET", "/dev/courriels")).text.split("<article").filter((mail) => mail.includes(`à ${email} `));
      link = mails.map((mail) => /\/invitation\/[\w-]{20,}/.exec(mail)?.[0]).find(Boolean);
      if (!link) await pause(100);
    }
    if (!link) throw new Error(`${email} was not invited`);
    const person = new Person(100 + n);
    await person.ask("GET", link);
    const fields = { first: "Alix", last: "Dubois", password: PASSWORD, password_confirmation: PASSWORD };
    await person.post("/api/delegation/accept_as_new", Object.fromEntries(Object.entries(fields).map(([name, value]) => [`draft[${name}]`, value])));
    people.push(await person.signIn(email));
  }
  return people;
}

/** The head of a request as it goes over the line, from an address of its own: this is not about floods of forms. */
function head(person, path, number, length, kind = KIND) {
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Accept: text/html",
    `X-Forwarded-For: 10.2.${number >> 8}.${number & 255}`,
    `Cookie: ${[...person.cookies].map(([name, value]) => `${name}=${value}`).join("; ")}`,
    "Sec-Fetch-Site: same-origin",
    `Content-Type: ${kind}`,
    `Content-Length: ${length}`,
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Sends a head and a body piece by piece until an answer comes: its status, and how many bytes of the body the system had taken by then. */
function untilAnswered(head, first, length) {
  return new Promise((done) => {
    let [sent, status] = [0, ""];
    const socket = connect(port, "127.0.0.1");
    socket.on("error", (error) => (status ||= error.code));
    socket.on("data", (bytes) => (status ||= bytes.toString("latin1").split(" ")[1]));
    socket.on("close", () => done({ status, sent }));
    socket.setTimeout(60_000, () => socket.destroy());
    const next = () => {
      if (status || sent >= length) return void setTimeout(() => socket.destroy(), 1000);
      const piece = (first.shift() ?? whole.subarray(0, 65_536)).subarray(0, length - sent);
      socket.write(piece, (error) => {
        if (error) return;
        sent += piece.length;
        setImmediate(next);
      });
    };
    socket.write(head, next);
  });
}

/** Sends a form a kilobyte a second; what is given back ends it. */
function trickle(person, draft, number) {
  const socket = connect(port, "127.0.0.1");
  for (const event of ["error", "data"]) socket.on(event, () => {});
  socket.write(head(person, person.contact, number, texts(draft).length + whole.length + last("joindre").length));
  socket.write(texts(draft));
  let at = 100_000;
  socket.write(whole.subarray(0, at));
  const timer = setInterval(() => socket.write(whole.subarray(at, (at += 1000))), 1000);
  return () => {
    clearInterval(timer);
    socket.destroy();
  };
}

/** Sends a megabyte of a form and goes away, half of the time without a farewell. Whether it was answered before. */
function goAway(person, draft, number) {
  return new Promise((done) => {
    let answered = false;
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.on("data", () => (answered = true));
    socket.on("close", () => done(answered));
    socket.setTimeout(60_000, () => socket.destroy());
    socket.write(head(person, person.contact, number, texts(draft).length + whole.length + last("joindre").length));
    socket.write(texts(draft));
    // Before the file is begun, while it is written, and while nothing comes any more.
    const leave = () => setTimeout(() => (number % 2 ? socket.destroy() : socket.resetAndDestroy()), 10 + ((number * 37) % 240));
    socket.write(whole.subarray(0, 1_000_000), leave);
  });
}

async function g11() {
  const folder = join(work, "bounds");
  const { server, people } = await portal(folder);
  const store = join(folder, "fichiers");
  try {
    // Three seats a person and fewer than thirty-three in all: eleven people fill them.
    people.push(...(await invited(people[0], 6)));
    console.log(`## G11: ${people.length} people`);
    const forms = await crowd(Array.from({ length: 50 }), 1, async (_, n) => {
      const person = people[n % people.length];
      return { person, draft: await person.draft() };
    });
    await pause(3000);
    const before = server.memory();
    let halves = 0;
    let counting = setInterval(() => (halves = Math.max(halves, half(store))), 200);
    const begun = Date.now();
    const { result, most } = await server.watched(() => Promise.all(forms.map(({ person, draft }) => person.form(draft, [whole]).catch((error) => ({ status: error.message, ms: 0 })))));
    clearInterval(counting);
    const took = (Date.now() - begun) / 1000;
    // An answer that leads back to the form may mean that files were refused: the form says which it has.
    const joined = [];
    for (const { person, draft } of forms) joined.push((await person.files(draft)).joined);
    check("50 forms of 40 MB at the same moment", result.every(({ status }) => status === 303) && joined.every((count) => count === FILES), `${tally(result.map(({ status }) => status))}, ${tally(joined)} files, in ${took.toFixed(1)} s; up to ${halves} files half-written at once`);
    const growth = most.rss - before.rss;
    check("memory, at most 64 MiB more", growth <= 64 * 2 ** 20, `${mib(before.rss)} MiB before, ${mib(most.rss)} at most: ${mib(growth)} more (${mib(most.anonymous - before.anonymous)} not of files)`);
    check("files in the store", names(store).length === 50 * FILES && half(store) === 0, `${names(store).length}, of which ${half(store)} half-written`);

    // One file more, and one byte more: the form as a browser sends it, then the script's way.
    const { person, draft } = forms[0];
    const more = await person.form(draft, [filed([pdf(99, 1000)])]);
    const full = await person.files(draft);
    check("a 21st file, by the form", more.status === 303 && full.joined === FILES && full.refused === 1, `${more.status}, ${full.joined} files joined, ${full.refused} refused`);
    const again = await person.file(draft, "de-trop.pdf", pdf(99, 1000));
    check("a 21st file, by the script", again === "422 too_many", again);
    const fresh = await person.draft();
    const byte = await person.form(fresh, [filed([...pieces.slice(1), pdf(98, MOST / FILES + 1)])]);
    const heavy = await person.files(fresh);
    check("40 000 001 bytes, by the form", byte.status === 303 && heavy.joined === FILES - 1 && heavy.refused === 1, `${byte.status}, ${heavy.joined} files joined, ${heavy.refused} refused`);
    const exact = await person.draft();
    const fits = await person.file(exact, "juste.pdf", pdf(97, MOST));
    const then = await person.file(exact, "un-de-plus.pdf", pdf(97, 20));
    check("40 000 000 bytes in one file, by the script, then one more", fits === "200" && then === "413 too_large", `${fits}; ${then}`);
    // Refused by what they say they are, unread.
    const bytes = "application/octet-stream";
    const unread = [
      ["a file of 40 000 001 bytes, by the script", `${person.contact}/fichiers?brouillon=${await person.draft()}`, MOST + 1, bytes, []],
      ["a form of 40 065 537 bytes", person.contact, MOST + 65_537, KIND, [texts(await person.draft()), Buffer.from(`${part('name="fichiers"; filename="trop.pdf"')}\r\n`)]],
    ];
    for (const [what, path, length, kind, first] of unread) {
      const { status, sent } = await untilAnswered(head(person, path, 999, length, kind), first, length);
      check(what, status === "413" && sent < MOST, `${status} when ${sent} of them had left the client`);
    }

    // Someone whose three seats are taken by slow lines waits, and loses nothing by it.
    const slow = [];
    for (let n = 0; n < 3; n++) slow.push(trickle(person, await person.draft(), 900 + n));
    await pause(1000);
    const patient = await person.draft();
    setTimeout(() => slow.forEach((leave) => leave()), 30_000);
    const late = await person.form(patient, [whole]).catch((error) => ({ status: error.message, ms: 0 }));
    const { joined: brought } = await person.files(patient);
    check("a form that waits half a minute for a seat", late.status === 303 && late.ms > 25_000 && brought === FILES, `${late.status} after ${(late.ms / 1000).toFixed(1)} s, ${brought} files joined`);

    // Clients that go away.
    const kept = names(store).length;
    const lines = await crowd(Array.from({ length: people.length * 2 }), 1, async (_, n) => {
      const someone = people[n % people.length];
      return { someone, number: await someone.draft() };
    });
    const [calm, sockets] = [server.memory(), server.sockets()];
    halves = 0;
    counting = setInterval(() => (halves = Math.max(halves, half(store))), 50);
    const gone = await server.watched(() => crowd(Array.from({ length: aborted }), lines.length, (_, n) => goAway(lines[n % lines.length].someone, lines[n % lines.length].number, n)));
    const ended = Date.now();
    // What they sent before they went is still read, one seat after the other.
    while ((server.sockets() > sockets || half(store)) && Date.now() - ended < 60_000) await pause(50);
    clearInterval(counting);
    const [waited, rest, open] = [(Date.now() - ended) / 1000, half(store), server.sockets() - sockets];
    check(`${aborted} clients gone midway`, rest === 0 && open <= 0 && halves > 0 && !gone.result.some(Boolean), `${rest} files half-written and ${open} requests left after ${waited.toFixed(1)} s, up to ${halves} files meanwhile; ${gone.result.filter(Boolean).length} were answered before`);
    check("files they left", names(store).length === kept, `${names(store).length - kept}`);
    const later = gone.most.rss - calm.rss;
    check("memory meanwhile, at most 64 MiB more", later <= 64 * 2 ** 20, `${mib(calm.rss)} MiB before, ${mib(gone.most.rss)} at most: ${mib(later)} more`);
    const alive = await ask("GET", "/sante/vif");
    const since = Date.now();
    const seated = await Promise.all(people.flatMap((someone) => [1, 2, 3].map(async () => (await someone.form(await someone.draft(), [filed([pieces[0]])]).catch((error) => ({ status: error.message }))).status)));
    check("alive, and every seat is free again", server.isAlive && alive.status === 200 && seated.every((status) => status === 303), `${tally(seated)} at the same moment in ${((Date.now() - since) / 1000).toFixed(1)} s`);
    await pause(5000);
    console.log(`memory five seconds later: ${mib(server.memory().rss)} MiB`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Half an hour is more than any machine needs. */
const late = setTimeout(() => {
  console.error("half an hour has passed");
  end(1);
}, 1_800_000);
function end(code) {
  for (const server of started) if (server.isAlive) server.child.kill("SIGKILL");
  process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => end(130));

try {
  const version = (name) => JSON.parse(readFileSync(join(work, "peer/node_modules", name, "package.json"), "utf8")).version;
  console.log(`## machine\n${cpus().length} cores, ${cpus()[0].model}${cpus().length > 1 ? ": one for the server, one for the client" : ""}`);
  console.log(`Express ${version("express")}, multer ${version("multer")}, Node ${process.versions.node}`);
  if (parts.includes("w9")) await w9();
  if (parts.includes("g11")) await g11();
} catch (error) {
  console.error(error);
  failures.push(String(error));
}
clearTimeout(late);
end(failures.length ? 1 : 0);
