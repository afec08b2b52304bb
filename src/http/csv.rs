//! The tokens of a project as CSV (RFC 4180), with the filter of the page's address.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    models::{listing::Listing, moment, page_query::PageQuery, token::TokenRow},
    paths,
    server::tokens,
};

use super::pages::PageRequest;

/// *Created For* is an e-mail and *Created By* a name, as they were before each had both: files are read by position.
const COLUMNS: [&str; 13] = [
    "Token Name",
    "Login name",
    "Token Type",
    "Created For",
    "Created By",
    "Created On",
    "Products",
    "Subscription End Date",
    "Token Status",
    "Created For (name)",
    "Created By (e-mail)",
    "Last Used",
    "Pulls in 30 days",
];

/// `GET /projects/KEY/registry-tokens.csv`
pub async fn export(request: PageRequest, Path(key): Path<String>) -> Response {
    let loaded = async {
        let actor = request.actor().await?;
        tokens::list(&request.state, &actor, &key).await
    };
    let query = request.parts.uri.query().unwrap_or_default();
    match loaded.await {
        Ok(Listing { project, list, .. }) => {
            let view = PageQuery::parse(query).view;
            let rows = view.apply(&list).into_iter().filter_map(|position| list.row(position as usize, &project.key));
            let lines = rows.map(|row| line(&row));
            let text: String = std::iter::once(join(COLUMNS.map(str::to_owned))).chain(lines).collect();
            let name = format!("attachment; filename=\"{}-registry-tokens.csv\"", project.key.to_lowercase());
            ([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], text)
                .into_response()
        }
        // Whoever has to sign in first comes back to the page: a file is no place to go on from.
        Err(failure) => {
            let page = paths::tokens_with(&key, query);
            request.for_path(&page).error(failure).await
        }
    }
}

fn line(row: &TokenRow) -> String {
    let products: Vec<&str> = row.products.iter().map(|product| product.key.as_str()).collect();
    join([
        row.name.clone(),
        row.login_name.clone(),
        row.kind.label().to_owned(),
        row.created_for.email.clone(),
        row.created_by.name.clone(),
        row.created_on.clone(),
        products.join(" "),
        row.subscription_end.clone().unwrap_or_default(),
        row.status.label().to_owned(),
        row.created_for.name.clone(),
        row.created_by.email.clone(),
        row.usage.last_at.map(moment::utc).unwrap_or_default(),
        row.usage.pulls.to_string(),
    ])
}

fn join<const N: usize>(fields: [String; N]) -> String {
    format!("{}\r\n", fields.map(|field| quote(&field)).join(","))
}

/// Quoted, and never a formula: a spreadsheet runs a field that starts with one of these.
fn quote(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_field_is_never_a_formula() {
        assert_eq!(quote("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
        assert_eq!(quote("+1"), "\"'+1\"");
        assert_eq!(quote("ci-main"), "\"ci-main\"");
    }
}
