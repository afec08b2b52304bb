//! Every request that a client can send: each server function, and the form that does the same.

use axum::body::Bytes;
use leptos::server_fn::{Encodes, ServerFn};
use serde::Serialize;

use crate::{
    api::{
        projects::ListProjects,
        tokens::{
            ChangeTokens, CheckTokens, DeleteToken, DisableToken, EnableToken, EndOverlap, GenerateToken, GetTokenDetails,
            ListTokens, RegenerateSecret, ResyncToken, TestToken, TokensPage,
        },
    },
    models::{
        bulk::BulkAction,
        new_token::NewTokenRequest,
        token::{Overlap, TokenType},
    },
};

use super::http::{Browser, Codec, Reply};

/// One request.
#[derive(Debug)]
pub enum Ask {
    /// A server function's path and its encoded arguments.
    Function(&'static str, Bytes),
    /// A form's path and its fields.
    Form(String, Vec<(&'static str, String)>),
}

impl Ask {
    pub fn function<F: ServerFn + Serialize>(arguments: &F) -> Self {
        Self::Function(F::PATH, Codec::encode(arguments).expect("arguments can be written"))
    }

    fn form(project: &str, action: &str, fields: &[(&'static str, &str)]) -> Self {
        let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self::Form(format!("/projects/{project}/registry-tokens/{action}"), fields)
    }

    pub async fn by(&self, browser: &Browser<'_>) -> Reply {
        match self {
            Self::Function(path, arguments) => browser.call(path, arguments.clone()).await,
            Self::Form(path, fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                browser.form(path, &fields).await
            }
        }
    }

    pub fn is_function(&self) -> bool {
        matches!(self, Self::Function(..))
    }
}

/// The projects of the caller.
pub fn projects() -> Ask {
    Ask::function(&ListProjects {})
}

/// The token list of a project.
pub fn list(project: &str) -> Ask {
    Ask::function(&ListTokens { project_key: project.to_owned() })
}

/// The first rows of the list.
pub fn page(project: &str, query: &str) -> Ask {
    Ask::function(&TokensPage { project_key: project.to_owned(), query: query.to_owned() })
}

/// The details on a token's page.
pub fn details(project: &str, name: &str) -> Ask {
    Ask::function(&GetTokenDetails { project_key: project.to_owned(), name: name.to_owned() })
}

/// Tests whether a secret belongs to a token, by function and by form.
pub fn test(project: &str, name: &str, login_name: &str, secret: &str) -> [Ask; 2] {
    let function = TestToken {
        project_key: project.to_owned(),
        name: name.to_owned(),
        login_name: login_name.to_owned(),
        secret: secret.to_owned(),
    };
    let fields = vec![("login_name", login_name.to_owned()), ("secret", secret.to_owned())];
    [Ask::function(&function), Ask::Form(format!("/projects/{project}/tokens/{name}/test"), fields)]
}

/// Every request that names a token by its name.
pub fn by_name(project: &str, name: &str) -> Vec<Ask> {
    let mut asks = vec![details(project, name)];
    asks.extend(test(project, name, &format!("{project}.{name}"), "wrt_wrong"));
    asks
}

/// Generates a User token, by function and by form.
pub fn generate(project: &str, name: &str) -> [Ask; 2] {
    let fields = [("name", &*format!("{name}-form")), ("kind", "user"), ("service_user", "")];
    [generate_function(project, name, TokenType::User, None), Ask::form(project, "generate", &fields)]
}

/// Generates a Service token, by function and by form.
pub fn generate_service(project: &str, name: &str, service_user: &str) -> [Ask; 2] {
    let fields = [("name", &*format!("{name}-form")), ("kind", "service"), ("service_user", service_user)];
    [generate_function(project, name, TokenType::Service, Some(service_user)), Ask::form(project, "generate", &fields)]
}

fn generate_function(project: &str, name: &str, kind: TokenType, service_user: Option<&str>) -> Ask {
    let service_user = service_user.map(str::to_owned);
    let request = NewTokenRequest { name: name.to_owned(), kind, service_user };
    Ask::function(&GenerateToken { project_key: project.to_owned(), request })
}

/// The number of requests in [`changes`].
pub const CHANGES: usize = 6;

/// Re-syncs, re-generates and deletes a token, by function and by form; the deletions are last.
pub fn changes(project: &str, token_id: &str) -> [Ask; CHANGES] {
    let (project_key, id) = (project.to_owned(), token_id.to_owned());
    let field = ("token_id", token_id);
    [
        Ask::function(&ResyncToken { project_key: project_key.clone(), token_id: id.clone() }),
        Ask::form(project, "resync", &[field]),
        Ask::function(&RegenerateSecret {
            project_key: project_key.clone(),
            token_id: id.clone(),
            generation: 1,
            overlap: Overlap::None,
        }),
        Ask::form(project, "regenerate", &[field, ("generation", "1")]),
        Ask::function(&DeleteToken { project_key, token_id: id, confirm: String::new() }),
        Ask::form(project, "delete", &[field]),
    ]
}

/// Disables and enables a token and ends its overlap, by function and by form.
pub fn lifecycle(project: &str, token_id: &str) -> [Ask; 6] {
    let (project_key, id) = (project.to_owned(), token_id.to_owned());
    let field = ("token_id", token_id);
    [
        Ask::function(&DisableToken { project_key: project_key.clone(), token_id: id.clone(), reason: "audit".to_owned() }),
        Ask::form(project, "disable", &[field, ("reason", "audit")]),
        Ask::function(&EnableToken { project_key: project_key.clone(), token_id: id.clone() }),
        Ask::form(project, "enable", &[field]),
        Ask::function(&EndOverlap { project_key, token_id: id }),
        Ask::form(project, "end-overlap", &[field]),
    ]
}

/// A bulk deletion with the text that the user typed to confirm it; `all` is the total number of tokens to delete.
pub fn delete(typed: &str, all: usize) -> BulkAction {
    BulkAction::Delete { confirm: typed.to_owned(), all }
}

/// Each bulk action.
pub fn bulk_actions() -> [BulkAction; 4] {
    [BulkAction::Resync, BulkAction::Disable { reason: "audit".to_owned() }, BulkAction::Enable, delete("", 1)]
}

/// A bulk change.
pub fn change_many(project: &str, token_ids: &[&str], action: BulkAction) -> Ask {
    Ask::function(&ChangeTokens { project_key: project.to_owned(), token_ids: owned(token_ids), action })
}

/// Checks whether the caller may change the tokens.
pub fn check_many(project: &str, token_ids: &[&str]) -> Ask {
    Ask::function(&CheckTokens { project_key: project.to_owned(), token_ids: owned(token_ids) })
}

/// The ids as owned strings, as the services take them.
pub fn owned(token_ids: &[&str]) -> Vec<String> {
    token_ids.iter().map(|id| (*id).to_owned()).collect()
}

/// Every request that changes one token, by its id.
pub fn on_token(project: &str, token_id: &str) -> Vec<Ask> {
    let mut asks = Vec::from(lifecycle(project, token_id));
    asks.push(check_many(project, &[token_id]));
    asks.extend(bulk_actions().map(|action| change_many(project, &[token_id], action)));
    asks.extend(changes(project, token_id));
    asks
}

/// Every request on a project.
pub fn all(project: &str, token_id: &str) -> Vec<Ask> {
    let mut asks = vec![list(project), page(project, "")];
    asks.extend(by_name(project, "ci-main"));
    asks.extend(generate(project, "asked"));
    asks.extend(on_token(project, token_id));
    asks
}
