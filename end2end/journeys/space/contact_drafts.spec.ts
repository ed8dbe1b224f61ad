// A message that is not sent yet: kept while it is written, offered again, and still there when the session has ended.
import type { Page } from "@playwright/test";
import { expect, PASSWORD, test } from "../../fixtures/test.js";

const PERSON = "paul.roux@demo.example";

const subject = (page: Page) => page.getByLabel("Objet", { exact: true });
const message = (page: Page) => page.getByLabel("Message", { exact: true });

/** Opens the form as one person and writes a subject nobody has used; the form's address and that subject. */
async function begin(page: Page, signIn: (email: string) => Promise<void>, words: string): Promise<[string, string]> {
  await signIn(PERSON);
  const form = `${new URL(page.url()).pathname}/contact`;
  const about = `${words} ${Date.now()}`;
  await page.goto(form);
  await subject(page).fill(about);
  return [form, about];
}

/** Until what is written is kept: the script does it by itself, without one the button for files does. */
async function kept(page: Page, scripted: boolean): Promise<void> {
  if (scripted) await expect(page.getByText("Brouillon enregistré.")).toBeVisible();
  else await page.getByRole("button", { name: "Joindre ces fichiers" }).click();
  await expect(page).toHaveURL(/brouillon=/);
}

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
  const [form, about] = await begin(page, signIn, "Chantier arrêté");
  await message(page).fill("Pluie depuis lundi.\n\nMerci.");
  await kept(page, scripted);

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
  const [form, about] = await begin(page, signIn, "À jeter");
  await kept(page, scripted);
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
  const [form, about] = await begin(page, signIn, "Congés de mai");
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
  await expect(tab).toHaveURL(form.replace(/\/contact$/, ""));
  await tab.close();

  await page.getByRole("button", { name: "Reprendre mon message" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Contacter ma caisse");
  await expect(subject(page)).toHaveValue(about);
  await expect(message(page)).toHaveValue("Bonjour,\n\nun <b>long</b> message.");
  await send(page);
  await expect(page.getByRole("status").filter({ hasText: "Votre message est envoyé" })).toBeVisible();
});

test("S153 S156 nothing leaves with other files than its page shows", async ({ page, context, signIn, scripted, accessible }) => {
  const [, about] = await begin(page, signIn, "Bulletins");
  await message(page).fill("Voici.");
  const files = (tab: Page) => tab.getByRole("region", { name: "Fichiers joints" });
  const add = async (tab: Page, name: string) => {
    const asked = tab.waitForEvent("filechooser");
    await tab.getByLabel("Ajouter des fichiers").click();
    await (await asked).setFiles({ name, mimeType: "text/plain", buffer: Buffer.from("Un texte.\n") });
    if (!scripted) await tab.getByRole("button", { name: "Joindre ces fichiers" }).click();
    await expect(files(tab).getByRole("button", { name: `Retirer le fichier ${name}` })).toBeVisible();
  };
  await add(page, "mai.txt");
  await kept(page, scripted);
  const other = await context.newPage();
  await other.goto(page.url());
  await files(other).getByRole("button", { name: "Retirer le fichier mai.txt" }).click();
  await expect(files(other).getByRole("button", { name: "Retirer le fichier mai.txt" })).toHaveCount(0);
  await add(other, "juin.txt");
  await other.close();

  // As many files as before, and not the same.
  await send(page);
  await expect(page.getByRole("alert").filter({ hasText: "La liste des fichiers a changé entre-temps" }).first()).toBeVisible();
  await expect(files(page)).toContainText("juin.txt");
  await expect(files(page)).not.toContainText("mai.txt");
  await accessible();
  await send(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(about);
  await expect(page.getByRole("main")).toContainText("juin.txt");
});
