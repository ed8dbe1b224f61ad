// The activation link: opening it changes nothing, its button serves once; two sites in two tabs are not mixed up.
import { expect, fillContact, fillLetters, freshMail, test } from "../../fixtures/test.js";

const GOOD = "Trois pins verts 9";

test("S26 S28 A10 opening the link twice uses nothing up, its button does, and a used link answers 410 (letters)", async ({ page, request, letter, activationLink }) => {
  const mail = freshMail();
  await page.goto("/ouverture");
  await fillLetters(page, { ...letter, siret: letter.siret.replace(/(\d{3})(\d{3})(\d{3})/, "$1 $2 $3 "), code: letter.code.toLowerCase() });
  await fillContact(page, { mail, password: GOOD });
  await expect(page).toHaveURL("/ouverture/envoi");
  const link = await activationLink(mail);
  // What a mail scanner does.
  expect((await request.get(link)).status()).toBe(200);
  expect((await request.get(link)).status()).toBe(200);
  expect((await page.goto(link))?.status()).toBe(200);
  await expect(page).toHaveURL("/activation");
  await page.getByRole("button", { name: "Activer mon compte" }).click();
  await expect(page).toHaveURL("/connexion");
  const again = await page.goto(link);
  expect(again?.status()).toBe(410);
  await expect(page.getByRole("button", { name: "Activer mon compte" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Recevoir un nouveau lien" })).toBeVisible();
});

test("A9 a used link leads to a page where a new one is asked for", async ({ page }) => {
  expect((await page.goto(`/activation/${"A".repeat(43)}`))?.status()).toBe(410);
  await page.getByRole("link", { name: "Recevoir un nouveau lien" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Activez votre compte");
  await page.getByLabel("Adresse mail").fill(freshMail());
  await page.getByRole("button", { name: "Recevoir un nouveau lien" }).click();
  await expect(page.getByRole("status").first()).toContainText("Si un compte attend son activation");
});

test("S14 A5 step 1/2 checks the key of the SIRET and answers 422 (letters)", async ({ page, letter }) => {
  await page.goto("/ouverture");
  const wrong = letter.siret.slice(0, 13) + String((Number(letter.siret[13]) + 1) % 10);
  const answer = page.waitForResponse((response) => response.url().endsWith("/ouverture") && response.status() === 422);
  await fillLetters(page, { ...letter, siret: wrong });
  await answer;
  await expect(page.getByRole("alert")).toContainText("Ce numéro de SIRET comporte une erreur");
  await expect(page.getByLabel("Votre identifiant CIBTP")).toHaveValue(letter.identifiant);
  await expect(page.getByLabel("Votre code confidentiel provisoire")).toHaveValue("");
});

test("S15 two openings in two tabs: neither opens the other's site (letters)", async ({ page, context, letter }) => {
  const other = await context.newPage();
  await page.goto("/ouverture");
  await fillLetters(page, letter);
  await expect(page.getByText("Étape 2/2")).toBeVisible();
  // The second tab starts over: the first one still shows its own site and may go on.
  await other.goto("/ouverture");
  await expect(other.getByText("Étape 1/2")).toBeVisible();
  await context.clearCookies({ name: "__Host-ouverture" });
  await fillContact(page, { mail: freshMail(), password: GOOD });
  await expect(page.getByRole("alert")).toContainText("Reprenez à la première étape");
  await page.getByRole("link", { name: "Reprendre à l’étape 1" }).click();
  await expect(page).toHaveURL("/ouverture");
});
