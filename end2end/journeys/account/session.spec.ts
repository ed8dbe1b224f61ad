// The end of a session is announced, and one press keeps it.
import { expect, test } from "../../fixtures/test.js";

test("the end of a session is announced two minutes ahead, and one press keeps it", async ({ page, signIn, scripted, accessible }) => {
  await page.clock.install();
  await signIn("paul.roux@demo.example");
  const warning = page.getByRole("alert").filter({ hasText: "votre session se termine dans 2 minutes" });
  await expect(warning).toBeHidden();
  // The script that counts must have begun before time is moved.
  await page.waitForLoadState("load");
  // Without script nothing is announced; the session ends as sessions do.
  if (!scripted) return;
  await page.clock.fastForward("27:30");
  await expect(warning).toBeHidden();
  await page.clock.fastForward("00:45");
  await expect(warning).toBeVisible();
  await accessible();
  await page.getByRole("button", { name: "Rester connecté" }).click();
  await expect(warning).toBeHidden();
  await page.clock.fastForward("28:15");
  await expect(warning).toBeVisible();
  await page.clock.fastForward("02:30");
  await expect(page.getByText("Votre session est terminée. Copiez")).toBeVisible();
});
