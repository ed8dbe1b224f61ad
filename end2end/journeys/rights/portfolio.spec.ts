// The accountant's own space: all clients on one page, marks, requests for access, collaborators on several clients.
import { readFileSync } from "node:fs";
import { expect, freshMail, test } from "../../fixtures/test.js";

const ACCOUNTANT = "jeanne.morel@demo.example";

/** The name of a control about one client: French puts a narrow no-break space before the colon. */
const about = (label: string, client: string) => `${label}\u202f: ${client}`;

test("S111 A32 an accountant lands on all clients, finds one and enters it in a tab of its own", async ({ page, signIn, accessible, context }) => {
  await signIn(ACCOUNTANT);
  await expect(page).toHaveURL("/portefeuille");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Portefeuille de clients");
  await expect(page.getByRole("status").first()).toContainText("12");
  await expect(page.getByRole("rowheader")).toHaveCount(12);
  await accessible();
  await page.getByRole("searchbox").fill("BENALI toiture agence");
  await page.getByRole("button", { name: "Rechercher" }).click();
  await expect(page).toHaveURL(/recherche=BENALI\+toiture\+agence/);
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  const name = (await page.getByRole("rowheader").getByRole("link").textContent()) ?? "";
  const href = (await page.getByRole("link", { name: about("Suivi DSN", name) }).getAttribute("href")) ?? "";
  const tab = await context.newPage();
  await tab.goto(href);
  await expect(tab.getByRole("banner")).toContainText(name);
  await expect(tab.getByRole("heading", { level: 1 })).toHaveText("Suivi DSN");
  await tab.getByRole("link", { name: "Portefeuille" }).click();
  await expect(tab).toHaveURL("/portefeuille");
  await tab.close();
  await page.getByRole("searchbox").fill("n’existe pas");
  await page.getByRole("button", { name: "Rechercher" }).click();
  await expect(page.getByText("Aucun client ne correspond")).toBeVisible();
  await accessible();
});

test("S130 filters, order and marks stand in the address and in the file", async ({ page, signIn }) => {
  await signIn(ACCOUNTANT);
  await page.getByRole("checkbox", { name: /prend fin sous 30 jours/ }).check();
  await page.getByRole("button", { name: "Rechercher" }).click();
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await page.goto("/portefeuille?gravite=bloquant&gravite=anomalie&tri=alertes");
  const alerts = await page.getByRole("rowheader").count();
  expect(alerts).toBeGreaterThan(0);
  expect(alerts).toBeLessThan(12);
  const name = (await page.getByRole("rowheader").first().getByRole("link").textContent()) ?? "";
  await page.getByRole("button", { name: about("Ajouter aux favoris", name) }).click();
  await expect(page).toHaveURL("/portefeuille?gravite=bloquant&gravite=anomalie&tri=alertes");
  await page.goto("/portefeuille?favoris=1");
  await expect(page.getByRole("rowheader").first()).toContainText(name);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Exporter cette liste (CSV)" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^portefeuille-\d{4}-\d{2}-\d{2}\.csv$/);
  const text = readFileSync(await download.path(), "utf8");
  expect(text.startsWith("\uFEFFSite;Entreprise;SIRET;")).toBe(true);
  expect(text).toContain(name);
  await page.getByRole("button", { name: about("Retirer des favoris", name) }).click();
  await expect(page).toHaveURL("/portefeuille?favoris=1");
});

