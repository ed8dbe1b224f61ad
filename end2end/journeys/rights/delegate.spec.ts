// Giving rights to a colleague and to an accountant: two steps, the grid, the invitation, changing and ending, two people at once.
import type { Page } from "@playwright/test";
import { begin, choice, enter, join } from "../../fixtures/delegate.js";
import { expect, freshMail, OWN, PASSWORD, test } from "../../fixtures/test.js";

const FUNCTIONS = 10;

test("S107 S108 S110 S125 S126 S127 S128 S131 S133 S134 S136 S138 S139 S140 S141 S146 a colleague gets chosen rights", async ({
  page,
  signIn,
  browser,
  baseURL,
  scripted,
  mailLink,
  ready,
  accessible,
}) => {
  const email = freshMail();
  await signIn("paul.roux@demo.example");
  const home = page.url();
  await page.goto(`${home}/droits`);
  await accessible();
  await page.getByRole("link", { name: "Déléguer des droits" }).first().click();
  // S128: today, as the portal's clock has it.
  await expect(page.getByLabel("Date d’effet")).toHaveValue(/^\d{4}-\d{2}-\d{2}$/);
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByRole("alert")).toContainText("Adresse mail de votre interlocuteur");
  await accessible();
  await page.goto(`${home}/droits`);
  await begin(page, email);
  await ready();
  for (const college of ["Ouvrier", "ETAM", "Cadre"]) await expect(page.getByRole("checkbox", { name: college })).toBeChecked();
  await expect(page.getByRole("radio", { name: /, Aucun droit d’accès$/, checked: true })).toHaveCount(FUNCTIONS);
  await accessible();
  const preview = page.getByRole("region", { name: "Ce que verra ce bénéficiaire" });
  const show = page.getByRole("button", { name: "Voir l’espace comme le verra ce bénéficiaire" });
  await show.click();
  await expect(preview).toContainText("accordez-lui au moins un droit");
  await ready();
  await choice(page, "Suivi DSN", "En consultation").check();
  await choice(page, "Documents", "En mise à jour").check();
  await show.click();
  await expect(preview).toContainText("Suivi DSN");
  await expect(preview).not.toContainText("Mes cotisations");
  await expect(choice(page, "Documents", "En mise à jour")).toBeChecked();
  await page.getByRole("button", { name: "Valider et envoyer l’invitation" }).click();
  await expect(page.getByRole("status").filter({ hasText: "L’invitation est envoyée" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: email })).toContainText("En attente d’activation");

  const [context, theirs] = await join(browser, baseURL ?? "", scripted, await mailLink(email, "/invitation"), "Zoé");
  await enter(theirs, email, OWN);
  await expect(theirs).toHaveURL(home);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Bonjour Zoé");
  expect((await theirs.goto(`${home}/suivi-dsn`))?.status()).toBe(200);
  expect((await theirs.goto(`${home}/cotisations`))?.status()).toBe(404);
  expect((await theirs.goto(`${home}/droits`))?.status()).toBe(404);
  await page.goto(`${home}/droits`);
  await expect(page.getByRole("row").filter({ hasText: "Girard Zoé" })).toContainText("Actif");
  await context.close();
});

test("S132 S135 S137 S143 S144 S145 the column, the box Administrateur, and what it gives back", async ({ page, signIn, ready, scripted, accessible }) => {
  await signIn("paul.roux@demo.example");
  await page.goto(`${page.url()}/droits`);
  await begin(page, freshMail());
  await ready();
  await page.getByRole("radio", { name: "Toutes les fonctions, En consultation" }).check();
  if (!scripted) await page.getByRole("button", { name: "Appliquer à toutes les fonctions" }).click();
  await expect(page.getByRole("radio", { name: /, En consultation$/, checked: true })).toHaveCount(FUNCTIONS + (scripted ? 1 : 0));
  await choice(page, "Remboursements", "Aucun droit d’accès").check();
  if (scripted) {
    await page.getByRole("checkbox", { name: "Cadre" }).uncheck();
    await page.getByRole("checkbox", { name: "Administrateur" }).check();
    for (const college of ["Ouvrier", "ETAM", "Cadre"]) {
      await expect(page.getByRole("checkbox", { name: college })).toBeChecked();
      await expect(page.getByRole("checkbox", { name: college })).toBeDisabled();
    }
    await expect(page.getByRole("radio", { name: /^(?!Toutes).*, En mise à jour$/, checked: true })).toHaveCount(FUNCTIONS);
    await expect(choice(page, "Suivi DSN", "En consultation")).toBeDisabled();
    await accessible();
    await page.getByRole("checkbox", { name: "Administrateur" }).uncheck();
    await expect(page.getByRole("checkbox", { name: "Cadre" })).not.toBeChecked();
    await expect(choice(page, "Remboursements", "Aucun droit d’accès")).toBeChecked();
    await expect(choice(page, "Suivi DSN", "En consultation")).toBeChecked();
  }
  for (const college of ["Ouvrier", "ETAM", "Cadre"]) await page.getByRole("checkbox", { name: college }).uncheck();
  await page.getByRole("button", { name: "Valider et envoyer l’invitation" }).click();
  await expect(page.getByRole("alert")).toContainText("Cochez au moins un collège");
  await accessible();
});

