// Pairs of acts that meet at one instant on two portals over one database server (server/services/tests/it/races.rs), each pair on a
// server of its own: scripts/races.mjs SERVER COMMAND… where COMMAND runs the tests, `cargo nextest run` with its selection.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const [server, ...command] = process.argv.slice(2);
const port = Number(process.env.PORT ?? 3980) + 10;
const pairs = [...readFileSync("server/services/tests/it/races.rs", "utf8").matchAll(/^ {4}(g8_\w+): /gm)].map(([, name]) => name);
if (!pairs.length) throw new Error("no pairs found");

for (const pair of pairs) {
  const args = ["start", "--no-banner", "--bind", `127.0.0.1:${port}`, "--user", "root", "--pass", "loopback-only", "--log", "warn", "memory"];
  const database = spawn(server, args, { stdio: "ignore" });
  try {
    for (let n = 0; ; n++) {
      if (database.exitCode !== null || n === 300) throw new Error("the database server does not answer");
      if (await fetch(`http://127.0.0.1:${port}/health`).then((answer) => answer.ok, () => false)) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    const env = { ...process.env, ESPACE_RACES_SERVER: `ws://127.0.0.1:${port}`, ESPACE_RACES_PASSWORD: "loopback-only" };
    const filter = ["--run-ignored", "only", "-E", `test(=races::${pair}::over_a_server)`];
    execFileSync(command[0], [...command.slice(1), ...filter], { env, stdio: ["ignore", "ignore", "inherit"], timeout: 3_600_000 });
    console.log(`ok   ${pair}`);
  } catch (error) {
    console.log(`FAIL ${pair}: ${error.message}`);
    process.exitCode = 1;
  } finally {
    database.kill("SIGTERM");
    await new Promise((done) => (database.exitCode !== null ? done() : database.once("exit", done)));
  }
}
