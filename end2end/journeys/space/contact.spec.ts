// Contacter ma caisse and what comes of it: the form, its files, the exchange, the fund's answer, who may read it.
import type { Locator, Page } from "@playwright/test";
import { readFileSync, truncateSync } from "node:fs";
import { begin, choice, enter, join } from "../../fixtures/delegate.js";
import { expect, freshMail, OWN, test } from "../../fixtures/test.js";

const PERSON = "paul.roux@demo.example";
const FUND = "contact@caisse.example";
const REFERENCE = /[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}/;
/** Would run if it were not text. */
const PAYLOAD = "</div><script>window.pris = 1</script><img src=x onerror=\"window.pris = 2\">";

interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const text = (name: string, content = "Un texte.\n"): Chosen => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
const pdf = (name: string): Chosen => ({ name, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n".padEnd(2_000)) });

const files = (page: Page): Locator => page.getByRole("region", { name: "Fichiers joints" });
/** A line about a file: joined, on its way or refused. */
const line = (page: Page, name: string): Locator => files(page).getByRole("listitem").filter({ hasText: name });
const remover = (page: Page, name: string): Locator => files(page).getByRole("button", { name: `Retirer le fichier ${name}` });
const joined = (page: Page): Locator => files(page).getByRole("button", { name: /^Retirer le fichier/ });
/** The summary above a form that is to be corrected. */
const errors = (page: Page): Locator => page.getByRole("alert").filter({ has: page.getByRole("heading", { name: /à corriger/ }) });
const send = (page: Page): Locator => page.getByRole("button", { name: "Envoyer", exact: true });
const consent = (page: Page): Locator => page.getByRole("checkbox", { name: /^J’accepte que ma caisse traite mon message/ });

/** Chooses files as people do. */
async function choose(page: Page, chosen: Chosen[] | string): Promise<void> {
  const asked = page.waitForEvent("filechooser");
  await page.getByLabel("Ajouter des fichiers").click();
  await (await asked).setFiles(chosen);
}

/** The same; without script the button joins them. */
async function add(page: Page, scripted: boolean, ...chosen: Chosen[]): Promise<void> {
  await choose(page, chosen);
  if (!scripted) await page.getByRole("button", { name: "Joindre ces fichiers" }).click();
}

async function write(page: Page, subject: string, message: string): Promise<void> {
  await page.getByLabel("Objet", { exact: true }).fill(subject);
  await page.getByLabel("Message", { exact: true }).fill(message);
  await consent(page).check();
}

/** Sends what is written; the reference it got. */
async function sent(page: Page): Promise<string> {
  await send(page).click();
  await expect(page).toHaveURL(/\/contact\/echanges\/\w+$/);
  const said = await page.getByRole("status").filter({ hasText: "Votre message est envoyé" }).innerText();
  return REFERENCE.exec(said)?.[0] ?? "";
}

/** Status of the page that a press leads to, past the redirections. */
async function status(page: Page, press: () => Promise<void>): Promise<number> {
  const answered = page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() !== 303);
  await press();
  return (await answered).status();
}

/** Name and content of what a link saves. */
async function saved(page: Page, link: Locator): Promise<[string, string]> {
  const saving = page.waitForEvent("download");
  await link.click();
  const download = await saving;
  return [download.suggestedFilename(), readFileSync(await download.path(), "utf8")];
}

/** A subject nobody has used yet. */
const fresh = (what: string) => `${what} ${Date.now()}`;

test("S149 the button is on every page of a space and carries the page along", async ({ page, signIn }) => {
  await signIn(PERSON);
  const home = new URL(page.url()).pathname;
  const button = page.getByRole("complementary", { name: "Barre fonctionnelle" }).getByRole("link", { name: "Contacter ma caisse" });
  for (const [path, about, title] of [
    ["", "", "Accueil"],
    ["/suivi-dsn", "/suivi-dsn", "Suivi DSN"],
    ["/droits", "/droits", "Gérer les droits d’accès"],
    ["/compte", "/compte", "Connexion et contact"],
    [`/aide?page=${home}/suivi-dsn`, "/suivi-dsn", "Suivi DSN"],
    ["/questions", "/questions", "Questions-Réponses"],
    ["/contact/echanges", "/contact/echanges", "Mes échanges avec la caisse"],
  ]) {
    await page.goto(`${home}${path}`);
    await expect(button).toBeVisible();
    await expect(button).toHaveAttribute("href", `${home}/contact?page=${home}${about}`);
    await page.goto(`${home}/contact?page=${home}${about}`);
    await expect(page.getByText(`Page concernée : ${title}`)).toBeVisible();
  }
  await page.goto(`${home}/suivi-dsn`);
  await button.click();
  await expect(page).toHaveURL(`${home}/contact?page=${home}/suivi-dsn`);
  // On the form itself it carries nothing.
  await expect(button).toHaveAttribute("href", `${home}/contact`);
});

test("S150 who writes is shown and not typed; a question asked in vain becomes the subject", async ({ page, signIn }) => {
  await signIn(PERSON);
  const home = new URL(page.url()).pathname;
  await page.goto(`${home}/questions`);
  const question = page.getByRole("main").getByRole("group").filter({ hasText: "Quels fichiers puis-je joindre à mon message" });
  await question.getByText("Quels fichiers puis-je joindre à mon message").click();
  await question.getByRole("link", { name: "Poser cette question à ma caisse" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Contacter ma caisse");
  await expect(page.getByLabel("Objet", { exact: true })).toHaveValue(/^Quels fichiers puis-je joindre à mon message\s\?$/);
  const block = page.getByRole("region", { name: "Vos coordonnées" });
  for (const said of ["Paul Roux", PERSON, "Roux Couverture", /SIRET 001\s\d{3}\s\d{3}\s\d{5}/]) await expect(block).toContainText(said);
  await expect(block.locator("input, select, textarea, button")).toHaveCount(0);
  await block.getByRole("link", { name: "Modifier mes coordonnées" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connexion et contact");
});

test("S151 S152 S155 what is missing is said with a link to its field, what was typed is kept, consent is never ticked", async ({
  page,
  signIn,
  accessible,
}) => {
  await signIn(PERSON);
  await page.goto(`${page.url()}/contact`);
  await expect(consent(page)).not.toBeChecked();
  await accessible();
  expect(await status(page, () => send(page).click())).toBe(422);
  const alert = errors(page);
  await expect(alert).toContainText("3 informations sont à corriger");
  for (const [label, field] of [
    ["Objet", page.getByLabel("Objet", { exact: true })],
    ["Message", page.getByLabel("Message", { exact: true })],
    ["Consentement", consent(page)],
  ] as const) {
    await alert.getByRole("link", { name: new RegExp(`^${label}`) }).click();
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(label === "Consentement" ? /Cochez cette case/ : /Ce champ est obligatoire/);
  }
  await accessible();
  await page.getByLabel("Objet", { exact: true }).fill("Cotisations");
  await consent(page).check();
  // Enter in a field presses « Envoyer ».
  expect(await status(page, () => page.getByLabel("Objet", { exact: true }).press("Enter"))).toBe(422);
  await expect(alert).toContainText("Une information est à corriger");
  await expect(page.getByLabel("Objet", { exact: true })).toHaveValue("Cotisations");
  await expect(consent(page)).not.toBeChecked();
  await page.getByLabel("Message", { exact: true }).fill("Deux\n\nlignes.");
  expect(await status(page, () => send(page).click())).toBe(422);
  await expect(page.getByLabel("Message", { exact: true })).toHaveValue("Deux\n\nlignes.");
  await expect(alert.getByRole("link")).toHaveText([/^Consentement/]);
});

test("S153 files are joined, counted, taken away; one that is refused says why and the others stay", async ({
  page,
  signIn,
  scripted,
  accessible,
}) => {
  await signIn(PERSON);
  await page.goto(`${page.url()}/contact`);
  await page.getByLabel("Objet", { exact: true }).fill("Devis");
  await expect(files(page)).toContainText(/0\sfichier sur 20 · 0\sko sur 40\sMo/);
  await add(page, scripted, pdf("devis.pdf"), text("état.txt"));
  await expect(joined(page)).toHaveCount(2);
  await expect(files(page)).toContainText(/2\sfichiers sur 20 · 2\sko sur 40\sMo/);
  await expect(page).toHaveURL(/brouillon=/);
  await add(page, scripted, text("outil.exe"), text("faux.pdf"), text("plan.txt"));
  await expect(line(page, "outil.exe")).toContainText("Ce type de fichier n’est pas accepté.");
  await expect(line(page, "faux.pdf")).toContainText("Le contenu de ce fichier n’est pas celui que son nom annonce.");
  for (const name of ["devis.pdf", "état.txt", "plan.txt"]) await expect(remover(page, name)).toBeVisible();
  await expect(files(page)).toContainText(/3\sfichiers sur 20/);
  await accessible();
  if (scripted) {
    // Nothing is sent in silence without them.
    await page.getByLabel("Message", { exact: true }).fill("Voici.");
    await consent(page).check();
    await send(page).click();
    await expect(page.getByText("Un fichier de la liste n’est pas joint.")).toBeVisible();
    for (const name of ["outil.exe", "faux.pdf"]) await line(page, name).getByRole("button", { name: "Retirer" }).click();
  }
  await remover(page, "état.txt").click();
  await expect(line(page, "état.txt")).toHaveCount(0);
  await expect(joined(page)).toHaveCount(2);
  await expect(files(page)).toContainText(/2\sfichiers sur 20/);
  await expect(page.getByLabel("Objet", { exact: true })).toHaveValue("Devis");
  if (!scripted) {
    // A form that is to be corrected keeps them, with those chosen beside it.
    await choose(page, [text("photo.exe"), text("notes.txt")]);
    expect(await status(page, () => send(page).click())).toBe(422);
    await expect(errors(page).getByRole("link")).toHaveText([/^Message/, /^Consentement/, /^Fichiers joints/]);
    await expect(line(page, "photo.exe")).toContainText("Ce type de fichier n’est pas accepté.");
    await expect(joined(page)).toHaveCount(3);
  }
  // They lie on the server: whoever loads the page again has them.
  const names = await joined(page).allInnerTexts();
  await page.reload();
  await expect(joined(page)).toHaveText(names);
});

test("S153 S156 while a file is on its way the form waits; a broken upload is tried again, a dropped file comes in", async ({
  page,
  signIn,
  scripted,
  ready,
  accessible,
}) => {
  test.skip(!scripted, "without script files come with the form");
  await signIn(PERSON);
  await page.goto(`${page.url()}/contact`);
  await ready();
  const uploads = /\/contact\/fichiers\?/;
  let release = () => {};
  await page.route(uploads, async (route) => {
    await new Promise<void>((resolve) => (release = resolve));
    await route.fulfill({ status: 400, json: { refusal: "interrupted", sentence: "L’envoi de ce fichier a été interrompu. Réessayez." } });
  });
  await choose(page, [text("lent.txt"), text("suivant.txt")]);
  await expect(line(page, "lent.txt").getByRole("progressbar", { name: /lent\.txt/ })).toBeVisible();
  await write(page, "Relevé", "Le voici.");
  // It says that it is not available yet, and why when it is pressed.
  await expect(send(page)).toHaveAttribute("aria-disabled", "true");
  await send(page).press("Enter");
  await expect(page.getByText("Des fichiers sont en cours d’envoi")).toBeVisible();
  await accessible();
  await line(page, "suivant.txt").getByRole("button", { name: "Annuler l’envoi du fichier suivant.txt" }).click();
  await expect(line(page, "suivant.txt")).toHaveCount(0);
  release();
  await expect(line(page, "lent.txt")).toContainText("L’envoi de ce fichier a été interrompu.");
  await page.unroute(uploads);
  await line(page, "lent.txt").getByRole("button", { name: "Réessayer avec le fichier lent.txt" }).click();
  await expect(remover(page, "lent.txt")).toBeVisible();
  await expect(page.getByText("Vos fichiers sont joints")).toBeVisible();
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["Déposé."], "dépôt.txt", { type: "text/plain" }));
    return data;
  });
  await files(page).dispatchEvent("drop", { dataTransfer: dropped });
  await expect(joined(page)).toHaveCount(2);
  await sent(page);
  await expect(page.getByRole("region", { name: "Message" }).getByRole("listitem")).toHaveText([/^lent\.txt/, /^dépôt\.txt/]);
});

test("S153 S154 the twenty-first file and the byte above 40 Mo do not go with the message", async ({
  page,
  portal,
  signIn,
  scripted,
  accessible,
}) => {
  await signIn(PERSON);
  const form = `${page.url()}/contact`;
  await page.goto(form);
  await add(page, scripted, ...Array.from({ length: 21 }, (_, number) => text(`note-${number + 1}.txt`)));
  await expect(line(page, "note-21.txt")).toContainText(/Un message compte 20\sfichiers au plus/);
  await expect(joined(page).filter({ hasText: "note-20.txt" })).toHaveCount(1);
  await expect(files(page)).toContainText(/20\sfichiers sur 20/);
  await accessible();
  await page.goto(form);
  const plan = portal.file("plan.pdf", "%PDF-1.7\n");
  truncateSync(plan, 40_000_001);
  await choose(page, plan);
  if (!scripted) await page.getByRole("button", { name: "Joindre ces fichiers" }).click();
  await expect(line(page, "plan.pdf")).toContainText(/pèsent 40\sMo au plus en tout/);
  await expect(files(page)).toContainText(/0\sfichier sur 20 · 0\sko sur 40\sMo/);
  if (!scripted) {
    // A form that is too long to be read keeps what was typed.
    truncateSync(plan, 60_000_000);
    await write(page, "Plan", "Le voici.");
    await choose(page, plan);
    expect(await status(page, () => send(page).click())).toBe(413);
    await expect(line(page, "Les fichiers que vous avez choisis")).toContainText(/pèsent 40\sMo au plus en tout/);
    await expect(page.getByLabel("Message", { exact: true })).toHaveValue("Le voici.");
  }
  truncateSync(plan, 40_000_000);
  await choose(page, plan);
  if (!scripted) await page.getByRole("button", { name: "Joindre ces fichiers" }).click();
  await expect(joined(page)).toHaveCount(1);
  await expect(files(page)).toContainText(/1\sfichier sur 20 · 40\sMo sur 40\sMo/);
});

test("S156 S157 A44 a message is sent once, confirmed, kept as it was written, and copied by mail", async ({
  page,
  signIn,
  scripted,
  lastMessage,
  mailLink,
  accessible,
}) => {
  await signIn(PERSON);
  const form = `${page.url()}/contact`;
  await page.goto(`${form}?objet=dsn`);
  await expect(page.getByLabel("Objet", { exact: true })).toHaveValue("Déclarations DSN");
  await add(page, scripted, text("état à joindre.txt", "Accents et espaces.\n"), pdf("devis.pdf"));
  await expect(joined(page)).toHaveCount(2);
  const other = await page.context().newPage();
  await other.goto(page.url());
  const subject = fresh("DSN");
  await write(page, subject, `Bonjour,\n\n${PAYLOAD}`);
  // Twice, as impatient people do.
  await send(page).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/contact\/echanges\/\w+$/);
  const thread = page.url();
  const confirmed = page.getByRole("status").filter({ hasText: "Votre message est envoyé" });
  await expect(confirmed).toContainText(`Une copie part par mail à ${PERSON}`);
  const reference = REFERENCE.exec(await confirmed.innerText())?.[0] ?? "";
  expect(reference).toMatch(REFERENCE);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
  const message = page.getByRole("region", { name: "Message" });
  await expect(message).toContainText(PAYLOAD);
  await expect(page.getByText("Votre caisse n’a pas encore répondu.")).toBeVisible();
  await accessible();
  expect(await saved(page, message.getByRole("link", { name: "état à joindre.txt" }))).toEqual(["état à joindre.txt", "Accents et espaces.\n"]);
  await expect(message.getByRole("link", { name: "devis.pdf" })).toBeVisible();
  if (scripted) expect(await page.evaluate(() => (window as { pris?: number }).pris)).toBeUndefined();
  // The same form in another tab is the same message, which is sent.
  await write(other, subject, "Une seconde fois ?");
  await send(other).click();
  await expect(other).toHaveURL(thread);
  await expect(other.getByRole("region", { name: "Message" })).toContainText("Bonjour,");
  await other.close();
  await page.reload();
  await expect(confirmed).toHaveCount(0);
  await page.getByRole("link", { name: "Revenir à mes échanges" }).click();
  const row = page.getByRole("row").filter({ hasText: subject });
  await expect(row).toHaveCount(1);
  for (const said of [reference, "Envoyé"]) await expect(row).toContainText(said);
  await expect(row.locator("[data-label=Fichiers]")).toHaveText("2");
  await accessible();
  for (const to of [PERSON, FUND]) {
    const mail = await lastMessage(to, reference);
    for (const said of [subject, "état à joindre.txt", "&lt;script&gt;"]) expect(mail).toContain(said);
  }
  expect(await mailLink(PERSON, "/contact/echanges")).toBe(new URL(thread).pathname);
});

