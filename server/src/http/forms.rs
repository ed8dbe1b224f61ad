//! Forms: handed to their server function with the request's context; what cannot be read gets our own answer.

use super::answer;
use app::api::{
    account, association, data, delegation, display, external, factor, handing_on, help, identity, links, notifications, opening,
    portfolio, prolong, recovery,
};
use app::wire::Context;
use axum::Extension;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use domain::refusal::Refusal;
use http::{StatusCode, header};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::{get_server_fn_service, register_explicit};
use services::Fault;

/// Names every server function to the dispatcher, whatever the linker thinks of them.
pub(super) fn register() {
    register_explicit::<opening::Identify>();
    register_explicit::<opening::Open>();
    register_explicit::<opening::Activate>();
    register_explicit::<opening::Resend>();
    register_explicit::<opening::OpeningSms>();
    register_explicit::<opening::OpeningCertify>();
    register_explicit::<association::IdentifyFurther>();
    register_explicit::<association::Associate>();
    register_explicit::<recovery::AskReset>();
    register_explicit::<recovery::AskLetters>();
    register_explicit::<recovery::Reset>();
    register_explicit::<links::ConfirmEmail>();
    register_explicit::<links::RevertEmail>();
    register_explicit::<links::CertifyEmail>();
    register_explicit::<links::ResendCertification>();
    register_explicit::<links::Alarm>();
    register_explicit::<account::ChangeEmail>();
    register_explicit::<account::ChangePassword>();
    register_explicit::<account::ChangeContact>();
    register_explicit::<account::SendSms>();
    register_explicit::<account::CertifyMobile>();
    register_explicit::<account::CloseOthers>();
    register_explicit::<factor::StartApp>();
    register_explicit::<factor::ConfirmApp>();
    register_explicit::<factor::StartPasskey>();
    register_explicit::<factor::AddPasskey>();
    register_explicit::<factor::RemoveFactor>();
    register_explicit::<factor::RenewRecovery>();
    register_explicit::<factor::Decline>();
    register_explicit::<identity::Verify>();
    register_explicit::<data::ShowData>();
    register_explicit::<data::Erase>();
    register_explicit::<identity::SignIn>();
    register_explicit::<identity::SignOut>();
    register_explicit::<display::SetDisplay>();
    register_explicit::<delegation::CheckBeneficiary>();
    register_explicit::<delegation::RedrawGrid>();
    register_explicit::<delegation::Delegate>();
    register_explicit::<delegation::ModifyRights>();
    register_explicit::<delegation::EndRights>();
    register_explicit::<delegation::RecreateRights>();
    register_explicit::<delegation::ResendInvitation>();
    register_explicit::<delegation::AcceptInvitation>();
    register_explicit::<delegation::AcceptAsNew>();
    register_explicit::<handing_on::ChooseClients>();
    register_explicit::<handing_on::HandOn>();
    register_explicit::<handing_on::EndSeveral>();
    register_explicit::<portfolio::SetFavourite>();
    register_explicit::<portfolio::AskAccess>();
    register_explicit::<portfolio::ExamineAccess>();
    register_explicit::<portfolio::RefuseAccess>();
    register_explicit::<notifications::SaveNotifications>();
    register_explicit::<help::Opinion>();
    register_explicit::<help::NewsRead>();
    register_explicit::<help::TourTaken>();
    register_explicit::<help::FoldSidebar>();
    register_explicit::<prolong::Prolong>();
    register_explicit::<external::LinkExternal>();
    register_explicit::<external::LinkOwnExternal>();
    register_explicit::<external::UnlinkExternal>();
}

/// Runs a server function.
pub(super) async fn post(Extension(cx): Extension<Context>, request: Request) -> Response {
    let headers = request.headers().clone();
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return answer::failed(&cx, &headers, Fault::Refused(Refusal::NotFound));
    }
    let provided = cx.clone();
    let response = leptos_axum::handle_server_fns_with_context(move || provide_context(provided.clone()), request).await.into_response();
    // Refused before the function began: the dispatcher would send the browser back to the Referer with an error anyone can
    // forge in the address.
    let location = response.headers().get(header::LOCATION).and_then(|location| location.to_str().ok());
    let ours = response.status() == StatusCode::SEE_OTHER
        && location.is_some_and(|location| location.starts_with('/') && !location.contains("__err"));
    match location {
        Some(_) if !ours => unreadable(&cx, &headers),
        None if response.status().is_server_error() && cx.accepts_html => unreadable(&cx, &headers),
        _ => response,
    }
}

fn unreadable(cx: &Context, headers: &http::HeaderMap) -> Response {
    answer::failed(cx, headers, Fault::Refused(Refusal::Unreadable))
}
