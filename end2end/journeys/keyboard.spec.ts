// The whole way without a mouse; not run on the phone, which has no Tab key.
import { expect, PASSWORD, test } from "../fixtures/test.js";

test("keyboard only: log in, choose a site, log out", async ({ page }) => {
  await page.goto("/connexion");
  const tabTo = async (name: RegExp) => {
    for (let number = 0; number < 60; number++) {
      await page.keyboard.press("Tab");
      const focused = page.locator(":focus");
      const label = `${await focused.textContent()} ${await focused.getAttribute("name")} ${await focused.getAttribute("href")}`;
      if (name.test(label)) return;
    }
    throw new Error(`Tab never reached ${name}`);
  };
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText("Aller au contenu");
  await tabTo(/draft\[email\]/);
  await page.keyboard.type("claire.martin@demo.example");
  await tabTo(/draft\[password\]/);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/sites");
  await tabTo(/ site /);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonjour Claire");
  await tabTo(/Se déconnecter/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/connexion");
});
