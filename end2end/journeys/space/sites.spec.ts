// Choosing a declaring site by its DSN alerts.
import { expect, test } from "../../fixtures/test.js";

test("S54 S55 S56 S58 S59 several sites: one is chosen, alerts are shown where there are some", async ({ page, signIn, accessible }) => {
  await signIn("claire.martin@demo.example");
  await expect(page).toHaveURL("/sites");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sélectionnez le site déclarant souhaité");
  await accessible();
  await expect(page.getByRole("radio")).toHaveCount(4);
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(1);
  await expect(page.getByRole("link", { name: /anomalies? DSN/ })).toHaveCount(2);
  await expect(page.getByText("aucune", { exact: true })).toHaveCount(2);
  await expect(page.getByText("Administrateur Entreprise")).toHaveCount(4);
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await page.getByRole("radio", { name: /Dépôt/ }).check();
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(page.getByRole("banner")).toContainText("Martin Maçonnerie – Dépôt");
});

test("S60 A18 the bubble opens on hover and focus, closes with Escape, and is read out", async ({ page, signIn, scripted, ready, isMobile }) => {
  await signIn("claire.martin@demo.example");
  const alert = page.getByRole("link", { name: /anomalies? DSN/ }).first();
  const bubble = page.getByRole("tooltip").first();
  await expect(alert).toHaveAccessibleDescription(/DSN \d\d\/2026/);
  await expect(bubble).toBeHidden();
  if (isMobile) {
    await ready();
    await alert.tap();
    await expect(bubble).toBeVisible();
    await expect(page).toHaveURL("/sites");
    await alert.tap();
    await expect(page).toHaveURL(/\/suivi-dsn$/);
    return;
  }
  await alert.hover();
  await expect(bubble).toBeVisible();
  await expect(bubble.getByRole("listitem").first()).toContainText("DSN");
  await page.mouse.move(0, 0);
  await expect(bubble).toBeHidden();
  await alert.focus();
  await expect(bubble).toBeVisible();
  if (scripted) {
    await ready();
    await page.keyboard.press("Escape");
    await expect(bubble).toBeHidden();
  }
});

test("A19 S63 a click on the icon in the list enters the site on Suivi DSN", async ({ page, signIn, scripted, ready, isMobile }) => {
  await signIn("claire.martin@demo.example");
  if (scripted) await ready();
  const alert = page.getByRole("link", { name: /anomalies? DSN/ }).first();
  if (isMobile) await alert.focus();
  await (isMobile ? page.keyboard.press("Enter") : alert.click());
  await expect(page).toHaveURL(/\/site\/[0-9A-Z]{26}\/suivi-dsn$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Suivi DSN");
});

test("A15 above ten sites there is a search, which forgives accents and says when it finds nothing", async ({ page, signIn, accessible }) => {
  await signIn("nadia.benali@demo.example");
  await expect(page.getByRole("radio")).toHaveCount(12);
  const search = page.getByRole("searchbox", { name: "Rechercher un site" });
  const first = (await page.getByRole("rowheader").first().textContent()) ?? "";
  await search.fill(first.toUpperCase().normalize("NFD").replace(/[\u0300-\u036f]/g, ""));
  await page.getByRole("button", { name: "Rechercher" }).click();
  await expect(page.getByRole("rowheader").first()).toHaveText(first);
  await expect(page.getByRole("status").first()).toContainText("trouvé");
  await accessible();
  await search.fill("n’existe pas");
  await page.getByRole("button", { name: "Rechercher" }).click();
  await expect(page.getByText("Aucun de vos sites ne correspond")).toBeVisible();
  await accessible();
  await page.getByRole("link", { name: "Voir tous mes sites" }).click();
  await expect(page.getByRole("radio")).toHaveCount(12);
});