test("S111 an accountant asks for access, the employer sees it and refuses", async ({ page, signIn, accessible, browser, baseURL, scripted, ready, lastMessage }) => {
  await signIn(ACCOUNTANT);
  const employer = await browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: scripted });
  const theirs = await employer.newPage();
  await theirs.goto("/connexion");
  await theirs.getByLabel("Adresse mail").fill("paul.roux@demo.example");
  await theirs.getByLabel("Mot de passe", { exact: true }).fill("Chantier calme 48");
  await theirs.getByRole("button", { name: "Connexion" }).click();
  await expect(theirs).toHaveURL(/\/site\//);
  const siret = (await theirs.locator(".tiers .num").first().textContent()) ?? "";

  await page.goto("/portefeuille/demandes");
  await accessible();
  await page.getByLabel("SIRET de votre cabinet").fill("001 999 999 00012");
  const clients = `siret;nom\n${siret.replace(/\s/g, "")};Roux`;
  if (scripted) {
    await ready();
    const file = { name: "clients.csv", mimeType: "text/csv", buffer: Buffer.from(`${clients}\n12345;Dupont\n`) };
    await page.getByLabel("Choisir un fichier CSV").setInputFiles(file);
    await expect(page.getByText("« clients.csv » : 1 SIRET reconnu. Une ligne est à corriger")).toBeVisible();
    await expect(page.getByLabel("SIRET de vos clients")).toHaveValue(`12345;Dupont\n${siret.replace(/\s/g, "")}`);
    await page.getByLabel("Choisir un fichier CSV").setInputFiles({ ...file, buffer: Buffer.from(clients) });
    await expect(page.getByLabel("SIRET de vos clients")).toHaveValue(siret.replace(/\s/g, ""));
  } else {
    await expect(page.getByText("Choisir un fichier CSV")).toBeHidden();
    await page.getByLabel("SIRET de vos clients").fill(clients);
  }
  await page.getByLabel(/^Message à l’employeur/).fill("Bonjour,\nnous reprenons votre paie.");
  await page.getByRole("radio", { name: "Suivi DSN, En consultation" }).check();
  await page.getByRole("button", { name: "Envoyer les demandes" }).last().click();
  await expect(page.getByText(/demande enregistrée|déjà une demande/)).toBeVisible();
  await expect(page.getByRole("cell", { name: "En attente de réponse" }).first()).toBeVisible();
  expect(await lastMessage("paul.roux@demo.example", "Jeanne Morel")).not.toContain("reprenons");

  await theirs.reload();
  await theirs.getByRole("link", { name: "Jeanne Morel" }).click();
  await expect(theirs.getByText("nous reprenons votre paie.")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Vérifier les droits et accorder" })).toBeVisible();
  await theirs.getByRole("button", { name: "Refuser la demande" }).click();
  await expect(theirs.getByText("La demande est refusée.")).toBeVisible();
  await employer.close();
  await page.reload();
  await expect(page.getByRole("cell", { name: "Refusée" }).first()).toBeVisible();
});

test("S112 S148 A42 rights for one collaborator on several clients, and their end", async ({ page, signIn, accessible, mailLink }) => {
  await signIn(ACCOUNTANT);
  await page.goto("/portefeuille/collaborateurs");
  await expect(page.getByText("Lenoir Hugo")).toBeVisible();
  await accessible();
  const email = freshMail();
  const clients = page.getByRole("group", { name: "Clients" }).getByRole("checkbox");
  await clients.nth(4).check();
  await clients.nth(5).check();
  await page.getByLabel("Adresse mail du collaborateur").fill(email);
  const ends = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel(/^Date de fin/).fill(ends);
  await page.getByRole("button", { name: "Choisir les droits" }).click();
  await expect(page).toHaveURL("/portefeuille/collaborateurs/droits");
  await expect(page.getByRole("radio", { name: "Coordonnées bancaires, En consultation" })).toBeDisabled();
  await accessible();
  await page.getByRole("radio", { name: "Suivi DSN, En consultation" }).check();
  await page.getByRole("button", { name: "Valider et envoyer l’invitation" }).last().click();
  await expect(page.getByText(/: Invitation envoyée/)).toHaveCount(2);
  await mailLink(email, "/invitation");
  const group = page.getByRole("group", { name: email });
  for (const box of await group.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Mettre fin aux droits cochés" }).click();
  await expect(page.getByText(/: Droits terminés/)).toHaveCount(2);
  await expect(page.getByText(email)).toHaveCount(0);
});