test("S157 the fund reads and answers, the person sees how far their message has come", async ({ page, portal, signIn, lastMessage, accessible }) => {
  await signIn(PERSON);
  await page.goto(`${page.url()}/contact`);
  const subject = fresh("Attestation");
  await write(page, subject, "Pouvez-vous m’envoyer l’attestation ?");
  const reference = await sent(page);
  const thread = page.url();
  expect(portal.command("echanges", "lister", "--etat", "envoye")).toContain(subject);
  expect(portal.command("echanges", "lire", reference)).toContain("Pouvez-vous m’envoyer l’attestation ?");
  await page.reload();
  await expect(page.getByText(/Envoyé le .+ · Lu par la caisse le /)).toBeVisible();
  await expect(page.getByText("Lu", { exact: true })).toBeVisible();
  const attached = portal.file("attestation.txt", "Elle est à jour.\n");
  portal.command("echanges", "repondre", reference, "--par", "Service employeurs", "--texte", `La voici.\n${PAYLOAD}`, "--fichier", attached);
  const mail = await lastMessage(PERSON, `Votre caisse a répondu : référence ${reference}`.replace(" :", "\u{202f}:"));
  expect(mail).toContain(new URL(thread).pathname);
  expect(mail).not.toContain("La voici.");
  await page.reload();
  await expect(page.getByText("Répondu", { exact: true })).toBeVisible();
  const answer = page.getByRole("article", { name: "Réponse de votre caisse" });
  for (const said of ["Service employeurs", "La voici.", PAYLOAD]) await expect(answer).toContainText(said);
  await accessible();
  expect(await saved(page, answer.getByRole("link", { name: "attestation.txt" }))).toEqual(["attestation.txt", "Elle est à jour.\n"]);
  await page.getByRole("link", { name: "Écrire un autre message" }).click();
  await page.getByRole("main").getByRole("link", { name: "Mes échanges" }).click();
  await expect(page.getByRole("row").filter({ hasText: subject })).toContainText("Répondu");
});

