// The list of beneficiaries: filters, order, pages, sizes, files, with and without script, on a desk and on a phone.
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { expect, test } from "../../fixtures/test.js";

const NAMES = ["anis", "basile", "camille", "denise", "elias", "farah", "gaelle"];
const address = (name: string) => `${name}.liste@demo.example`;

/** A site of Claire’s that no other journey gives rights on; its path. */
async function enter(page: Page, signIn: (email: string) => Promise<void>, site: RegExp): Promise<string> {
  await signIn("claire.martin@demo.example");
  await page.getByRole("radio", { name: site }).check();
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page).toHaveURL(/\/site\/[0-9A-Z]{26}$/);
  return new URL(page.url()).pathname;
}

/** Invites a user, through both steps. */
async function invite(page: Page, home: string, email: string): Promise<void> {
  await page.goto(`${home}/droits/delegation`);
  await page.getByRole("radio", { name: /utilisateur de mon organisation/ }).check();
  await page.getByLabel("Adresse mail de votre interlocuteur").fill(email);
  await page.getByRole("button", { name: "Valider" }).click();
  await page.getByRole("radio", { name: "Suivi DSN, En consultation", exact: true }).check();
  await page.getByRole("button", { name: "Valider et envoyer l’invitation" }).click();
  await expect(page.getByRole("status").filter({ hasText: "L’invitation est envoyée" })).toBeVisible();
}

const rows = (page: Page) => page.getByRole("rowheader");

test("S108 S113 S115 S116 S117 S118 S119 S122 S123 S124 A26 A27 A29 A30 the list is filtered, sorted, paged and kept", async ({
  page,
  signIn,
  accessible,
  isMobile,
}) => {
  test.slow();
  const home = await enter(page, signIn, /Martin Maçonnerie – Atelier/);
  const list = `${home}/droits`;
  await page.goto(list);
  await expect(rows(page)).toHaveText([/Martin Claire \(vous\)/]);
  await accessible();
  for (const name of NAMES) await invite(page, home, address(name));

  // S115, S116, S122, A30: names, then addresses; five a page.
  await page.goto(list);
  await expect(rows(page)).toHaveText([/Martin Claire/, ...NAMES.slice(0, 4).map((name) => new RegExp(address(name)))]);
  await expect(page.getByText("5 lignes affichées sur 8")).toBeVisible();
  await accessible();

  // S124
  const pages = page.getByRole("navigation", { name: "Pages de la liste" });
  await pages.getByRole("link", { name: "Suivante" }).click();
  await expect(rows(page)).toHaveText(NAMES.slice(4).map((name) => new RegExp(address(name))));
  await accessible();
  await pages.getByRole("link", { name: "Précédente" }).click();
  await expect(rows(page)).toHaveCount(5);
  await pages.getByRole("link", { name: "Dernière" }).click();
  await expect(rows(page).last()).toContainText(address("gaelle"));
  await pages.getByRole("link", { name: "Première" }).click();

  // S117: the arrows, and the menu where they have no room.
  if (isMobile) {
    await page.getByText("Filtrer et trier").click();
    await page.getByLabel("Trier par").selectOption({ label: "Nom, de Z à A" });
    await page.getByRole("button", { name: "Appliquer" }).click();
  } else {
    await expect(page.getByRole("columnheader", { name: "Nom et prénom" })).toHaveAttribute("aria-sort", "ascending");
    await page.getByRole("link", { name: "Nom et prénom" }).click();
    await expect(page.getByRole("columnheader", { name: "Nom et prénom" })).toHaveAttribute("aria-sort", "descending");
  }
  await expect(rows(page).first()).toContainText(address("gaelle"));

  // S118, S119, A26: several values; the chips take them away again.
  await page.goto(list);
  await page.getByText("Filtrer et trier").click();
  await expect(page.getByRole("group", { name: "Rôle" }).getByRole("checkbox")).toHaveCount(4);
  await accessible();
  for (const role of ["Administrateur Entreprise", "Administrateur", "Cabinet comptable"]) {
    await page.getByRole("checkbox", { name: role, exact: true }).uncheck();
  }
  await page.getByRole("button", { name: "Appliquer" }).click();
  await expect(rows(page).first()).toContainText(address("anis"));
  await expect(page.getByText("7 bénéficiaires sur 8")).toBeVisible();
  await page.getByRole("link", { name: "Retirer le filtre Utilisateur" }).click();
  await expect(rows(page).first()).toContainText("Martin Claire");
  await page.getByRole("link", { name: "Retirer le filtre En attente d’activation" }).click();
  await expect(rows(page)).toHaveText([/Martin Claire/]);
  await page.getByRole("link", { name: "En attente d’activation (7)" }).click();
  await expect(page.getByText("5 lignes affichées sur 8")).toBeVisible();

  // S123, A29: kept without saying so again.
  await page.getByLabel("Lignes par page").selectOption("10");
  await page.getByRole("button", { name: "Changer" }).click();
  await expect(rows(page)).toHaveCount(8);
  await page.goto(list);
  await expect(rows(page)).toHaveCount(8);
  await accessible();

  // S113: named for whoever hears them.
  for (const action of ["Voir", "Modifier"]) {
    await expect(page.getByRole("link", { name: `${action}\u202f: ${address("anis")}` })).toHaveCount(1);
  }
});

test("S120 S121 A28 T33 bounds of days, nothing that matches, and the file of what is shown", async ({ page, signIn, accessible }) => {
  const home = await enter(page, signIn, /Martin Maçonnerie – Dépôt/);
  const list = `${home}/droits`;
  await invite(page, home, address("hugo"));
  await page.goto(list);
  await page.getByText("Filtrer et trier").click();
  await page.getByLabel("Fin jusqu’au").fill("2199-12-31");
  await page.getByRole("button", { name: "Appliquer" }).click();
  await expect(page.getByText("Aucun bénéficiaire ne correspond")).toBeVisible();
  await accessible();
  await page.getByText("Filtrer et trier").click();
  await page.getByLabel("Avec ceux qui sont sans fin").check();
  await page.getByRole("button", { name: "Appliquer" }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("link", { name: /Retirer le filtre Fin jusqu’au/ }).click();
  await expect(page).toHaveURL(list);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Exporter en CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^beneficiaires-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync((await file.path()) ?? "", "utf8");
  expect(text.startsWith("\ufeffNom;Prénom;Adresse mail;")).toBe(true);
  expect(text.split("\r\n").filter((line) => line !== "")).toHaveLength(3);
  expect(text).toContain(address("hugo"));
});
