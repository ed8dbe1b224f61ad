//! A file of clients, read in the browser: its SIRETs go into the list, nothing else of it leaves the machine.
#![allow(unreachable_pub, reason = "the macro makes items that only the parent module re-exports")]

use crate::words::siret_file as words;
use domain::portfolio::request::{MOST, read_sirets};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// Bytes of the largest file that is read: a list of five thousand clients has a tenth of that.
const LARGEST: f64 = 2_000_000.0;

/// The button that chooses a file, for browsers with script; without, the list is pasted.
#[island]
pub fn SiretFile(
    /// `id` of the text area.
    list: String,
) -> impl IntoView {
    let awake = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    Effect::new(move |_| awake.set(true));
    let list = StoredValue::new(list);
    let choose = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        if file.size() > LARGEST {
            said.set(words::FILE_LARGE.to_owned());
            return;
        }
        let name = file.name();
        leptos::task::spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            let (found, wrong) = read_sirets(&text.unwrap_or_default());
            let element = list.with_value(|id| document().get_element_by_id(id));
            if let Some(area) = element.and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok()) {
                let lines: Vec<String> = wrong.iter().cloned().chain(found.iter().map(ToString::to_string)).collect();
                area.set_value(&lines.join("\n"));
            }
            said.set(words::read_file(&name, found.len(), wrong.len(), MOST));
            // The same file can be chosen again once it was corrected.
            input.set_value("");
        });
    };
    view! {
        <div class="stack tight" hidden=move || !awake.get()>
            <p>
                <label class="btn file">
                    {words::FILE}
                    <input type="file" class="sr-only" accept=".csv,.txt,text/csv,text/plain" on:change=choose />
                </label>
            </p>
            <p class="hint" role="status">{move || said.get()}</p>
        </div>
    }
}
