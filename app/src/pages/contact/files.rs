//! The files of a message (S153, S154): those that are joined, those that were refused, what may still come. The script finds here what
//! it draws and says; it makes no markup and has no words of its own.

use crate::ui::form::{described, wrap};
use crate::ui::icon::icon;
use crate::words::contact as words;
use domain::contact::{FileRefusal, MOST_BYTES, MOST_FILES};
use domain::form::Reason;
use leptos::prelude::*;
use services::contact::{ContactForm, RefusedFile};

/// The region of the files.
pub(super) fn section(sheet: &str, form: &ContactForm, reason: Option<Reason>) -> AnyView {
    let lines = form.files.iter().map(|file| joined(sheet, file.id.as_str(), &file.name, file.bytes)).collect_view();
    let bytes: u64 = form.files.iter().map(|file| file.bytes).sum();
    let endings = words::endings().collect::<Vec<_>>().join(" ");
    view! {
        <section
            class="card stack files"
            aria-labelledby="fichiers-titre"
            data-files=""
            data-most-files=MOST_FILES.to_string()
            data-most-bytes=MOST_BYTES.to_string()
            data-endings=endings
            data-budget-one=words::budget_pattern(false)
            data-budget-many=words::budget_pattern(true)
            data-too-many=words::file_refusal(FileRefusal::TooMany)
            data-too-large=words::file_refusal(FileRefusal::TooLarge)
            data-empty=words::file_refusal(FileRefusal::Empty)
            data-kind=words::file_refusal(FileRefusal::Kind)
            data-interrupted=words::file_refusal(FileRefusal::Interrupted)
            data-checking=words::CHECKING
            data-not-removed=words::NOT_REMOVED
        >
            <h2 id="fichiers-titre">{words::FILES}</h2>
            <ul class="attached" aria-labelledby="fichiers-titre" data-list="">{lines}</ul>
            {refused(sheet, &form.refused)}
            <p class="budget" aria-live="polite" data-budget="">{words::budget(form.files.len(), bytes)}</p>
            {field(sheet, reason)}
            <p class="hint drop" data-drop="" hidden>{icon(sheet, "upload")}{words::DROP}</p>
            <p data-join=""><button class="btn" name="joindre" value="1">{icon(sheet, "upload")}{words::JOIN}</button></p>
            <p class="sr-only" role="alert" data-alert=""></p>
            <template data-row="joined">{joined(sheet, "", "", 0)}</template>
            <template data-row="upload">{upload(sheet)}</template>
        </section>
    }
    .into_any()
}

fn field(sheet: &str, reason: Option<Reason>) -> AnyView {
    let control = view! {
        <input
            id="fichiers"
            name="fichiers"
            type="file"
            multiple
            accept=words::accept()
            aria-describedby=described("fichiers", true, reason.is_some())
            aria-invalid=reason.map(|_| "true")
        />
    };
    wrap(sheet, "fichiers", words::ADD_FILES, &words::files_hint(), reason, true, control.into_any())
}

/// A file that lies on the server, with the button that takes it away. Its number goes along with the form: no message leaves with other
/// files than its page shows. Without id, the pattern of one, whose button does nothing yet.
fn joined(sheet: &str, id: &str, name: &str, bytes: u64) -> AnyView {
    let (named, size) = ((!id.is_empty()).then_some("retirer"), words::size(bytes));
    view! {
        <li data-bytes=bytes.to_string()>
            {icon(sheet, "file-text")}
            <input type="hidden" name="joint" value=id.to_owned() autocomplete="off"/>
            <span class="name"><span data-name="">{name.to_owned()}</span>" "<span class="soft num" data-size="">{size}</span></span>
            <button class="btn small" name=named value=id.to_owned()>
                {icon(sheet, "trash-2")}
                {words::REMOVE}
                <span class="sr-only">" le fichier "<span data-name="">{name.to_owned()}</span></span>
            </button>
        </li>
    }
    .into_any()
}

/// A file on its way, for the script: how far it is, and why it did not come.
fn upload(sheet: &str) -> AnyView {
    let named = |what: &'static str| view! { <span class="sr-only">{what}<span data-name=""></span></span> };
    view! {
        <li>
            {icon(sheet, "file-text")}
            <label class="name">
                <span data-name=""></span>" "<span class="soft num" data-size=""></span>
                <progress max="100" value="0" data-moving=""></progress>
            </label>
            <span class="soft num percent" data-moving="" data-percent=""></span>
            <button type="button" class="btn small" data-moving="" data-cancel="">{words::CANCEL}{named(" l’envoi du fichier ")}</button>
            <button type="button" class="btn small" data-failed="" data-retry="" hidden>{words::RETRY}{named(" avec le fichier ")}</button>
            <button type="button" class="btn small" data-failed="" data-dismiss="" hidden>
                {icon(sheet, "trash-2")}
                {words::REMOVE}
                {named(" le fichier ")}
            </button>
            <p class="error" data-failed="" hidden>{icon(sheet, "circle-x")}<span data-sentence=""></span></p>
        </li>
    }
    .into_any()
}

/// Those that were refused last, each with its reason.
fn refused(sheet: &str, files: &[RefusedFile]) -> Option<AnyView> {
    (!files.is_empty()).then(|| {
        let lines = files
            .iter()
            .map(|file| {
                view! {
                    <li>
                        {icon(sheet, "circle-x")}
                        <span class="name"><b>{file.name.clone()}</b><span class="block">{words::file_refusal(file.refusal)}</span></span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="refused stack tight" role="alert">
                <p><b>{words::REFUSED}</b></p>
                <ul class="attached">{lines}</ul>
            </div>
        }
        .into_any()
    })
}
