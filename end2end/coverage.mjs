// Fails when a test that docs/coverage.md names no longer exists, or a number of this version has no row.
// And keeps what the accessibility statement says of automatic checks true: `--write` writes it anew.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const rows = readFileSync("docs/coverage.md", "utf8").matchAll(/^\| (S\d+) \| [^|]+ \| `([^`]+)`: (.+) \|$/gm);
const seen = new Set();
const problems = [];
for (const [, number, file, title] of rows) {
  seen.add(number);
  if (!existsSync(file)) problems.push(`${number}: no file ${file}`);
  else if (!readFileSync(file, "utf8").includes(title)) problems.push(`${number}: ${file} has no test « ${title} »`);
  // The title of a journey names the numbers it shows.
  if (file.endsWith(".ts") && !title.split(" ").includes(number)) problems.push(`${number}: not named by « ${title} »`);
}
for (const [first, last] of [[1, 34], [38, 158]]) {
  for (let number = first; number <= last; number++) if (!seen.has(`S${number}`)) problems.push(`S${number} has no row`);
}

/** What is checked automatically, counted in the journeys themselves. */
function checks() {
  const files = readdirSync("end2end/journeys", { recursive: true }).map(String).filter((name) => name.endsWith(".spec.ts")).sort();
  const tests = files.flatMap((name) => readFileSync(join("end2end/journeys", name), "utf8").split(/^test\(/m).slice(1));
  const examined = tests.filter((test) => test.includes("await accessible("));
  const calls = examined.reduce((sum, test) => sum + test.split("await accessible(").length - 1, 0);
  const axe = JSON.parse(readFileSync("package-lock.json", "utf8")).packages["node_modules/axe-core"].version;
  return [
    `- **Règles automatiques**\u202f: axe-core ${axe} (WCAG 2.0, 2.1 et 2.2, niveaux A et AA) examine les pages à ${calls} endroits de ${examined.length} parcours, sans qu’aucune règle ni aucune partie de page soit écartée, sur grand écran, sur téléphone et au clavier seul. Une seule anomalie fait échouer le contrôle.`,
    `- **Clavier**\u202f: les parcours sont rejoués sans souris. Ce qui ne s’atteint pas avec la touche de tabulation et les flèches, ou ne s’actionne pas au clavier, fait échouer le contrôle.`,
    `- **Sans JavaScript**\u202f: les parcours sont rejoués avec JavaScript désactivé. Seules les clés d’accès en ont besoin\u202f; un code d’application les remplace.`,
    `- **Petit écran**\u202f: les parcours sont rejoués sur une largeur de 390\u00a0pixels.`,
    `- **Contrastes**\u202f: les couleurs des thèmes clair et sombre sont recalculées à chaque construction, avec au moins 4,5 pour le texte et 3 pour les contours et le repère de focus.`,
    "",
  ].join("\n");
}
const statement = "app/src/words/legal/controles.md";
if (process.argv.includes("--write")) writeFileSync(statement, checks());
else if (readFileSync(statement, "utf8") !== checks()) problems.push(`${statement} is not what the journeys check: node end2end/coverage.mjs --write`);

if (problems.length) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`✓ coverage: ${seen.size} numbers, each with a test that exists`);
