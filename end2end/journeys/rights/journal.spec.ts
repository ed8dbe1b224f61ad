// The journal of a site, the file of it, and how often mails about rights leave.
import { readFileSync } from "node:fs";
import { expect, test } from "../../fixtures/test.js";

test("the journal says who saw what, is narrowed, and is taken away as a file", async ({ page, signIn, accessible }) => {
  await signIn("paul.roux@demo.example");
  const home = page.url();
  await page.goto(`${home}/droits`);
  await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Exporter en CSV" }).click()]);
  await page.getByRole("link", { name: "Journal du site" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Journal du site");
  const taken = page.getByRole("row").filter({ hasText: "Liste des bénéficiaires exportée" }).filter({ hasText: "Paul Roux" });
  await expect(taken.first()).toBeVisible();
  // A label beside nothing would be read as a riddle: on a phone an empty cell is not there.
  const empty = page.getByRole("row").filter({ hasText: "Courriers préparés" }).locator("td.none").first();
  if ((page.viewportSize()?.width ?? 0) < 600) await expect(empty).toBeHidden();
  await accessible();

  await page.getByLabel("Opération").selectOption("consultations");
  await page.getByRole("button", { name: "Filtrer" }).click();
  await expect(page).toHaveURL(/quoi=consultations/);
  await expect(taken.first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Courriers préparés" })).toHaveCount(0);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Exporter (CSV)" }).click()]);
  expect(file.suggestedFilename()).toMatch(/^journal-des-droits-.*\.csv$/);
  const lines = readFileSync(await file.path(), "utf8");
  expect(lines).toContain("Liste des bénéficiaires exportée;Paul Roux");
  expect(lines).not.toContain("Courriers préparés");

  await page.getByLabel("Personne (nom ou adresse mail)").fill("personne de ce nom");
  await page.getByRole("button", { name: "Filtrer" }).click();
  await expect(page.getByText("Aucune ligne ne correspond")).toBeVisible();
  await accessible();
  await page.getByRole("link", { name: "Effacer les filtres" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Courriers préparés" }).first()).toBeVisible();
});

test("mails about rights come as often as one chose, site by site", async ({ page, signIn, accessible }) => {
  await signIn("paul.roux@demo.example");
  await page.goto(`${page.url()}/compte/notifications`);
  await accessible();
  const choice = page.getByLabel("Roux Couverture");
  await choice.selectOption("daily");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("status").first()).toBeVisible();
  await page.reload();
  await expect(choice).toHaveValue("daily");
  await choice.selectOption("once");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(choice).toHaveValue("once");
});