test("S138 S140 S143 what is chosen before the code of the page has come stays chosen", async ({ page, signIn, ready, scripted }) => {
  if (!scripted) return;
  await signIn("paul.roux@demo.example");
  await page.goto(`${page.url()}/droits`);
  let come = () => {};
  const late = new Promise<void>((resolve) => (come = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await late;
    await route.continue();
  });
  await begin(page, freshMail());
  await choice(page, "Suivi DSN", "En consultation").check();
  await choice(page, "Documents", "En mise à jour").check();
  await page.getByRole("checkbox", { name: "Cadre" }).uncheck();
  await page.getByRole("checkbox", { name: "Administrateur" }).check();
  await expect(page.locator("html")).not.toHaveAttribute("data-islands", "ready");
  come();
  await ready();
  await expect(choice(page, "Remboursements", "En mise à jour")).toBeChecked();
  await expect(choice(page, "Remboursements", "En mise à jour")).toBeDisabled();
  await expect(page.getByRole("checkbox", { name: "Cadre" })).toBeDisabled();
  await page.getByRole("checkbox", { name: "Administrateur" }).uncheck();
  await expect(page.getByRole("checkbox", { name: "Cadre" })).not.toBeChecked();
  await expect(choice(page, "Suivi DSN", "En consultation")).toBeChecked();
  await expect(choice(page, "Documents", "En mise à jour")).toBeChecked();
  await expect(choice(page, "Remboursements", "Aucun droit d’accès")).toBeChecked();

  // The other way round: a page drawn with the box ticked, unticked early.
  await page.getByRole("checkbox", { name: "Administrateur" }).check();
  let comeAgain = () => {};
  const again = new Promise<void>((resolve) => (comeAgain = resolve));
  await page.unroute(/\.wasm$/);
  await page.route(/\.wasm$/, async (route) => {
    await again;
    await route.continue();
  });
  await page.getByRole("button", { name: "Voir l’espace comme le verra ce bénéficiaire" }).click();
  await expect(page.getByRole("region", { name: "Ce que verra ce bénéficiaire" })).toBeVisible();
  await page.getByRole("checkbox", { name: "Administrateur" }).uncheck();
  await expect(choice(page, "Suivi DSN", "En consultation")).toBeDisabled();
  comeAgain();
  await ready();
  await expect(choice(page, "Suivi DSN", "En consultation")).toBeEnabled();
});

test("S109 S111 S112 S113 S114 S142 S147 S148 an accountant hands on, and the employer ends everything while they work", async ({
  page,
  signIn,
  browser,
  baseURL,
  scripted,
  mailLink,
  ready,
  accessible,
}) => {
  const [cabinet, collaborator] = [freshMail(), freshMail()];
  await signIn("paul.roux@demo.example");
  const home = page.url();
  await page.goto(`${home}/droits`);
  await begin(page, cabinet, true);
  await ready();
  await expect(page.getByRole("checkbox", { name: "Administrateur" })).toHaveCount(0);
  await choice(page, "Suivi DSN", "En consultation").check();
  await page.getByRole("button", { name: "Valider et envoyer l’invitation" }).click();

  const [firm, theirs] = await join(browser, baseURL ?? "", scripted, await mailLink(cabinet, "/invitation"), "Luc");
  await enter(theirs, cabinet, OWN);
  await theirs.goto(`${home}/droits`);
  await begin2(theirs, collaborator);
  // S148: what the firm does not hold cannot be chosen.
  await expect(choice(theirs, "Suivi DSN", "En mise à jour")).toBeDisabled();
  await expect(choice(theirs, "Documents", "En consultation")).toBeDisabled();
  await choice(theirs, "Suivi DSN", "En consultation").check();
  await theirs.getByRole("button", { name: "Valider et envoyer l’invitation" }).click();
  const [third, hers] = await join(browser, baseURL ?? "", scripted, await mailLink(collaborator, "/invitation"), "Nina");
  await enter(hers, collaborator, OWN);
  expect((await hers.goto(`${home}/suivi-dsn`))?.status()).toBe(200);

  // S114: a firm is looked at and deleted, never modified; its collaborators are seen.
  await page.goto(`${home}/droits`);
  const row = page.getByRole("row").filter({ hasText: "Girard Luc" });
  await expect(row.getByRole("link", { name: /^Modifier/ })).toHaveCount(0);
  await row.getByRole("link", { name: /^Supprimer/ }).click();
  await expect(page.getByText("Girard Nina")).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "Supprimer", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "ces droits ont pris fin" })).toBeVisible();
  // Both were at work: their next request loses exactly those rights.
  expect((await hers.goto(`${home}/suivi-dsn`))?.status()).toBe(404);
  expect((await theirs.goto(home))?.status()).toBe(404);
  await firm.close();
  await third.close();
});

