// Texts that would be scripts or markup, in the fund's files and in a form: browsers show them, and do nothing else. The watchers of
// every journey fail on a message of the console and on a report of the content policy.
import { readFileSync } from "node:fs";
import { expect, OWN, test } from "../../fixtures/test.js";

const ALL = JSON.parse(readFileSync(new URL("../../fixtures/payloads.json", import.meta.url), "utf8")) as string[];
/** Ten of them: each gets out of another kind of place. */
const PAYLOADS = [3, 4, 5, 12, 19, 24, 34, 37, 40, 49].map((number) => {
  const found = ALL.find((payload) => new RegExp(`pris=${number}(?!\\d)`).test(payload));
  if (!found) throw new Error(`no payload ${number}`);
  return found;
});

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const shown = (text: string) => text.split(/\s+/).filter(Boolean).join(" ");

/** Last month, as the file of alerts writes it. */
function period(): string {
  const day = new Date();
  day.setDate(0);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}`;
}

test("T25 T26 G10 what looks like a script is read, not run (letters)", async ({ page, portal, letter, openAccount, signIn, ready, scripted }) => {
  test.setTimeout(180_000);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(portal.url) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  const mail = await openAccount();
  await signIn(mail, OWN);
  await expect(page).toHaveURL(/\/site\//);
  const home = page.url();
  for (const payload of PAYLOADS) {
    const text = quoted(payload);
    const members = portal.file(
      "adherents.csv",
      `numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\nE2E1;${text};${letter.siret};${letter.identifiant};${text};${text};${text};${text};${text};69003;Lyon\n`,
    );
    portal.command("adherent", "importer", members);
    portal.command("alertes", "importer", portal.file("alertes.csv", `siret;periode;gravite;code;message\n${letter.siret};${period()};bloquant;${text};${text}\n`));
    await page.goto(home);
    await expect(page.getByText(shown(payload)).first()).toBeVisible();
    // The island of the alert carries the message to the browser's half.
    await ready();
    for (const path of ["/suivi-dsn", "/compte/securite", "/compte/donnees/lecture", "/compte/effacement"]) {
      await page.goto(`${home}${path}`);
      await expect(page.getByText(shown(payload)).first()).toBeAttached();
    }
    await page.goto(`${home}/compte/contact`);
    await page.getByLabel("Prénom").fill(payload);
    await page.getByLabel("Nom", { exact: true }).fill(payload);
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await expect(page).toHaveURL(/\/compte(\/contact)?$/);
    if (scripted) expect(await page.evaluate(() => (window as { pris?: number }).pris)).toBeUndefined();
  }
  expect(dialogs).toEqual([]);
  expect(foreign).toEqual([]);
});
