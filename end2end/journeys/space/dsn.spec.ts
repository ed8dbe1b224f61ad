// Suivi DSN: months newest first, severities, plain French; and how pages look in the dark.
import { expect, test } from "../../fixtures/test.js";

const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];
const SEVERITIES = ["Bloquant", "Anomalie", "Avertissement", "Information"];

test("S64 months come newest first, the gravest line first, in correct French", async ({ page, signIn, accessible }) => {
  await signIn("claire.martin@demo.example");
  await page.getByRole("radio", { name: /Atelier/ }).check();
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonjour Claire");
  await page.goto(`${page.url()}/suivi-dsn`);
  const titles = await page.getByRole("main").getByRole("heading", { level: 2 }).allInnerTexts();
  const ranks = titles.map((title) => {
    const [, name = "", year = ""] = /^DSN (?:de |d’)(\S+) (\d{4})/.exec(title) ?? [];
    return Number(year) * 12 + MONTHS.indexOf(name);
  });
  expect(ranks.length).toBeGreaterThan(1);
  expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
  const periods = page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("heading", { level: 2 }) });
  for (const period of await periods.all()) {
    const seen = await period.getByText(/^(Bloquant|Anomalie|Avertissement|Information)$/).allInnerTexts();
    const order = seen.map((severity) => SEVERITIES.findIndex((known) => known.toLowerCase() === severity.toLowerCase()));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible();
  for (const title of titles) expect(title, "elision before a vowel").not.toMatch(/ de [aeiouéâ]/);
});
