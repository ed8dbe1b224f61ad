import { defineConfig, devices } from "@playwright/test";
import { existsSync } from "node:fs";
import type { Options } from "./fixtures/test.js";

// Debian's Chromium where it is installed; Playwright's own elsewhere.
const system = "/usr/bin/chromium";
const launchOptions = {
  executablePath: existsSync(system) ? system : undefined,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};
const desktop = { viewport: { width: 1280, height: 900 } };

export default defineConfig<Options>({
  testDir: "journeys",
  outputDir: "results",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // Against a journey that hangs, not a measure: on a slow machine the longest take a minute.
  timeout: 150_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: { locale: "fr-FR", contextOptions: { reducedMotion: "reduce" }, launchOptions, screenshot: "only-on-failure" },
  projects: [
    { name: "desktop", use: desktop },
    { name: "phone", use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } }, testIgnore: /keyboard/ },
    { name: "keyboard", use: { ...desktop, keyboardOnly: true }, grepInvert: /hover/ },
    { name: "no-script", use: { ...desktop, javaScriptEnabled: false } },
  ],
});
