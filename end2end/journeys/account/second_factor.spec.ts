// The second factor: an application and recovery codes, with and without script; passkeys, with a virtual authenticator.
import type { Page } from "@playwright/test";
import { expect, OWN, test } from "../../fixtures/test.js";
import { totp } from "../../fixtures/totp.js";

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Se déconnecter" }).first().click();
  await expect(page).toHaveURL("/connexion");
}

/** A device that knows its owner, as the browser's own tools offer it. */
async function authenticator(page: Page): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  await tools.send("WebAuthn.enable");
  await tools.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

test("an application is added, asked for at the next login, and removed; a recovery code stands in (letters)", async ({ page, openAccount, signIn, lastMessage, accessible }) => {
  const mail = await openAccount();
  await signIn(mail, OWN);
  await expect(page).toHaveURL(/\/site\//);
  const home = page.url();
  await page.getByRole("link", { name: "Mettre en place" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sécurité du compte");
  await accessible();
  await page.getByRole("link", { name: "Ajouter une application" }).click();
  await accessible();
  await page.getByRole("button", { name: "Continuer" }).click();
  await expect(page.getByRole("img", { name: /Code à scanner/ })).toBeVisible();
  const secret = (await page.locator("dd.code").textContent()) ?? "";
  await page.getByLabel("Code affiché par l’application").fill(totp(secret, 20));
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Ce code n’est pas valable");
  await accessible();
  await expect(page.locator("dd.code")).toHaveText(secret);
  await page.getByLabel("Code affiché par l’application").fill(totp(secret));
  await page.getByRole("button", { name: "Confirmer" }).click();
  const codes = await page.locator(".codes li").allTextContents();
  expect(codes).toHaveLength(10);
  await accessible();
  await page.reload();
  await expect(page.locator(".codes li")).toHaveCount(0);
  await lastMessage(mail, "Une application d’authentification a été ajoutée");

  await page.goto(home);
  await expect(page.getByText("Protégez mieux votre compte")).toHaveCount(0);
  await signOut(page);
  await signIn(mail, OWN);
  await expect(page).toHaveURL("/connexion/verification");
  await accessible();
  await page.goto(home);
  await expect(page).toHaveURL(/\/connexion\?suite=/);
  await page.goto("/connexion/verification");
  await page.getByLabel("Code de votre application").fill("12");
  await page.getByLabel("Code de votre application").press("Enter");
  await expect(page.getByRole("alert").first()).toContainText("6 chiffres");
  await accessible();
  // The step that confirmed it is used: the next one counts already.
  await page.getByLabel("Code de votre application").fill(totp(secret, 1));
  await page.getByRole("button", { name: "Vérifier", exact: true }).click();
  await expect(page).toHaveURL(home);

  await signOut(page);
  await signIn(mail, OWN);
  await page.getByText("Utiliser un code de secours").click();
  await page.getByLabel("Code de secours").fill(codes[0] ?? "");
  await page.getByLabel("Ne plus demander sur cet appareil").check();
  await page.getByRole("button", { name: "Vérifier ce code de secours" }).click();
  await expect(page).toHaveURL(home);
  await lastMessage(mail, "Un code de secours a été utilisé");

  // Trusted now; and the rest goes with the last factor.
  await signOut(page);
  await signIn(mail, OWN);
  await expect(page).toHaveURL(home);
  await page.goto(`${home}/compte/securite`);
  await expect(page.getByRole("main")).toContainText("Il vous reste 9");
  await page.getByRole("link", { name: "Retirer l’application d’authentification" }).click();
  await expect(page.getByRole("main")).toContainText("votre mot de passe protégera seul votre compte");
  await accessible();
  await page.getByRole("button", { name: "Retirer" }).click();
  await expect(page.getByRole("status").first()).toContainText("C’est retiré");
  await expect(page.getByRole("main")).not.toContainText("Il vous reste");
  await page.context().clearCookies();
  await signIn(mail, OWN);
  await expect(page).toHaveURL(/\/site\//);
});

test("a passkey is added, lets its owner in, and is removed (letters)", async ({ page, openAccount, signIn, lastMessage, scripted, accessible }) => {
  const mail = await openAccount();
  await signIn(mail, OWN);
  await expect(page).toHaveURL(/\/site\//);
  const home = page.url();
  await page.goto(`${home}/compte/securite/cle-d-acces`);
  if (!scripted) {
    await expect(page.getByText("Les clés d’accès ont besoin de JavaScript")).toBeVisible();
    await expect(page.getByRole("button", { name: "Créer la clé d’accès" })).toBeHidden();
    return;
  }
  await authenticator(page);
  await accessible();
  await page.getByLabel("Nom de cette clé d’accès").fill("Téléphone");
  await page.getByRole("button", { name: "Créer la clé d’accès" }).click();
  await expect(page.locator(".codes li")).toHaveCount(10);
  await lastMessage(mail, "Une clé d’accès a été ajoutée");
  await page.getByRole("link", { name: "J’ai gardé mes codes, continuer" }).click();
  await expect(page.getByRole("main")).toContainText("jamais utilisée");
  await accessible();

  // The same device has nothing to add.
  await page.getByRole("link", { name: "Ajouter une clé d’accès" }).click();
  await page.getByRole("button", { name: "Créer la clé d’accès" }).click();
  await expect(page.getByRole("alert")).toHaveText("Cet appareil a déjà une clé d’accès pour votre compte.");
  await accessible();

  await signOut(page);
  await signIn(mail, OWN);
  await expect(page).toHaveURL("/connexion/verification");
  await expect(page.getByLabel("Code de votre application")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Utiliser une clé d’accès" })).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "Utiliser une clé d’accès" }).click();
  await expect(page).toHaveURL(home);

  await page.goto(`${home}/compte/securite`);
  await expect(page.getByRole("main")).toContainText("utilisée le");
  await page.getByRole("link", { name: "Retirer la clé d’accès Téléphone" }).click();
  await page.getByRole("button", { name: "Retirer" }).click();
  await expect(page.getByRole("status").first()).toContainText("C’est retiré");
  await lastMessage(mail, "Une clé d’accès a été retirée");
  await signOut(page);
  await signIn(mail, OWN);
  await expect(page).toHaveURL(home);
});

test("the offer is put away with one press", async ({ page, signIn }) => {
  await signIn("nadia.benali@demo.example");
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByText("Protégez mieux votre compte")).toBeVisible();
  await page.getByRole("button", { name: "Ne plus proposer ici" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Bonjour");
  await expect(page.getByText("Protégez mieux votre compte")).toHaveCount(0);
});
