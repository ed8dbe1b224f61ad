//! The browser's half: wakes the islands, nothing else ever.

use app as _;

/// Called by the loader before the islands of the page are woken one by one.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
