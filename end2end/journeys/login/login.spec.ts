import { awake, expect, test } from "../../fixtures/index.ts";
import { PASSWORD, PEOPLE } from "../../fixtures/people.ts";
import { LoginPage } from "../../pages/login.ts";

test("S48 S49 S50 S52 the login page leads into the space", async ({ page, a11y }) => {
  const login = new LoginPage(page);
  await login.open();
  await expect(page).toHaveTitle(/^Connexion – Espace sécurisé/);
  await expect(login.heading).toBeVisible();
  await expect(login.password).toHaveAttribute("type", "password");
  await a11y("login");
  const answer = await login.signIn(PEOPLE.claire.email, PASSWORD);
  expect(answer.status()).toBe(200);
  await expect(page).toHaveURL(/\/sites$/);
  await expect(page.getByRole("banner")).toContainText(PEOPLE.claire.name);
});

test("S51 the eye shows what was typed, and only where it works", async ({ page, scripted }) => {
  const login = new LoginPage(page);
  await login.open();
  if (!scripted) {
    await expect(login.show).toBeHidden();
    await login.signIn(PEOPLE.paul.email, PASSWORD);
    await expect(page.getByRole("heading", { level: 1, name: "Bonjour Paul" })).toBeVisible();
    return;
  }
  await awake(page);
  await login.password.fill("Secret visible 1");
  await login.show.click();
  await expect(login.password).toHaveAttribute("type", "text");
  await expect(login.password).toHaveValue("Secret visible 1");
  await expect(page.getByText("Le mot de passe est affiché.")).toBeAttached();
  await login.hide.click();
  await expect(login.password).toHaveAttribute("type", "password");
  await expect(login.show).toBeVisible();
});
