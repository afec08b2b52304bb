//! The tokens of a project as CSV (RFC 4180), filtered by the query of the page's URL. Spreadsheets open the file without an
//! import.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::{
    models::{listing::Listing, moment, page_query::PageQuery, status_words, token::TokenRow},
    paths,
    server::tokens,
};

use super::pages::PageRequest;

/// *Created For* is an e-mail and *Created By* a name, for compatibility: both existed before the columns with the other
/// part. Users' scripts read columns by position, from the front or the back, so new columns go before *Last Used*.
const COLUMNS: [&str; 16] = [
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
    "Status reason",
    "Products to add",
    "Two secrets until",
    "Last Used",
    "Pulls in 30 days",
];

/// Marks the file as UTF-8; without it, Excel assumes the system's legacy encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";

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
            let text = file(rows);
            let name = format!("attachment; filename=\"{}-registry-tokens.csv\"", project.key.to_lowercase());
            ([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], text)
                .into_response()
        }
        // After a sign-in, the user returns to the page, not to the file.
        Err(failure) => {
            let page = paths::tokens_with(&key, query);
            let error = failure.into_app_error(&request.state);
            request.for_path(&page).error(error).await
        }
    }
}

/// Writes the whole file.
fn file(rows: impl Iterator<Item = TokenRow>) -> Vec<u8> {
    let mut lines = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    // Writing to memory cannot fail.
    let _ = lines.write_record(COLUMNS);
    for row in rows {
        let _ = lines.write_record(fields(&row).map(guarded));
    }
    lines.into_inner().unwrap_or_default()
}

fn fields(row: &TokenRow) -> [String; COLUMNS.len()] {
    let products: Vec<&str> = row.products.iter().map(|product| product.key.as_str()).collect();
    [
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
        row.status_reason.clone().or_else(|| status_words::remedy(row)).unwrap_or_default(),
        row.products_to_add.join(" "),
        row.overlap_until.map(moment::iso).unwrap_or_default(),
        row.usage.last_at.map(moment::iso).unwrap_or_default(),
        row.usage.pulls.to_string(),
    ]
}

/// A spreadsheet runs a field that starts with one of these as a formula. The last four are the full-width forms of the first
/// four; some spreadsheets treat them alike.
const FORMULA_SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Escapes a field that a spreadsheet would run as a formula.
fn guarded(field: String) -> String {
    if field.starts_with(FORMULA_SIGNS) { format!("'{field}") } else { field }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_field_is_never_a_formula() {
        assert_eq!(guarded("=HYPERLINK(\"http://x\")".to_owned()), "'=HYPERLINK(\"http://x\")");
        for sign in ['+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'] {
            assert_eq!(guarded(format!("{sign}SUM(1)")), format!("'{sign}SUM(1)"));
        }
        for plain in ["ci-main", "山田", "a=b", "1＋1"] {
            assert_eq!(guarded(plain.to_owned()), plain);
        }
    }
}
