// Forgotten password: two options, neutral for strangers, a link that serves once.
import { expect, freshMail, OWN, test } from "../../fixtures/test.js";

test("S66 S67 S68 S69 S71 S72 one chooses between two options", async ({ page, accessible }) => {
  await page.goto("/connexion");
  await page.getByRole("link", { name: /Mot de passe oublié/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mot de passe oublié");
  const options = page.getByRole("region");
  await expect(options.nth(0)).toContainText("Votre espace est créé mais vous avez oublié votre mot de passe");
  await expect(options.nth(0).getByLabel("Adresse mail")).toBeVisible();
  await expect(options.nth(0).getByRole("button", { name: "Valider" })).toBeVisible();
  await expect(options.nth(1)).toContainText("Votre espace n’est pas créé et vous ne connaissez pas votre mot de passe (perte du courrier comportant le mot de passe)");
  await expect(options.nth(1).getByLabel("Identifiant CIBTP")).toBeVisible();
  await accessible();
  await options.nth(1).getByRole("button", { name: "Recevoir mon code confidentiel par courrier" }).click();
  await expect(page.getByRole("alert")).toContainText("Identifiant CIBTP");
  await accessible();
});

test("S70 a link by mail leads to a new password, once (letters)", async ({ page, openAccount, mailLink, signIn, accessible }) => {
  const mail = await openAccount();
  await page.goto("/mot-de-passe-oublie");
  await page.getByLabel("Adresse mail").fill(mail);
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByRole("status").first()).toContainText("Un email vous sera transmis permettant la réinitialisation de votre mot de passe.");
  await accessible();
  const link = await mailLink(mail, "/nouveau-mot-de-passe");
  await page.goto(link);
  await expect(page).toHaveURL("/nouveau-mot-de-passe");
  await accessible();
  await page.getByLabel("Nouveau mot de passe").fill("court");
  await page.getByLabel("Confirmation du mot de passe").fill("court");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("alert")).toContainText("au moins 8 caractères");
  await page.getByLabel("Nouveau mot de passe").fill("Sable chaud 27");
  await page.getByLabel("Confirmation du mot de passe").fill("Sable chaud 27");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page).toHaveURL("/connexion");
  await expect(page.getByRole("status").first()).toContainText("Votre mot de passe est modifié");
  await signIn(mail, OWN);
  await expect(page.getByRole("alert")).toContainText("Adresse mail ou mot de passe incorrect");
  await signIn(mail, "Sable chaud 27");
  await expect(page).toHaveURL(/\/site\//);
  expect((await page.goto(link))?.status()).toBe(410);
  await expect(page.getByRole("link", { name: "Demander un nouveau lien" })).toBeVisible();
});

test("A21 an unknown address gets the same words and no mail", async ({ page, request }) => {
  const mail = freshMail();
  await page.goto("/mot-de-passe-oublie");
  await page.getByLabel("Adresse mail").fill(mail);
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByRole("status").first()).toContainText("Un email vous sera transmis permettant la réinitialisation de votre mot de passe.");
  await page.waitForTimeout(800);
  expect(await (await request.get("/dev/courriels")).text()).not.toContain(mail);
});

test("S73 A22 a new code goes by post, whatever the identifiant", async ({ page, accessible }) => {
  await page.goto("/mot-de-passe-oublie");
  await page.getByLabel("Identifiant CIBTP").fill("INCONNU99");
  await page.getByRole("button", { name: "Recevoir mon code confidentiel par courrier" }).click();
  const sentence = "Un courrier postal vous sera transmis avec un nouveau code confidentiel vous permettant de créer votre espace.";
  await expect(page.getByRole("status").first()).toContainText(sentence);
  await accessible();
});