test("T48 a colleague reads the exchanges of a site with the right to them only", async ({
  page,
  signIn,
  browser,
  baseURL,
  scripted,
  mailLink,
  ready,
}) => {
  const email = freshMail();
  await signIn(PERSON);
  const home = page.url();
  await page.goto(`${home}/contact`);
  const subject = fresh("Coordonnées bancaires");
  await add(page, scripted, text("rib.txt"));
  await expect(joined(page)).toHaveCount(1);
  await write(page, subject, "Voici notre relevé.");
  await sent(page);
  const thread = page.url();
  const file = (await page.getByRole("link", { name: "rib.txt" }).getAttribute("href")) ?? "";
  await page.goto(`${home}/droits`);
  await begin(page, email);
  await ready();
  await choice(page, "Suivi DSN", "En consultation").check();
  await page.getByRole("button", { name: "Valider et envoyer l’invitation" }).click();
  const [context, theirs] = await join(browser, baseURL ?? "", scripted, await mailLink(email, "/invitation"), "Inès");
  await enter(theirs, email, OWN);
  await expect(theirs).toHaveURL(home);
  await theirs.goto(`${home}/contact/echanges`);
  await expect(theirs.getByRole("main")).toContainText("Aucun message");
  await expect(theirs.getByRole("row")).toHaveCount(0);
  expect((await theirs.goto(thread))?.status()).toBe(404);
  expect((await theirs.goto(file))?.status()).toBe(404);

  await page.goto(`${home}/droits`);
  await page.getByRole("row").filter({ hasText: "Girard Inès" }).getByRole("link", { name: /^Modifier/ }).click();
  await ready();
  await choice(page, "Échanges avec la caisse", "En consultation").check();
  await page.getByRole("button", { name: "Valider", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Les droits sont modifiés" })).toBeVisible();
  await theirs.goto(`${home}/contact/echanges`);
  await expect(theirs.getByRole("row").filter({ hasText: subject })).toContainText("Paul Roux");
  await theirs.getByRole("link", { name: subject }).click();
  await expect(theirs).toHaveURL(thread);
  await expect(theirs.getByText("Voici notre relevé.")).toBeVisible();
  expect((await saved(theirs, theirs.getByRole("link", { name: "rib.txt" })))[0]).toBe("rib.txt");
  await context.close();
});

test("S158 the help says where the guide is", async ({ page, signIn, accessible }) => {
  await signIn(PERSON);
  const home = new URL(page.url()).pathname;
  await page.goto(`${home}/aide?page=${home}`);
  await page.getByRole("link", { name: /^Où trouver le guide pratique/ }).click();
  await expect(page.getByText(/Sur le site internet de votre caisse, dans la rubrique «\sServices en ligne\s»/)).toBeVisible();
  await accessible();
});
