// One's own data: read, printed, taken away, erased.
import { readFile } from "node:fs/promises";
import { expect, OWN, test } from "../../fixtures/test.js";

test("G26 the tab shows everything that is known, on a page that prints and as a file", async ({ page, signIn, scripted, accessible }) => {
  await signIn("paul.roux@demo.example");
  await page.goto("/compte/securite");
  await page.getByRole("link", { name: "Mes données" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mes données");
  await accessible();
  await page.getByRole("button", { name: "Voir mes données" }).click();
  await expect(page).toHaveURL("/compte/donnees/lecture");
  const main = page.getByRole("main");
  await expect(main).toContainText("paul.roux@demo.example");
  await expect(main).toContainText("Administrateur Entreprise");
  await expect(main).not.toContainText("claire.martin@demo.example");
  await accessible();
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Télécharger le fichier" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^mes-donnees-\d{4}-\d\d-\d\d\.json$/);
  const data = JSON.parse(await readFile(await download.path(), "utf8")) as { sections: { name: string }[] };
  expect(data.sections.map((section) => section.name)).toContain("account");
  if (scripted) {
    // On paper: the data, and none of the buttons around them.
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("link", { name: "Télécharger le fichier" })).toBeHidden();
    await expect(main.getByRole("heading", { name: "Compte", exact: true })).toBeVisible();
  }
});

test("T70 erasing says what it does, asks twice, and nothing opens any more (letters)", async ({ page, openAccount, signIn, lastMessage, accessible }) => {
  const mail = await openAccount();
  await signIn(mail, OWN);
  await expect(page).toHaveURL(/\/site\//);
  await page.goto("/compte/donnees");
  await page.getByRole("link", { name: "Effacer mes données" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Effacer mes données");
  await expect(page.getByRole("main")).toContainText("dernier administrateur");
  await accessible();
  await page.getByRole("button", { name: "Effacer définitivement" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Cochez cette case pour continuer.");
  await accessible();
  await page.getByRole("checkbox").check();
  await page.getByLabel("Votre mot de passe actuel").fill(OWN);
  await page.getByRole("button", { name: "Effacer définitivement" }).click();
  await expect(page).toHaveURL("/connexion");
  await expect(page.getByRole("status").first()).toContainText("Vos données sont effacées et votre compte est fermé");
  await signIn(mail, OWN);
  await expect(page.getByRole("alert")).toContainText("incorrect");
  await lastMessage(mail, "données personnelles sont effacées");
});
