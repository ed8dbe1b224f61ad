import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import type { Options } from "./fixtures/portal.ts";

const chromium = "/usr/bin/chromium";
const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 900 } };

/** Three ways to visit the portal; every journey that can run in one runs in it. Each worker starts its own portal. */
export default defineConfig<object, Options>({
  testDir: "journeys",
  outputDir: "results",
  reporter: "list",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 8_000 },
  use: {
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    trace: "retain-on-failure",
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "desktop", use: desktop },
    { name: "phone", use: { ...desktop, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
    { name: "no-script", use: { ...desktop, javaScriptEnabled: false } },
  ],
});
