// Opening an account with the two letters, and activating it.
import { expect, fillContact, fillLetters, freshMail, PASSWORD, test } from "../../fixtures/test.js";

const GOOD = "Trois pins verts 9";

test("S4 S5 S6 S7 S8 the public entry has both buttons and the way to log in", async ({ page, accessible }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Espace sécurisé entreprise");
  await accessible();
  await expect(page.getByRole("link", { name: "Se connecter" })).toHaveAttribute("href", "/connexion");
  await page.getByRole("link", { name: "Je les associe à un espace existant" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Associer d’autres sites déclarants");
  await expect(page.getByText("Étape 1/2")).toBeVisible();
  await accessible();
  await page.goto("/");
  await page.getByRole("link", { name: "Je crée mon espace sécurisé" }).click();
  await expect(page).toHaveURL("/ouverture");
});

test("S9 S10 S11 S12 step 1/2 asks for three mandatory values and keeps what was typed", async ({ page, accessible }) => {
  await page.goto("/ouverture");
  await expect(page.getByText("Étape 1/2")).toBeVisible();
  const answer = page.waitForResponse((response) => response.url().endsWith("/ouverture") && response.status() === 422);
  await fillLetters(page, { siret: "00123458200012" });
  await answer;
  const summary = page.getByRole("alert");
  await expect(summary.getByRole("link")).toHaveCount(3);
  await expect(page.getByLabel("Votre numéro de SIRET")).toHaveValue("00123458200012");
  await expect(page.getByText("comporte une erreur").first()).toBeVisible();
  await accessible();
  await summary.getByRole("link").first().click();
  await expect(page.getByLabel("Votre identifiant CIBTP")).toBeFocused();
});

test("S13 S14 A3 a wrong value gets one neutral sentence and no step 2 (letters)", async ({ page, letter, accessible }) => {
  await page.goto("/ouverture");
  await fillLetters(page, { ...letter, code: "0000 0000 0000" });
  await expect(page.getByRole("alert")).toContainText("ne permettent pas de vous identifier");
  await expect(page.getByRole("alert")).toContainText("demandez un nouveau code");
  await expect(page.getByLabel("Votre identifiant CIBTP")).toHaveValue(letter.identifiant);
  await expect(page.getByLabel("Votre code confidentiel provisoire")).toHaveValue("");
  await accessible();
  await page.goto("/ouverture/contact");
  await expect(page).toHaveURL("/ouverture");
});

test("S15 S16 S17 S18 S21 S22 S23 S24 S25 S26 S27 S28 from the letters to an active account (letters)", async ({ page, letter, activationLink, accessible, signIn }) => {
  const mail = freshMail();
  await page.goto("/ouverture");
  await fillLetters(page, letter);
  await expect(page.getByText("Étape 2/2")).toBeVisible();
  await expect(page.getByText(letter.company)).toBeVisible();
  await expect(page.getByLabel("Prénom")).not.toHaveValue("");
  await expect(page.getByLabel("Nom", { exact: true })).not.toHaveValue("");
  await accessible();

  await fillContact(page, { mail, again: "autre@demo.example", password: GOOD, passwordAgain: "Trois pins roses 9", mobile: "04 72 00 00 00" });
  const summary = page.getByRole("alert");
  await expect(summary).toContainText("Confirmation de l’adresse mail");
  await expect(summary).toContainText("Confirmation du mot de passe");
  await expect(summary).toContainText("n’est pas celui d’un mobile");
  await expect(page.getByLabel("Adresse mail", { exact: true })).toHaveValue(mail);
  await expect(page.getByLabel("Mot de passe", { exact: true })).toHaveValue("");
  await accessible();

  await fillContact(page, { mail, password: GOOD, mobile: "06 12 34 56 78" });
  await expect(page).toHaveURL("/ouverture/envoi");
  await expect(page.getByText(`Un email vous est envoyé à l’adresse ${mail}.`)).toBeVisible();
  await accessible();

  await signIn(mail, GOOD);
  await expect(page.getByText("Votre compte n’est pas encore activé")).toBeVisible();

  const link = await activationLink(mail);
  await page.goto(link);
  await expect(page).toHaveURL("/activation");
  await page.reload();
  await accessible();
  await page.getByRole("button", { name: "Activer mon compte" }).click();
  await expect(page).toHaveURL("/connexion");
  await expect(page.getByRole("status").first()).toContainText("votre adresse mail est certifiée");

  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce lien ne peut plus servir");
  await expect(page.getByRole("link", { name: "Recevoir un nouveau lien" })).toBeVisible();
  await accessible();

  await signIn(mail, GOOD);
  await expect(page).toHaveURL(/\/site\/[0-9A-Z]{26}$/);
});

test("S19 S20 the password rule is checked while typing and again on the server (letters)", async ({ page, letter, scripted, ready }) => {
  await page.goto("/ouverture");
  await fillLetters(page, letter);
  if (scripted) {
    await ready();
    const rule = (text: string) => page.getByRole("listitem").filter({ hasText: text });
    const password = page.getByLabel("Mot de passe", { exact: true });
    await password.fill("abcdefgh");
    await expect(rule("8 caractères au minimum")).toHaveAttribute("data-ok", "true");
    await expect(rule("3 de ces 4 catégories")).toHaveAttribute("data-ok", "false");
    await password.fill("Abcdef1");
    await expect(rule("8 caractères au minimum")).toHaveAttribute("data-ok", "false");
    await expect(rule("3 de ces 4 catégories")).toHaveAttribute("data-ok", "true");
  }
  const mail = freshMail();
  const refused: [string, string][] = [
    ["Abc1!", "au moins 8 caractères"],
    ["abcdefgh1", "au moins 3 des 4 catégories"],
    ["Soleil2026!", "se devine trop facilement"],
  ];
  for (const [password, sentence] of refused) {
    await fillContact(page, { mail, password });
    await expect(page.getByRole("alert")).toContainText(sentence);
  }
});

test("A6 a known mail is told only to whoever holds the letters, with the other way (letters)", async ({ page, letter, accessible }) => {
  await page.goto("/ouverture");
  await fillLetters(page, letter);
  await fillContact(page, { mail: "claire.martin@demo.example", password: GOOD });
  await expect(page.getByRole("alert")).toContainText("Un espace existe déjà avec cette adresse mail");
  await expect(page.getByRole("alert").getByRole("link", { name: "Je les associe à un espace existant" })).toBeVisible();
  await expect(page.getByLabel("Adresse mail", { exact: true })).toHaveValue("claire.martin@demo.example");
  await accessible();
});

test("A9 D11 the right password on a sleeping account offers a new link", async ({ page, signIn, accessible }) => {
  await signIn("luc.petit@demo.example", PASSWORD);
  await expect(page).toHaveURL("/nouveau-lien");
  await expect(page.getByLabel("Adresse mail")).toHaveValue("luc.petit@demo.example");
  await accessible();
  await page.getByLabel("Adresse mail").fill(freshMail());
  await page.getByRole("button", { name: "Recevoir un nouveau lien" }).click();
  await expect(page.getByRole("status").first()).toContainText("Si un compte attend son activation");
});
