// Fails when a test that docs/coverage.md names no longer exists, or a number of this version has no row.
import { existsSync, readFileSync } from "node:fs";

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
for (const [first, last] of [[1, 34], [38, 148]]) {
  for (let number = first; number <= last; number++) if (!seen.has(`S${number}`)) problems.push(`S${number} has no row`);
}
if (problems.length) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`✓ coverage: ${seen.size} numbers, each with a test that exists`);
