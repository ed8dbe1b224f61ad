// Logging in through another identity provider: linked from the security page, left, entered again; an unknown login is asked once
// whose it is, and opens nothing by itself.
import type { Page } from "@playwright/test";
import { NAME, Provider } from "../../fixtures/provider.js";
import { Portal } from "../../fixtures/server.js";
import { expect, OWN, PASSWORD, test as base } from "../../fixtures/test.js";

const test = base.extend<object, { provider: Provider }>({
  provider: [
    async ({}, use) => {
      const provider = await Provider.start();
      await use(provider);
      await provider.stop();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ provider }, use) => {
      const server = { current: await Portal.start(provider.options()) };
      await use(server);
      await server.current.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** At the provider: who one is, or « Refuser ». */
async function identify(page: Page, login: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fournisseur");
  await page.getByLabel("Identifiant").fill(login);
  await page.getByRole("button", { name: "Continuer" }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Se déconnecter" }).first().click();
  await expect(page).toHaveURL("/connexion");
}

test("a login is linked from the security page, opens the space, and is taken away (letters)", async ({ page, provider, openAccount, signIn, lastMessage, accessible }) => {
  const mail = await openAccount();
  const login = `personne-${mail}`;
  await signIn(mail, OWN);
  await expect(page).toHaveURL(/\/site\//);
  const home = page.url();
  await page.goto("/compte/securite");
  await expect(page.getByRole("main")).toContainText("Aucun autre service ne permet de se connecter à cet espace.");
  await accessible();
  await page.getByRole("link", { name: `Rattacher une identité ${NAME}` }).click();
  await identify(page, login);
  await expect(page).toHaveURL("/connexion/lier");
  await expect(page.getByRole("main")).toContainText(`Confirmez pour pouvoir vous connecter par ${NAME} à l’espace de ${mail}.`);
  await accessible();
  await page.getByRole("button", { name: "Rattacher" }).click();
  await expect(page).toHaveURL("/compte/securite");
  await expect(page.getByRole("status").first()).toContainText("Vous pouvez désormais vous connecter à cet espace par ce service.");
  await expect(page.getByRole("listitem").filter({ hasText: NAME })).toContainText("Rattachée le");
  await accessible();
  await lastMessage(mail, "La connexion par un autre service d’identité a été ajoutée");

  await signOut(page);
  const exchanged = provider.exchanged;
  await page.goto(`/connexion?suite=${new URL(home).pathname}/compte`);
  await accessible();
  await page.getByRole("link", { name: `S’identifier avec ${NAME}` }).click();
  await identify(page, login);
  await expect(page).toHaveURL(`${home}/compte`);
  await expect(page.getByRole("main")).toContainText(mail);
  expect(provider.exchanged).toBe(exchanged + 1);
  // The address that led here serves once.
  await page.goBack();
  await page.goto(home);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Bonjour");

  // Leaving says that the provider's own session may be open, and leads there and back.
  await signOut(page);
  await expect(page.getByRole("status").first()).toContainText(`votre session ${NAME} peut être encore ouverte`);
  await accessible();
  await page.getByRole("link", { name: `Se déconnecter aussi de ${NAME}` }).click();
  await expect(page).toHaveURL(/\/connexion(\?|$)/);

  await signIn(mail, OWN);
  await page.goto("/compte/securite");
  await page.getByRole("button", { name: `Dissocier ${NAME}` }).click();
  await expect(page.getByRole("status").first()).toContainText("Ce service ne permet plus de se connecter à votre espace.");
  await lastMessage(mail, "La connexion par un autre service d’identité a été retirée");
  await signOut(page);
  await page.getByRole("link", { name: `S’identifier avec ${NAME}` }).click();
  await identify(page, login);
  await expect(page).toHaveURL("/connexion/lier");
});

test("an unknown login opens nothing: it says once, with its password, which space is its own", async ({ page, context, provider, accessible }) => {
  const login = `inconnu-${Date.now()}-${Math.random()}`;
  await page.goto("/connexion");
  await page.getByRole("link", { name: `S’identifier avec ${NAME}` }).click();
  await identify(page, login);
  await expect(page).toHaveURL("/connexion/lier");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Rattacher ${NAME} à votre espace`);
  expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain("__Host-session");
  await accessible();
  await page.getByLabel("Adresse mail").fill("paul.roux@demo.example");
  await page.getByLabel("Mot de passe", { exact: true }).fill("Pas le bon 12");
  await page.getByRole("button", { name: "Rattacher" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Adresse mail ou mot de passe incorrect");
  await accessible();
  await page.goto("/sites");
  await expect(page).toHaveURL("/connexion?suite=/sites");
  await page.goto("/connexion/lier");
  await page.getByLabel("Adresse mail").fill("paul.roux@demo.example");
  await page.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Rattacher" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonjour Paul");
  expect(provider.exchanged).toBeGreaterThan(0);
});

test("whoever refuses there, and a forged way back, end on one page that says nothing of why", async ({ page, context, accessible }) => {
  await page.goto("/connexion");
  await page.getByRole("link", { name: `S’identifier avec ${NAME}` }).click();
  await page.getByRole("button", { name: "Refuser" }).click();
  await expect(page.getByRole("main")).toContainText("La connexion par l’autre service n’a pas abouti");
  await expect(page.getByRole("main")).not.toContainText("access_denied");
  await accessible();
  await page.goto("/connexion/retour?code=x&state=y");
  await expect(page.getByRole("main")).toContainText("La connexion par l’autre service n’a pas abouti");
  expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain("__Host-session");
});