/** Step 1 as a firm: there is no choice of kind. */
async function begin2(page: Page, email: string): Promise<void> {
  await page.getByRole("link", { name: "Déléguer des droits" }).first().click();
  await page.getByLabel("Adresse mail de votre interlocuteur").fill(email);
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByText("Étape 2/2")).toBeVisible();
}

test("S113 S129 S130 a user's rights are changed, given an end, and closed", async ({ page, signIn, browser, baseURL, scripted, mailLink, ready, accessible }) => {
  const email = freshMail();
  await signIn("paul.roux@demo.example");
  const home = page.url();
  await page.goto(`${home}/droits`);
  await begin(page, email);
  await ready();
  await choice(page, "Suivi DSN", "En consultation").check();
  await page.getByRole("button", { name: "Valider et envoyer l’invitation" }).click();
  const [context, theirs] = await join(browser, baseURL ?? "", scripted, await mailLink(email, "/invitation"), "Ali");
  await enter(theirs, email, OWN);
  await page.goto(`${home}/droits`);
  await page.getByRole("row").filter({ hasText: "Girard Ali" }).getByRole("link", { name: /^Modifier/ }).click();
  await ready();
  await accessible();
  await page.getByLabel("Date de fin").fill("2099-12-31");
  await choice(page, "Suivi DSN", "Aucun droit d’accès").check();
  await choice(page, "Documents", "En mise à jour").check();
  await page.getByRole("button", { name: "Valider", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Les droits sont modifiés" })).toBeVisible();
  await expect(page.getByText("31 décembre 2099 inclus")).toBeVisible();
  expect((await theirs.goto(`${home}/suivi-dsn`))?.status()).toBe(404);
  expect((await theirs.goto(`${home}/documents`))?.status()).toBe(200);
  await page.getByRole("link", { name: "Fermer", exact: true }).click();
  await accessible();
  await page.getByRole("button", { name: "Fermer", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "ces droits ont pris fin" })).toBeVisible();
  expect((await theirs.goto(home))?.status()).toBe(404);
  await context.close();
});

test("A45 T50 an invitation that is somebody else's says whose it is", async ({ page, signIn, browser, baseURL, scripted, mailLink, ready, accessible }) => {
  await signIn("paul.roux@demo.example");
  await page.goto(`${page.url()}/droits`);
  await begin(page, "hugo.lenoir@demo.example");
  await ready();
  await choice(page, "Suivi DSN", "En consultation").check();
  await page.getByRole("button", { name: "Valider et envoyer l’invitation" }).click();
  const link = await mailLink("hugo.lenoir@demo.example", "/invitation");
  await page.goto(link);
  await expect(page.getByText("Invitation adressée à h***@demo.example")).toBeVisible();
  await accessible();
  const context = await browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: scripted });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await theirs.getByRole("link", { name: "Se connecter" }).click();
  await theirs.getByLabel("Adresse mail").fill("hugo.lenoir@demo.example");
  await theirs.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
  await theirs.getByRole("button", { name: "Connexion" }).click();
  await expect(theirs).toHaveURL("/invitation");
  await theirs.getByRole("button", { name: "Accepter l’invitation" }).click();
  await expect(theirs.getByRole("status").filter({ hasText: "Vous avez accepté l’invitation" })).toBeVisible();
  await context.close();
});
