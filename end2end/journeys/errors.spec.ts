// Pages for what did not work, and the way back to where one wanted to go.
import { expect, test } from "../fixtures/test.js";

test("D10 an unknown address is a 404 that helps", async ({ page, accessible }) => {
  expect((await page.goto("/n-existe-pas"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page introuvable");
  await expect(page.getByRole("main")).toContainText(/04\s00\s00\s00\s00/);
  await accessible();
  await page.getByRole("link", { name: "Revenir à l’accueil" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Espace sécurisé entreprise");
});

test("D10 signed out, a page of a site leads to the login page with the way back", async ({ page }) => {
  const wanted = "/site/01JD3V9X7ZK4M2N8P6Q5R4S3T2/suivi-dsn";
  await page.goto(wanted);
  await expect(page).toHaveURL(`/connexion?suite=${wanted}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Se connecter à l’Espace sécurisé");
});
