// A message that is not sent yet: kept while it is written, offered again, and still there when the session has ended.
import type { Page } from "@playwright/test";
import { expect, PASSWORD, test } from "../../fixtures/test.js";

const PERSON = "paul.roux@demo.example";

const subject = (page: Page) => page.getByLabel("Objet", { exact: true });
const message = (page: Page) => page.getByLabel("Message", { exact: true });

async function send(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: /^J’accepte que ma caisse traite mon message/ }).check();
  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
}

test("S151 S152 a message that is begun is kept, offered to whoever comes back, and no longer once it is sent", async ({
  page,
  signIn,
  scripted,
  accessible,
}) => {
  await signIn(PERSON);
  const form = `${new URL(page.url()).pathname}/contact`;
  const about = `Chantier arrêté ${Date.now()}`;
  await page.goto(form);
  await subject(page).fill(about);
  await message(page).fill("Pluie depuis lundi.\n\nMerci.");
  if (scripted) await expect(page.getByText("Brouillon enregistré.")).toBeVisible();
  else await page.getByRole("button", { name: "Joindre ces fichiers" }).click();
  await expect(page).toHaveURL(/brouillon=/);

  await page.goto(form);
  await expect(subject(page)).toHaveValue("");
  const offer = page.getByRole("region", { name: "Message non envoyé" });
  await expect(offer).toContainText(`« ${about} »`);
  await accessible();
  await offer.getByRole("link", { name: "Reprendre ce message" }).click();
  await expect(subject(page)).toHaveValue(about);
  await expect(message(page)).toHaveValue("Pluie depuis lundi.\n\nMerci.");
  await expect(offer).toBeHidden();
  await send(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(about);
  await page.goto(form);
  await expect(page.getByText(about)).toHaveCount(0);
});

test("S151 S152 a message that is begun can be deleted; two tabs never write over one another on their own", async ({
  page,
  context,
  signIn,
  scripted,
  accessible,
}) => {
  await signIn(PERSON);
  const form = `${new URL(page.url()).pathname}/contact`;
  const about = `À jeter ${Date.now()}`;
  await page.goto(form);
  await subject(page).fill(about);
  if (scripted) await expect(page.getByText("Brouillon enregistré.")).toBeVisible();
  else await page.getByRole("button", { name: "Joindre ces fichiers" }).click();
  await expect(page).toHaveURL(/brouillon=/);
  if (scripted) {
    const other = await context.newPage();
    await other.goto(page.url());
    await message(other).fill("Écrit dans l’autre onglet.");
    await expect(other.getByText("Brouillon enregistré.")).toBeVisible();
    await other.close();
    await message(page).fill("Écrit dans le premier.");
    await expect(page.getByText("Ce message a été modifié dans un autre onglet.")).toBeVisible();
    await page.reload();
    await expect(message(page)).toHaveValue("Écrit dans l’autre onglet.");
  }
  await page.goto(form);
  const offer = page.getByRole("region", { name: "Message non envoyé" });
  await expect(offer).toContainText(about);
  await offer.getByRole("link", { name: "Supprimer ce message" }).click();
  await expect(offer).toContainText("Ils ne pourront pas être retrouvés.");
  await accessible();
  await offer.getByRole("button", { name: "Supprimer ce message" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Le message non envoyé et ses fichiers sont supprimés." })).toBeVisible();
  await expect(page.getByText(about)).toHaveCount(0);
});

test("S152 S156 a session that ends while somebody writes takes nothing of what they wrote", async ({ page, context, signIn, accessible }) => {
  await signIn(PERSON);
  const home = new URL(page.url()).pathname;
  const form = `${home}/contact`;
  const about = `Congés de mai ${Date.now()}`;
  await page.goto(form);
  await subject(page).fill(about);
  await message(page).fill("Bonjour,\n\nun <b>long</b> message.");
  await context.clearCookies();
  await send(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre session a pris fin");
  await expect(subject(page)).toHaveValue(about);
  await expect(message(page)).toHaveValue("Bonjour,\n\nun <b>long</b> message.");
  await accessible();

  const opening = context.waitForEvent("page");
  await page.getByRole("link", { name: "Connectez-vous dans un nouvel onglet" }).click();
  const tab = await opening;
  await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
  await tab.getByLabel("Adresse mail").fill(PERSON);
  await tab.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
  await tab.getByRole("button", { name: "Connexion" }).click();
  await expect(tab).toHaveURL(home);
  await tab.close();

  await page.getByRole("button", { name: "Reprendre mon message" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Contacter ma caisse");
  await expect(subject(page)).toHaveValue(about);
  await expect(message(page)).toHaveValue("Bonjour,\n\nun <b>long</b> message.");
  await send(page);
  await expect(page.getByRole("status").filter({ hasText: "Votre message est envoyé" })).toBeVisible();
});
