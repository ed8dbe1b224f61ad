// Inside the space of a site: bars, menu, tiles, DSN follow-up, footer.
import { expect, test } from "../../fixtures/test.js";

const MENU: [string, string[]][] = [
  ["Mon entreprise", ["Informations légales", "Suivi DSN", "Mes cotisations"]],
  ["Mes salariés", ["Embauches et sorties", "Planning des absences"]],
  ["Intempéries", ["Déclarer un arrêt", "Remboursements"]],
  ["Mes documents", ["Tous mes documents", "Rechercher un document"]],
  ["Aide et contact", ["Contacter ma caisse", "Questions-Réponses"]],
  ["Gérer mon compte utilisateur", ["Connexion et contact", "Gérer les droits d’accès"]],
];
/** Title of the page behind « Gérer les droits d’accès » (S108). */
const RIGHTS = "Liste des bénéficiaires de délégation";
/** Services that have more than the way to the fund. */
const OPEN = ["Suivi DSN", "Contacter ma caisse", "Questions-Réponses", "Connexion et contact", "Gérer les droits d’accès"];
const SIDE = ["Contacter ma caisse", "Questions-Réponses", "Aide de la page", "Nouveautés", "Tutoriel de la page"];

test("S74 S75 S76 S77 S78 S79 S80 S81 six menu entries, each service has its page", async ({ page, signIn, isMobile, accessible }) => {
  await signIn("paul.roux@demo.example");
  const home = page.url();
  const menu = page.getByRole("navigation", { name: "Menu de navigation" });
  for (const [entry, services] of MENU) {
    for (const service of services) {
      await page.goto(home);
      if (isMobile) await menu.getByText("Menu", { exact: true }).click();
      await expect(menu.getByText(entry, { exact: true })).toBeVisible();
      await menu.getByRole("link", { name: service, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(service === "Gérer les droits d’accès" ? RIGHTS : service);
      if (!OPEN.includes(service)) {
        await expect(page.getByText("Ce service n’est pas encore ouvert en ligne")).toBeVisible();
        await expect(page.getByRole("main").getByRole("link", { name: /04\s00\s00\s00\s00/ })).toBeVisible();
      }
    }
  }
  await accessible();
});

test("S82 S83 S84 S96 tiles lead to services; Mes documents récents and Aide are always there", async ({ page, signIn, accessible }) => {
  await signIn("paul.roux@demo.example");
  const home = page.url();
  await accessible();
  const tiles = page.getByRole("region", { name: "Accès directs" }).getByRole("link");
  await expect(tiles.filter({ hasText: "Mes documents récents" })).toHaveCount(1);
  await expect(tiles.filter({ hasText: "Comprendre cette page" })).toHaveCount(1);
  const count = await tiles.count();
  expect(count).toBeGreaterThanOrEqual(6);
  for (let number = 0; number < count; number++) {
    await page.goto(home);
    const leads = await tiles.nth(number).getAttribute("href");
    expect((await page.goto(leads ?? ""))?.status()).toBe(200);
  }
  await page.goto(home);
  await expect(page.getByText("Vous déléguez la gestion à un cabinet comptable")).toBeVisible();
  await page.getByRole("main").getByRole("status").getByRole("link", { name: "Gérer les droits d’accès" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(RIGHTS);
});

test("S61 S62 S63 S64 S65 S85 S87 the top bar names site and person, shows its alert, and leads to another site", async ({ page, signIn, accessible, isMobile }) => {
  await signIn("claire.martin@demo.example");
  await page.getByRole("radio", { name: /Siège/ }).check();
  await page.getByRole("button", { name: "Valider" }).click();
  const bar = page.getByRole("banner");
  await expect(bar).toContainText("Martin Maçonnerie – Siège");
  if (!isMobile) await expect(bar).toContainText("Claire Martin");
  const alert = bar.getByRole("link", { name: /anomalies? DSN/ });
  await expect(alert).toHaveAccessibleDescription(/DSN \d\d\/2026/);
  await accessible();
  await alert.focus();
  await expect(bar.getByRole("tooltip")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Suivi DSN");
  const months = page.getByRole("main").getByRole("heading", { level: 2 });
  await expect(months.first()).toContainText(/^DSN (de|d’)/);
  await expect(page.getByRole("main").getByText(/^(Bloquant|Anomalie|Avertissement|Information)$/).first()).toBeVisible();
  await accessible();
  await page.getByRole("link", { name: "Changer de tiers" }).click();
  await expect(page).toHaveURL("/sites");
  await page.getByRole("radio", { name: /Dépôt/ }).check();
  await page.getByRole("button", { name: "Valider" }).click();
  await expect(bar).toContainText("Dépôt");
  await expect(bar.getByRole("link", { name: /anomalies? DSN/ })).toHaveCount(0);
  await page.goto(`${page.url()}/suivi-dsn`);
  await expect(page.getByText("Aucune anomalie relevée dans vos DSN.")).toBeVisible();
  await accessible();
});

test("S91 S92 S93 S94 S95 the five buttons are on every page, help and tutorial are about it", async ({ page, signIn, accessible }) => {
  await signIn("paul.roux@demo.example");
  const home = new URL(page.url()).pathname;
  for (const path of [home, `${home}/suivi-dsn`, `${home}/contact`, `${home}/aide`]) {
    await page.goto(path);
    const side = page.getByRole("complementary", { name: "Barre fonctionnelle" });
    for (const label of SIDE) await expect(side.getByRole("link", { name: label })).toBeVisible();
  }
  await page.goto(`${home}/aide?page=${home}/suivi-dsn`);
  await expect(page.getByRole("main")).toContainText("Page concernée : Suivi DSN");
  await expect(page.getByRole("main")).toContainText("mois par mois");
  await accessible();
  await page.goto(`${home}/tutoriel?page=${home}/suivi-dsn`);
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await accessible();
  await page.goto(`${home}/nouveautes`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nouveautés");
  await accessible();
  await page.getByRole("link", { name: "Contacter ma caisse" }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Contacter ma caisse");
});

test("S88 S89 S90 the footer's pages, accessibility and display, for everybody", async ({ page, accessible }) => {
  for (const label of ["Mentions légales", "Protection des données personnelles", "Conditions générales d’utilisation", "Accessibilité", "Gestion des cookies"]) {
    await page.goto("/connexion");
    await page.getByRole("contentinfo").getByRole("link", { name: label }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(label);
    await accessible();
  }
  await page.goto("/affichage");
  await page.getByLabel("Sombres").check();
  await page.getByLabel("Texte plus grand").check();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("data-text", "large");
  await accessible();
  await page.goto("/connexion");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await accessible();
});

test("T48 D10 a site of somebody else is the same 404 as one that does not exist", async ({ page, signIn, accessible }) => {
  await signIn("claire.martin@demo.example");
  await page.getByRole("button", { name: "Valider" }).click();
  const theirs = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await signIn("paul.roux@demo.example");
  const bodies: string[] = [];
  for (const path of [theirs, "/site/01JD3V9X7ZK4M2N8P6Q5R4S3T2"]) {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    bodies.push(await page.getByRole("main").innerText());
  }
  expect(bodies[0]).toBe(bodies[1]);
  expect(bodies[0]).toContain("Page introuvable");
  await accessible();
});

test("320 px wide and with larger text nothing is cut off", async ({ page, signIn, isMobile }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await signIn(isMobile ? "paul.roux@demo.example" : "nadia.benali@demo.example");
  for (const path of [page.url(), "/connexion", "/ouverture", "/affichage"]) {
    await page.goto(path);
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(content, path).toBeLessThanOrEqual(screen);
  }
});
