// Associating a further site in two steps, from outside and from inside the space.
import { expect, fillLetters, PASSWORD, test } from "../../fixtures/test.js";

const DONE = "L’association de l’adhérent/site choisi avec votre espace sécurisé a bien été effectuée.";

test("S38 S39 S40 S41 S42 S43 S44 S45 S46 two steps, then the login page (letters)", async ({ page, letter, signIn, accessible }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Je les associe à un espace existant" }).first().click();
  await expect(page.getByText("Étape 1/2")).toBeVisible();
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByRole("alert")).toContainText("3 informations sont à corriger");
  await accessible();
  await fillLetters(page, letter);
  await expect(page.getByText("Étape 2/2")).toBeVisible();
  await expect(page.getByText(letter.company)).toBeVisible();
  await accessible();
  await page.getByLabel("Adresse mail").fill("paul.roux@demo.example");
  await page.getByLabel("Mot de passe", { exact: true }).fill("Pas le bon 12");
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByRole("alert")).toContainText("Adresse mail ou mot de passe incorrect");
  await expect(page.getByLabel("Adresse mail")).toHaveValue("paul.roux@demo.example");
  await page.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page).toHaveURL("/connexion");
  await expect(page.getByRole("status").first()).toContainText(DONE);
  await expect(page.getByRole("status").first()).toContainText("Vous êtes redirigé automatiquement sur la page de connexion à votre espace sécurisé.");
  await signIn("paul.roux@demo.example");
  // One site before, two now: the list comes first.
  await expect(page).toHaveURL("/sites");
  await expect(page.getByRole("row").filter({ hasText: letter.company }).first()).toBeVisible();
  // The letters served once.
  await page.goto("/association");
  await fillLetters(page, letter);
  await expect(page.getByRole("alert")).toContainText("Ces informations ne permettent pas de vous identifier");
});

test("S38 S45 from inside the space whoever is logged in stays so (letters)", async ({ page, letter, signIn }) => {
  await signIn("nadia.benali@demo.example");
  await page.goto("/compte");
  await page.getByRole("link", { name: "Associez-les à cet espace" }).click();
  await fillLetters(page, letter);
  await expect(page.getByLabel("Adresse mail")).toHaveValue("nadia.benali@demo.example");
  await page.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page).toHaveURL("/sites");
  await expect(page.getByRole("status").filter({ hasText: DONE })).toBeVisible();
});
