//! The grid of rights (S132–S145): a plain form that works by itself; here a whole column is chosen at one press, and the box
//! « Administrateur » locks everything and gives back what was chosen before.
#![allow(unreachable_pub, reason = "the macro makes items that only the parent module re-exports")]

use crate::words::grid as words;
use domain::delegations::{College, Function, Mode};
use leptos::leptos_dom::helpers::is_browser;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;

/// The three columns, in order (S138).
const COLUMNS: [Option<Mode>; 3] = [Some(Mode::Consultation), Some(Mode::Update), None];

const fn code(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(mode) => mode.code(),
        None => "none",
    }
}

/// What is chosen in the grid.
#[derive(Clone, PartialEq)]
struct Choice {
    modes: Vec<Option<Mode>>,
    colleges: Vec<College>,
    is_admin: bool,
}

impl Choice {
    /// The grid as it stands on the page: the code may come seconds after the page, and the browser itself fills in a page one comes
    /// back to. Waking takes nothing back that somebody chose meanwhile.
    fn left(self) -> Self {
        let input = |id: &str| document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
        let is_checked = |id: &str| input(id).is_some_and(|input| input.checked());
        // A whole column, chosen before there was anybody to fill it in, or long ago: pressed again, it does.
        for column in COLUMNS.into_iter().filter_map(|mode| input(&column_id(mode))) {
            column.set_checked(false);
        }
        let is_admin = is_checked("administrator");
        let chosen = |place: usize| {
            let id = |mode| format!("{}-{}", Function::ALL[place].code(), code(mode));
            COLUMNS.into_iter().find(|mode| is_checked(&id(*mode))).unwrap_or(self.modes[place])
        };
        let left = Self {
            modes: (0..self.modes.len()).map(chosen).collect(),
            colleges: College::ALL.into_iter().filter(|college| is_checked(&college_id(*college))).collect(),
            is_admin,
        };
        if is_admin && left.modes.iter().all(|mode| *mode == Some(Mode::Update)) {
            // What the box shows, filled in by the browser: what was chosen below it is not on the page.
            return Self { is_admin, ..self };
        }
        left
    }
}

fn college_id(college: College) -> String {
    format!("college-{}", college.code())
}

fn column_id(mode: Option<Mode>) -> String {
    format!("colonne-{}", code(mode))
}

/// The grid. `chosen` and `most` have one entry a function, in the order of [`Function::ALL`].
#[island]
pub fn RightsGrid(
    /// What is chosen for each function.
    chosen: Vec<Option<Mode>>,
    /// The most that may be given of each.
    most: Vec<Option<Mode>>,
    /// Ticked colleges.
    ticked: Vec<College>,
    /// Colleges that may be given.
    allowed: Vec<College>,
    /// Whether the box « Administrateur » is there, and ticked.
    administrator: Option<bool>,
    /// Address that draws the grid again, for browsers without script.
    redraw: String,
    /// Ids of the messages about colleges and about the grid; empty for none.
    colleges_error: String,
    /// Likewise.
    rights_error: String,
) -> impl IntoView {
    let awake = RwSignal::new(false);
    let drawn = Choice { modes: chosen, colleges: ticked, is_admin: administrator == Some(true) };
    // Before anything is drawn over it. The signals begin as the server drew, or attributes that differ would not be set.
    let left = is_browser().then(|| drawn.clone().left());
    let (admin, modes, colleges) =
        (RwSignal::new(drawn.is_admin), RwSignal::new(drawn.modes.clone()), RwSignal::new(drawn.colleges.clone()));
    Effect::new(move |_| {
        awake.set(true);
        if let Some(left) = left.clone() {
            admin.set(left.is_admin);
            modes.set(left.modes);
            colleges.set(left.colleges);
        }
    });
    let limits = StoredValue::new(most);
    let fill = move |mode: Option<Mode>| {
        limits.with_value(|most| modes.update(|modes| modes.iter_mut().zip(most).for_each(|(one, most)| *one = mode.min(*most))));
    };
    let heads = COLUMNS.into_iter().map(|mode| view! { <th scope="col" class="c">{words::mode(mode)}</th> }).collect_view();
    let all = COLUMNS
        .into_iter()
        .map(|mode| {
            view! {
                <td class="c" data-label=words::mode(mode)>
                    <input
                        type="radio"
                        id=column_id(mode)
                        name="draft[column]"
                        value=code(mode)
                        aria-label=format!("{}, {}", words::ALL_FUNCTIONS, words::mode(mode))
                        disabled=move || admin.get()
                        on:change=move |_| fill(mode)
                    />
                </td>
            }
        })
        .collect_view();
    let rows = words::GROUPS
        .into_iter()
        .map(|(title, functions)| {
            let rows = functions
                .iter()
                .map(|function| {
                    let place = Function::ALL.iter().position(|one| one == function).unwrap_or(0);
                    let at = |values: &Vec<Option<Mode>>| values.get(place).copied().flatten();
                    row(*function, place, at(&drawn.modes), limits.with_value(at), admin, modes)
                })
                .collect_view();
            view! {
                <tr class="group"><th scope="rowgroup" colspan="4">{title}</th></tr>
                {rows}
            }
        })
        .collect_view();
    let allowed = StoredValue::new(allowed);
    let boxes = College::ALL
        .into_iter()
        .map(|college| {
            let is_ticked = drawn.colleges.contains(&college);
            college_box(college, is_ticked, allowed.with_value(|all| all.contains(&college)), admin, colleges)
        })
        .collect_view();
    view! {
        {administrator.map(|ticked| admin_box(ticked, admin))}
        <fieldset class="colleges" aria-describedby=(!colleges_error.is_empty()).then_some(colleges_error)>
            <legend>"Collèges"</legend>
            <div class="row" id="colleges" tabindex="-1">{boxes}</div>
        </fieldset>
        <div class="card tablewrap">
            <table class="rights" id="rights" tabindex="-1" aria-describedby=(!rights_error.is_empty()).then_some(rights_error)>
                <caption class="sr-only">"Droits d’accès par fonction"</caption>
                <thead><tr><th scope="col">"Fonction"</th>{heads}</tr></thead>
                <tbody>
                    <tr class="all"><th scope="row">{words::ALL_FUNCTIONS}</th>{all}</tr>
                    {rows}
                </tbody>
            </table>
        </div>
        <p hidden=move || awake.get()>
            <button class="btn small" name="draft[redraw]" value="column" formaction=redraw formnovalidate>
                {words::APPLY}
            </button>
        </p>
    }
}

