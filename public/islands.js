// Wakes the islands of a page once the browser has nothing better to do. Every page works without it.
const tag = document.querySelector("script[data-wasm]");
const islands = document.querySelectorAll("leptos-island");

const idle = () =>
  new Promise((done) => {
    if ("requestIdleCallback" in window) requestIdleCallback(done, { timeout: 2000 });
    else setTimeout(done, 50);
  });

async function wake() {
  if (islands.length) {
    await idle();
    const code = await import(tag.dataset.js);
    await code.default({ module_or_path: tag.dataset.wasm });
    code.hydrate?.();
    let warned = false;
    // Document order: an island comes before those in its children.
    for (const island of islands) {
      const start = code[island.dataset.component];
      if (start) {
        // Gives the inner island the context of the one around it.
        island.closest("leptos-children")?.$$on_hydrate?.();
        await start(island);
      } else if (!warned) {
        warned = true;
        console.warn("Unknown island:", island.dataset.component);
      }
    }
  }
  document.documentElement.dataset.islands = "ready";
}

wake().catch((error) => {
  document.documentElement.dataset.islands = "failed";
  console.warn("Islands are asleep:", error);
});
