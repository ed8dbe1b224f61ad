// One's own account: address, password, contact, devices.
import { expect, fillContact, fillLetters, freshMail, OWN, test } from "../../fixtures/test.js";

test("S97 S98 S99 S100 S101 the tab shows login and contact, and leads to each change", async ({ page, signIn, isMobile, accessible }) => {
  await signIn("paul.roux@demo.example");
  if (/\/sites$/.test(page.url())) {
    await page.getByRole("radio", { name: /Roux/ }).check();
    await page.getByRole("button", { name: "Valider" }).click();
  }
  const menu = page.getByRole("navigation", { name: "Menu de navigation" });
  if (isMobile) await menu.getByText("Menu", { exact: true }).click();
  await expect(menu.getByText("Gérer mon compte utilisateur")).toBeVisible();
  await menu.getByRole("link", { name: "Connexion et contact" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connexion et contact");
  await expect(page.getByRole("main")).toContainText("paul.roux@demo.example");
  await accessible();
  for (const [link, title] of [["Modifier adresse mail", "Modifier l’adresse mail"], ["Modifier mot de passe", "Modifier le mot de passe"], ["Modifier contact", "Modifier contact"]] as const) {
    await page.getByRole("main").getByRole("link", { name: link }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await accessible();
    await page.getByRole("link", { name: "Annuler" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connexion et contact");
  }
});

test("S102 S103 S104 a new address puts the account to sleep until its link is used; the old one can take it back (letters)", async ({ page, openAccount, signIn, mailLink, accessible }) => {
  const mail = await openAccount();
  const wanted = freshMail();
  await signIn(mail, OWN);
  await page.goto("/compte/mail");
  await expect(page.getByRole("alert")).toContainText("ATTENTION, la modification de votre adresse mail entraîne une désactivation de votre compte");
  await page.getByLabel("Nouvelle adresse mail").fill(wanted);
  await page.getByLabel("Confirmation de la nouvelle adresse").fill(`x${wanted}`);
  await page.getByRole("button", { name: "Modifier mon adresse" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Les deux saisies sont différentes");
  await expect(page.getByLabel("Nouvelle adresse mail")).toHaveValue(wanted);
  await page.getByLabel("Confirmation de la nouvelle adresse").fill(wanted);
  await page.getByRole("button", { name: "Modifier mon adresse" }).click();
  await expect(page).toHaveURL("/connexion");
  await expect(page.getByRole("status").first()).toContainText(`lien envoyé à l’adresse ${wanted}`);
  await accessible();
  // Asleep: neither address gets in.
  await signIn(wanted, OWN);
  await expect(page.getByRole("alert")).toContainText("incorrect");
  await signIn(mail, OWN);
  await expect(page).toHaveURL("/nouveau-lien");
  const back = await mailLink(mail, "/ancienne-adresse");
  await page.goto(await mailLink(wanted, "/nouvelle-adresse"));
  await expect(page).toHaveURL("/nouvelle-adresse");
  await accessible();
  await page.getByRole("button", { name: "Confirmer ma nouvelle adresse" }).click();
  await expect(page.getByRole("status").first()).toContainText("Votre nouvelle adresse mail est confirmée");
  await signIn(mail, OWN);
  await expect(page.getByRole("alert")).toContainText("incorrect");
  await signIn(wanted, OWN);
  await expect(page).toHaveURL(/\/site\//);
  // « Ce n’était pas moi », from the old address.
  await page.goto(back);
  await accessible();
  await page.getByRole("button", { name: "Garder mon ancienne adresse" }).click();
  await expect(page).toHaveURL("/mot-de-passe-oublie");
  await expect(page.getByRole("status").first()).toContainText("Votre ancienne adresse mail est rétablie");
  await page.goto("/sites");
  await expect(page).toHaveURL(/\/connexion/);
  await signIn(mail, OWN);
  await expect(page).toHaveURL(/\/site\//);
});

test("S100 a new password ends the other sessions and says so by mail (letters)", async ({ page, browser, portal, openAccount, signIn, mailLink, accessible }) => {
  const mail = await openAccount();
  await signIn(mail, OWN);
  await expect(page).toHaveURL(/\/site\//);
  const other = await browser.newContext({ baseURL: portal.url });
  const elsewhere = await other.newPage();
  await elsewhere.goto("/connexion");
  await elsewhere.getByLabel("Adresse mail").fill(mail);
  await elsewhere.getByLabel("Mot de passe", { exact: true }).fill(OWN);
  await elsewhere.getByRole("button", { name: "Connexion" }).click();
  await expect(elsewhere).toHaveURL(/\/site\//);

  await page.goto("/compte/mot-de-passe");
  const change = async (current: string, next: string) => {
    await page.getByLabel("Votre mot de passe actuel").fill(current);
    await page.getByLabel("Nouveau mot de passe").fill(next);
    await page.getByLabel("Confirmation du mot de passe").fill(next);
    await page.getByRole("button", { name: "Enregistrer" }).click();
  };
  await change("Pas celui-là 1", "Sable chaud 27");
  await expect(page.getByRole("alert")).toContainText("Ce n’est pas votre mot de passe actuel");
  await accessible();
  await change(OWN, "Sable chaud 27");
  await expect(page).toHaveURL("/compte");
  await expect(page.getByRole("status").first()).toContainText("Votre mot de passe est modifié");
  await elsewhere.goto("/sites");
  await expect(elsewhere).toHaveURL(/\/connexion/);
  await other.close();
  // The mail's « ce n’était pas moi » ends this session too.
  await page.goto(await mailLink(mail, "/alerte"));
  await page.getByRole("button", { name: "Déconnecter tous les appareils" }).click();
  await expect(page).toHaveURL("/mot-de-passe-oublie");
  await page.goto("/compte");
  await expect(page).toHaveURL(/\/connexion/);
});

test("S31 S32 S33 S34 S105 S106 A13 contact and the certified mobile (letters)", async ({ page, openAccount, signIn, lastMessage, accessible }) => {
  const mail = await openAccount();
  await signIn(mail, OWN);
  await page.goto("/compte/contact");
  const certify = page.getByRole("button", { name: "Certifier" });
  const mobile = page.getByLabel(/^Téléphone mobile/);
  await expect(certify).toBeHidden();
  await mobile.fill("04 72 00 00 00");
  await expect(certify, "A12: no mobile, no button").toBeHidden();
  const number = `06 99 ${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}`;
  await mobile.fill(number);
  await expect(certify).toBeVisible();
  await page.getByLabel("Nom", { exact: true }).fill("Nouveau-Nom");
  await certify.click();
  await expect(page.getByLabel("Nom", { exact: true }), "what was typed is kept").toHaveValue("Nouveau-Nom");
  await accessible();
  await page.getByLabel("Code reçu par SMS").fill("000000");
  await page.getByRole("button", { name: "Valider le code" }).click();
  await expect(page.getByRole("alert")).toContainText("Ce code n’est pas valable");
  const sms = await lastMessage(`+33${number.replaceAll(" ", "").slice(1)}`);
  const code = /code est (\d{6})/.exec(sms)?.[1] ?? "";
  await page.getByLabel("Code reçu par SMS").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole("button", { name: "Valider le code" }).click();
  await expect(page.getByRole("status").first()).toContainText("Votre numéro de mobile est certifié");
  await expect(page.getByText("Numéro certifié")).toBeVisible();
  await expect(certify).toBeHidden();
  await accessible();
  // Another number is not certified.
  await mobile.fill("07 00 00 00 01");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page).toHaveURL("/compte");
  await expect(page.getByText("Numéro certifié")).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText(/07\s00\s00\s00\s01/);
});

test("S34 A47 the mobile is certified during the opening, before the account exists (letters)", async ({ page, letter, lastMessage, activationLink, signIn }) => {
  const mail = freshMail();
  const number = `06 98 ${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")}`;
  await page.goto("/ouverture");
  await fillLetters(page, letter);
  await page.getByLabel("Adresse mail", { exact: true }).fill(mail);
  await page.getByLabel(/^Téléphone mobile/).fill(number);
  await page.getByRole("button", { name: "Certifier" }).click();
  const sms = await lastMessage(`+33${number.replaceAll(" ", "").slice(1)}`);
  await page.getByLabel("Code reçu par SMS").fill(/code est (\d{6})/.exec(sms)?.[1] ?? "");
  await page.getByRole("button", { name: "Valider le code" }).click();
  await expect(page.getByText("Numéro certifié")).toBeVisible();
  await expect(page.getByLabel("Adresse mail", { exact: true })).toHaveValue(mail);
  await fillContact(page, { mail, password: OWN, mobile: number });
  await page.goto(await activationLink(mail));
  await page.getByRole("button", { name: "Activer mon compte" }).click();
  await signIn(mail, OWN);
  await page.goto("/compte");
  await expect(page.getByText("Numéro certifié")).toBeVisible();
});

test("devices and journal: the other devices are ended from here (letters)", async ({ page, browser, portal, openAccount, signIn, lastMessage, accessible }) => {
  const mail = await openAccount();
  await signIn(mail, OWN);
  const other = await browser.newContext({ baseURL: portal.url });
  const elsewhere = await other.newPage();
  await elsewhere.goto("/connexion");
  await elsewhere.getByLabel("Adresse mail").fill(mail);
  await elsewhere.getByLabel("Mot de passe", { exact: true }).fill(OWN);
  await elsewhere.getByRole("button", { name: "Connexion" }).click();
  await expect(elsewhere).toHaveURL(/\/site\//);
  // A browser that was not known: the person is told (T60).
  await lastMessage(mail, "Nouvelle connexion à votre Espace sécurisé");
  await page.goto("/compte/securite");
  await expect(page.getByText("cet appareil")).toHaveCount(1);
  await expect(page.getByRole("table")).toContainText("Ouverture du compte");
  await accessible();
  await page.getByRole("button", { name: "Déconnecter les autres appareils" }).click();
  await expect(page.getByRole("status").first()).toContainText("Vos autres appareils sont déconnectés");
  await elsewhere.goto("/sites");
  await expect(elsewhere).toHaveURL(/\/connexion/);
  await other.close();
});