fn admin_box(ticked: bool, admin: RwSignal<bool>) -> impl IntoView {
    view! {
        <div class="check">
            <input
                type="checkbox"
                id="administrator"
                name="draft[grid][administrator]"
                value="on"
                checked=ticked
                aria-describedby="administrator-aide"
                on:change=move |event| admin.set(event_target_checked(&event))
            />
            <div>
                <label for="administrator">"Administrateur"</label>
                <p class="hint" id="administrator-aide">{words::ADMINISTRATOR_HINT}</p>
            </div>
        </div>
    }
}

fn college_box(college: College, ticked: bool, allowed: bool, admin: RwSignal<bool>, colleges: RwSignal<Vec<College>>) -> impl IntoView {
    let id = college_id(college);
    let change = move |event| {
        let on = event_target_checked(&event);
        colleges.update(|all| {
            all.retain(|one| *one != college);
            if on {
                all.push(college);
            }
        });
    };
    view! {
        <div class="check">
            <input
                type="checkbox"
                id=id.clone()
                name="draft[grid][colleges][]"
                value=college.code()
                checked=ticked
                prop:checked=move || admin.get() || colleges.with(|all| all.contains(&college))
                disabled=move || !allowed || admin.get()
                on:change=change
            />
            <label for=id>{words::college(college)}</label>
        </div>
    }
}

fn row(
    function: Function,
    place: usize,
    first: Option<Mode>,
    most: Option<Mode>,
    admin: RwSignal<bool>,
    modes: RwSignal<Vec<Option<Mode>>>,
) -> impl IntoView {
    let name = format!("draft[grid][rights][{}]", function.code());
    let cells = COLUMNS
        .into_iter()
        .map(|mode| {
            let (id, beyond) = (format!("{}-{}", function.code(), code(mode)), mode.is_some() && most < mode);
            let now = move || if admin.get() { Some(Mode::Update) } else { modes.with(|modes| modes.get(place).copied().flatten()) };
            view! {
                <td class="c" data-label=words::mode(mode)>
                    <input
                        type="radio"
                        id=id
                        name=name.clone()
                        value=code(mode)
                        aria-label=format!("{}, {}", words::function(function), words::mode(mode))
                        checked=first == mode
                        prop:checked=move || now() == mode
                        disabled=move || beyond || admin.get()
                        on:change=move |_| modes.update(|modes| if let Some(one) = modes.get_mut(place) { *one = mode })
                    />
                </td>
            }
        })
        .collect_view();
    view! { <tr id=format!("rights[{}]", function.code()) tabindex="-1"><th scope="row">{words::function(function)}</th>{cells}</tr> }
}
