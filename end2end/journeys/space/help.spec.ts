// Help: questions, panels beside the page, news, guided tours, the folded sidebar.
import { expect, test } from "../../fixtures/test.js";

const PERSON = "paul.roux@demo.example";

test("S92 questions are found by theme and by words, an answer leads on to the fund", async ({ page, signIn, accessible }) => {
  await signIn(PERSON);
  const home = new URL(page.url()).pathname;
  await page.goto(`${home}/questions`);
  await accessible();
  await expect(page.getByRole("heading", { level: 2 })).toContainText(["Courriers et ouverture du compte", "Connexion et mot de passe"]);
  await page.getByLabel("Votre question, en quelques mots").fill("mots de passe OUBLIES");
  await page.getByRole("button", { name: "Chercher" }).click();
  await expect(page.getByRole("status").filter({ hasText: /question/ })).toContainText(/questions? trouvées?/);
  await accessible();
  const first = page.getByRole("main").getByRole("group").first();
  await first.getByText(/mot de passe/i).first().click();
  await first.getByRole("button", { name: "Oui" }).click();
  await expect(page.getByText("Merci, votre avis est noté.")).toBeVisible();
  await page.getByLabel("Votre question, en quelques mots").fill("zyglotron");
  await page.getByRole("button", { name: "Chercher" }).click();
  await expect(page.getByText("Aucune question ne correspond à ces mots.")).toBeVisible();
  await page.getByRole("link", { name: "Tout afficher" }).click();
  await page.getByLabel("Thème").selectOption({ label: "Cabinets comptables" });
  await page.getByRole("button", { name: "Chercher" }).click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText("Cabinets comptables");
});

test("S91 S93 S94 panels open beside the page, keep the focus and give it back; without script they are pages", async ({ page, signIn, accessible, scripted, ready }) => {
  await signIn(PERSON);
  const home = page.url();
  const side = page.getByRole("complementary", { name: "Barre fonctionnelle" });
  if (scripted) await ready();
  await side.getByRole("link", { name: "Aide de la page" }).click();
  if (!scripted) {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Aide de la page");
    return;
  }
  const panel = page.getByRole("dialog", { name: "Aide de la page" });
  await expect(panel.getByRole("heading", { name: "Aide de la page" })).toBeVisible();
  expect(page.url()).toBe(home);
  await accessible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(side.getByRole("link", { name: "Aide de la page" })).toBeFocused();
  await side.getByRole("link", { name: "Questions-Réponses" }).click();
  const questions = page.getByRole("dialog", { name: "Questions-Réponses" });
  await expect(questions.getByLabel("Votre question, en quelques mots")).toBeVisible();
  await questions.getByRole("button", { name: "Fermer" }).click();
  await expect(questions).toBeHidden();
  await expect(side.getByRole("link", { name: "Questions-Réponses" })).toBeFocused();
});

test("S94 news is marked until it is read, important news is told once on the home", async ({ page, signIn, accessible }) => {
  await signIn("claire.martin@demo.example");
  await page.getByRole("radio", { name: /Siège/ }).check();
  await page.getByRole("button", { name: "Valider" }).click();
  const side = page.getByRole("complementary", { name: "Barre fonctionnelle" });
  await expect(side.getByRole("link", { name: /Nouveautés.*nouveautés? à lire/ })).toBeVisible();
  await accessible();
  const home = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "J’ai lu" }).click();
  await expect(page.getByRole("button", { name: "J’ai lu" })).toHaveCount(0);
  await page.goto(`${home}/nouveautes`);
  await expect(page.getByRole("article").first()).toBeVisible();
  await page.goto(home);
  await expect(side.getByRole("link", { name: "Nouveautés" })).toBeVisible();
  await expect(side.getByText(/nouveautés? à lire/)).toHaveCount(0);
});

test("S95 the tour shows the page step by step, ends where it began, and is remembered", async ({ page, signIn, accessible, scripted, ready }) => {
  await signIn(PERSON);
  const home = new URL(page.url()).pathname;
  await page.goto(`${home}/tutoriel?page=${home}`);
  await page.getByRole("link", { name: "Faire la visite sur la page" }).click();
  await expect(page).toHaveURL(`${home}?visite=1`);
  const tour = page.getByRole("region", { name: "Visite guidée de la page" });
  if (scripted) {
    await ready();
    await expect(tour.getByRole("heading")).toContainText(/étape 1 sur \d/);
    await expect(tour.getByRole("heading")).toBeFocused();
    await accessible();
    await tour.getByRole("button", { name: "Suivant" }).click();
    await expect(tour.getByRole("heading")).toContainText(/étape 2 sur/);
    await expect(page.locator("[data-tour]")).toHaveCount(1);
    await tour.getByRole("button", { name: "Précédent" }).click();
    await expect(tour.getByRole("heading")).toContainText(/étape 1 sur/);
    for (let step = 0; step < 10 && (await tour.getByRole("button", { name: "Suivant" }).isVisible()); step++) {
      await tour.getByRole("button", { name: "Suivant" }).click();
    }
  } else {
    expect(await tour.getByRole("listitem").count()).toBeGreaterThan(1);
  }
  await tour.getByRole("button", { name: "Terminer la visite" }).click();
  await expect(page).toHaveURL(home);
  await expect(tour).toHaveCount(0);
  await page.goto(`${home}/tutoriel?page=${home}`);
  await expect(page.getByText("Vous avez déjà suivi cette visite.")).toBeVisible();
});

test("S91 the sidebar folds to its icons, keeps its names for whoever listens, and is remembered", async ({ page, signIn, accessible, isMobile }) => {
  test.skip(isMobile, "a phone has a bar at the bottom, which does not fold");
  await signIn(PERSON);
  const side = page.getByRole("complementary", { name: "Barre fonctionnelle" });
  const home = new URL(page.url()).pathname;
  await side.getByRole("button", { name: "Réduire la barre aux icônes" }).click();
  await expect(page).toHaveURL(home);
  await page.goto(`${home}/suivi-dsn`);
  await expect(side).toHaveAttribute("data-folded", "");
  await expect(side.getByRole("link", { name: "Contacter ma caisse" })).toBeVisible();
  await accessible();
  await side.getByRole("button", { name: "Afficher les noms des boutons" }).click();
  await expect(side).not.toHaveAttribute("data-folded", "");
});

test("S93 pages outside a space have their help, too", async ({ page, accessible }) => {
  await page.goto("/connexion");
  await page.getByRole("contentinfo").getByRole("link", { name: "Aide de la page" }).click();
  await expect(page).toHaveURL("/aide?page=/connexion");
  await expect(page.getByRole("main")).toContainText("Page concernée : Connexion");
  await page.getByText("J’ai oublié mon mot de passe").click();
  await expect(page.getByText("Cliquez sur « Mot de passe oublié ? »")).toBeVisible();
  await accessible();
  await page.getByRole("link", { name: "Revenir à la page" }).click();
  await expect(page).toHaveURL("/connexion");
});
