// Help: questions, panels beside the page, news, guided tours, the folded sidebar.
import type { Page } from "@playwright/test";
import { expect, test } from "../../fixtures/test.js";

const PERSON = "paul.roux@demo.example";

const sidebar = (page: Page) => page.getByRole("complementary", { name: "Barre fonctionnelle" });

/** Folds the bar or unfolds it, and waits until the portal knows. */
async function fold(page: Page, name: string): Promise<void> {
  const known = page.waitForResponse((answer) => answer.url().endsWith("/api/help/sidebar"));
  await sidebar(page).getByRole("button", { name }).click();
  expect((await known).status()).toBe(303);
}

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
  const side = sidebar(page);
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

test("S92 S93 whatever is done in a panel stays in it: the page keeps what was typed there", async ({ page, signIn, accessible, scripted, ready }) => {
  test.skip(!scripted, "without script panels are pages");
  await signIn(PERSON);
  await page.goto(`${page.url()}/droits/delegation`);
  await ready();
  const here = page.url();
  const side = sidebar(page);
  const typed = page.getByLabel("Adresse mail de votre interlocuteur");
  await typed.fill("collegue@demo.example");
  const kept = async () => {
    expect(page.url()).toBe(here);
    await expect(typed).toHaveValue("collegue@demo.example");
  };

  const help = page.getByRole("dialog", { name: "Aide de la page" });
  await side.getByRole("link", { name: "Aide de la page" }).click();
  await expect(help.getByRole("heading", { level: 1 })).toBeFocused();
  // The bar's own links stand side by side, those of a text below one another.
  const lines = await help.getByRole("listitem").getByRole("link").all();
  expect(lines.length).toBeGreaterThan(1);
  let end = 0;
  for (const line of lines) {
    const box = await line.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(end);
    end = (box?.y ?? 0) + (box?.height ?? 0);
  }
  await help.getByRole("link", { name: "Revenir à la page" }).click();
  await expect(help).toBeHidden();
  await expect(side.getByRole("link", { name: "Aide de la page" })).toBeFocused();
  await kept();

  // From one panel to another.
  await side.getByRole("link", { name: "Aide de la page" }).click();
  const near = help.getByRole("listitem").getByRole("link").first();
  const question = await near.innerText();
  await near.click();
  const questions = page.getByRole("dialog", { name: "Questions-Réponses" });
  await expect(questions.locator("summary:focus")).toHaveText(question);
  await kept();

  // Its forms.
  await questions.getByLabel("Votre question, en quelques mots").fill("mots de passe OUBLIES");
  await questions.getByRole("button", { name: "Chercher" }).click();
  await expect(questions.getByRole("status").filter({ hasText: /questions? trouvées?/ })).toBeFocused();
  await accessible();
  const first = questions.getByRole("group").first();
  await first.getByText(/mot de passe/i).first().click();
  await first.getByRole("button", { name: "Oui" }).click();
  await expect(questions.getByText("Merci, votre avis est noté.")).toBeVisible();
  await kept();
  await questions.getByRole("button", { name: "Fermer" }).click();
  await expect(questions).toBeHidden();
  await kept();

  const tutorial = page.getByRole("dialog", { name: "Tutoriel de la page" });
  await side.getByRole("link", { name: "Tutoriel de la page" }).click();
  await tutorial.getByRole("button", { name: "J’ai suivi cette visite" }).click();
  await expect(tutorial.getByText("Vous avez déjà suivi cette visite.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tutorial).toBeHidden();
  await kept();
});

test("S93 a panel that cannot be had says so, and takes nothing from the page", async ({ page, signIn, accessible, scripted, ready }) => {
  test.skip(!scripted, "without script panels are pages");
  await signIn(PERSON);
  await page.goto(`${page.url()}/droits/delegation`);
  await ready();
  const here = page.url();
  const typed = page.getByLabel("Adresse mail de votre interlocuteur");
  await typed.fill("collegue@demo.example");
  const address = /\/aide\?page=/;
  let answer = () => {};
  const held = new Promise<void>((done) => (answer = () => done()));
  await page.route(address, async (route) => {
    await held;
    await route.fulfill({ status: 429 });
  });
  const button = sidebar(page).getByRole("link", { name: "Aide de la page" });
  const panel = page.getByRole("dialog", { name: "Aide de la page" });
  await button.click();
  await expect(panel.getByRole("status")).toHaveText("Chargement…");
  answer();
  await expect(panel.getByRole("alert")).toContainText("Cette aide ne peut pas être affichée pour le moment.");
  await expect(panel.getByRole("status")).toBeEmpty();
  await expect(panel.getByRole("link", { name: "Ouvrir cette aide en pleine page" })).toHaveAttribute("href", /\/aide\?page=/);
  await accessible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  expect(page.url()).toBe(here);
  await expect(typed).toHaveValue("collegue@demo.example");

  // Whose session is over is not asked for a password beside their page.
  await page.unroute(address);
  await page.context().clearCookies();
  await button.click();
  await expect(panel.getByRole("alert")).toBeVisible();
  await expect(panel.getByLabel("Mot de passe")).toHaveCount(0);
  expect(page.url()).toBe(here);
});

test("S94 news is marked until it is read, important news is told once on the home", async ({ page, signIn, accessible, scripted, ready }) => {
  await signIn("claire.martin@demo.example");
  await page.getByRole("radio", { name: /Siège/ }).check();
  await page.getByRole("button", { name: "Valider" }).click();
  const side = sidebar(page);
  await expect(side.getByRole("link", { name: /Nouveautés.*nouveautés? à lire/ })).toBeVisible();
  await accessible();
  const home = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "J’ai lu" }).click();
  await expect(page.getByRole("button", { name: "J’ai lu" })).toHaveCount(0);
  await ready();
  await side.getByRole("link", { name: "Nouveautés" }).click();
  await expect(page.getByRole("article").first()).toBeVisible();
  if (scripted) {
    await page.keyboard.press("Escape");
    await expect(side.getByRole("link", { name: "Nouveautés" })).toBeFocused();
    await expect(side.getByText(/nouveautés? à lire/)).toHaveCount(0);
  }
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

test("S91 the sidebar folds to its icons, keeps its names for whoever listens, and is remembered", async ({
  page,
  signIn,
  accessible,
  isMobile,
  scripted,
  ready,
}) => {
  test.skip(isMobile, "a phone has a bar at the bottom, which does not fold");
  await signIn(PERSON);
  const side = sidebar(page);
  const home = new URL(page.url()).pathname;
  await ready();
  await fold(page, "Réduire la barre aux icônes");
  await expect(page).toHaveURL(home);
  await page.goto(`${home}/suivi-dsn`);
  await expect(side).toHaveAttribute("data-folded", "");
  await expect(side.getByRole("link", { name: "Contacter ma caisse" })).toBeVisible();
  await accessible();
  await ready();
  await fold(page, "Afficher les noms des boutons");
  await expect(side).not.toHaveAttribute("data-folded", "");

  // One stays where one was: with what the page was asked for, and with script with what was typed.
  await page.goto(`${home}/questions?recherche=${encodeURIComponent("lettre perdue & oubliée")}&theme=connexion`);
  await ready();
  const words = page.getByLabel("Votre question, en quelques mots");
  if (scripted) await words.fill("autre chose");
  await fold(page, "Réduire la barre aux icônes");
  await expect(side).toHaveAttribute("data-folded", "");
  await expect(words).toHaveValue(scripted ? "autre chose" : "lettre perdue & oubliée");
  await expect(page.getByLabel("Thème")).toHaveValue("connexion");
  await fold(page, "Afficher les noms des boutons");
  await expect(side).not.toHaveAttribute("data-folded", "");
  await page.goto(`${home}/aide?page=${home}/droits`);
  await ready();
  await fold(page, "Réduire la barre aux icônes");
  await expect(page.getByRole("main")).toContainText("Page concernée : Gérer les droits d’accès");
  await fold(page, "Afficher les noms des boutons");
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
