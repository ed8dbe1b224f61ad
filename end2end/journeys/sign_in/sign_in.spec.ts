// Logging in: the page, neutral refusals, the way back, the way out.
import { expect, freshMail, PASSWORD, test } from "../../fixtures/test.js";

test("S48 S49 S50 S52 S53 the login page says what it asks for", async ({ page, accessible }) => {
  await page.goto("/connexion");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Se connecter à l’Espace sécurisé");
  await expect(page.getByLabel("Adresse mail")).toHaveAttribute("autocomplete", "username");
  await expect(page.getByLabel("Mot de passe", { exact: true })).toHaveAttribute("autocomplete", "current-password");
  await expect(page.getByRole("link", { name: /Mot de passe oublié/ })).toHaveAttribute("href", "/mot-de-passe-oublie");
  await accessible();
  await page.getByRole("button", { name: "Connexion" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
  await accessible();
  await page.getByRole("link", { name: /Mot de passe oublié/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mot de passe oublié");
  await accessible();
});

test("S51 the eye shows what was typed, and is not there without script", async ({ page, scripted, ready }) => {
  await page.goto("/connexion");
  const password = page.getByLabel("Mot de passe", { exact: true });
  await password.fill("secret");
  if (!scripted) {
    await expect(page.getByRole("button", { name: "Afficher le mot de passe" })).toBeHidden();
    return;
  }
  await ready();
  await expect(password).toHaveValue("secret");
  await page.getByRole("button", { name: "Afficher le mot de passe" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Masquer le mot de passe" }).click();
  await expect(password).toHaveAttribute("type", "password");
});

test("A21 T08 unknown and wrong get the same sentence, and the address stays", async ({ page, signIn }) => {
  const said: (string | null)[] = [];
  for (const mail of ["paul.roux@demo.example", freshMail()]) {
    await signIn(mail, "Mauvais mot 77");
    await expect(page.getByLabel("Adresse mail")).toHaveValue(mail);
    said.push(await page.getByRole("alert").textContent());
  }
  expect(said[0]).toBe(said[1]);
  expect(said[0]).toContain("incorrect");
});

test("T01 after five wrong tries one has to wait", async ({ page, signIn, accessible }) => {
  const mail = freshMail();
  for (let number = 0; number < 5; number++) await signIn(mail, "Mauvais mot 77");
  const waiting = page.waitForResponse((response) => response.url().includes("/connexion") && response.status() === 429);
  await signIn(mail, "Mauvais mot 77");
  await waiting;
  await expect(page.getByRole("alert")).toContainText("Trop de tentatives");
  await accessible();
});

test("S57 T28 one site skips the list, and a foreign way back leads nowhere", async ({ page }) => {
  await page.goto("/connexion?suite=//evil.example/");
  await page.getByLabel("Adresse mail").fill("paul.roux@demo.example");
  await page.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Connexion" }).click();
  await expect(page).toHaveURL(/localhost:\d+\/site\/[0-9A-Z]{26}$/);
  await expect(page.getByRole("link", { name: "Changer de tiers" })).toHaveCount(0);
});

test("D10 the page one wanted is kept through a wrong try", async ({ page, signIn, portal }) => {
  await signIn("paul.roux@demo.example");
  await expect(page).toHaveURL(/\/site\//);
  const wanted = `${new URL(page.url()).pathname}/suivi-dsn`;
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await page.goto(wanted);
  await expect(page).toHaveURL(`/connexion?suite=${wanted}`);
  for (const password of ["Mauvais mot 77", PASSWORD]) {
    await page.getByLabel("Adresse mail").fill("paul.roux@demo.example");
    await page.getByLabel("Mot de passe", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Connexion" }).click();
  }
  await expect(page).toHaveURL(`${portal.url}${wanted}`);
});

test("S86 T20 logging out ends it for the Back button and for the cookie", async ({ page, context, signIn }) => {
  await signIn("paul.roux@demo.example");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonjour Paul");
  const home = page.url();
  const cookies = await context.cookies();
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page.getByRole("status").first()).toContainText("Vous êtes déconnecté");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Bonjour Paul");
  await context.addCookies(cookies);
  await page.goto(home);
  await expect(page).toHaveURL(/\/connexion\?suite=/);
});
