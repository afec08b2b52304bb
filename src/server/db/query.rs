//! Builder for statements with variable text: filters, lists of values, pages. The text is the same for both databases.
//!
//! Only literals become SQL text. A value goes through [`Query::bind`], which writes a placeholder (`$1`, `$2`, …).

use std::fmt::Write;

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use super::{Conn, StoreError, database::Row, value::Value};

/// The number of values of a statement that inserts many rows. SQLite looks up each `$N` by its name among all others: a row takes
/// 30 µs with 550 values, and 1 ms with 11,000.
const VALUES: usize = 500;

/// The number of rows of `columns` values to insert with one statement.
pub fn rows_per_statement(columns: usize) -> usize {
    (VALUES / columns).max(1)
}

/// A statement with its values.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    sql: String,
    values: Vec<Value<'a>>,
    /// Whether it has a condition.
    has_where: bool,
}

impl<'a> Query<'a> {
    pub fn new(sql: &'static str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new(), has_where: false }
    }

    /// Appends a blank and the text.
    pub fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push(' ');
        self.sql.push_str(sql);
        self
    }

    /// Appends a placeholder with its value.
    pub fn bind(&mut self, value: impl Into<Value<'a>>) -> &mut Self {
        self.values.push(value.into());
        // Writing to a String cannot fail.
        let _ = write!(self.sql, " ${}", self.values.len());
        self
    }

    /// Appends values in parentheses: after `IN`, or a row to insert.
    pub fn bind_list(&mut self, values: impl IntoIterator<Item: Into<Value<'a>>>) -> &mut Self {
        let mut before = " (";
        for value in values {
            self.sql.push_str(before);
            before = ",";
            self.bind(value);
        }
        self.sql.push(')');
        self
    }

    /// Appends comma-separated rows of values: after `VALUES`.
    pub fn bind_rows<R: IntoIterator<Item: Into<Value<'a>>>>(&mut self, rows: impl IntoIterator<Item = R>) -> &mut Self {
        for (place, row) in rows.into_iter().enumerate() {
            if place > 0 {
                self.sql.push(',');
            }
            self.bind_list(row);
        }
        self
    }

    /// Appends a condition with its value, after `WHERE` for the first one and `AND` for others. `sql` ends before the value.
    pub fn filter(&mut self, sql: &'static str, value: impl Into<Value<'a>>) -> &mut Self {
        self.condition(sql).bind(value)
    }

    /// Appends a condition if there is a value.
    pub fn filter_if<V: Into<Value<'a>>>(&mut self, sql: &'static str, value: Option<V>) -> &mut Self {
        match value {
            Some(value) => self.filter(sql, value),
            None => self,
        }
    }

    /// Appends a condition without a value.
    pub fn condition(&mut self, sql: &'static str) -> &mut Self {
        let word = if std::mem::replace(&mut self.has_where, true) { "AND" } else { "WHERE" };
        self.push(word).push(sql)
    }

    /// Limits to one page (keyset pagination): at most `limit` rows, sorted by a unique column. `before` is that column's
    /// value in the last row of the previous page.
    pub fn page(&mut self, keyset: &Keyset, before: Option<&'a str>, limit: i64) -> &mut Self {
        self.filter_if(keyset.before, before).push(keyset.order).push("LIMIT").bind(limit)
    }

    /// The same query after `explain`, to get its query plan.
    pub fn explained(&self, explain: &'static str) -> Self {
        Self { sql: format!("{explain} {}", self.sql), ..self.clone() }
    }

    fn text(&self) -> SqlStr {
        // Safe: only literals and placeholders.
        AssertSqlSafe(self.sql.as_str()).into_sql_str()
    }
}

/// Condition and order of keyset pagination.
#[derive(Debug)]
pub struct Keyset {
    /// The condition for the next page; ends before the value.
    pub before: &'static str,
    pub order: &'static str,
}

impl Conn {
    /// All rows of a built query. The statement is not cached, because its text varies.
    pub async fn rows<T: Row>(&mut self, query: &Query<'_>) -> Result<Vec<T>, StoreError> {
        self.fetch_all(query.text(), &query.values, false).await
    }

    /// Like [`Self::rows`]. PostgreSQL also locks the rows until the end of the transaction: `locking` is its clause for that. SQLite
    /// has one writer, so its transactions need no locks on rows.
    pub async fn rows_for_update<T: Row>(&mut self, query: &Query<'_>, locking: &'static str) -> Result<Vec<T>, StoreError> {
        if self.is_sqlite() {
            return self.rows(query).await;
        }
        let mut query = query.clone();
        query.push(locking);
        self.rows(&query).await
    }

    /// The number that a query such as `SELECT count(*)` returns.
    pub async fn number(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<i64, StoreError> {
        Ok(self.optional::<(i64,)>(sql, values).await?.map_or(0, |(number,)| number))
    }

    /// Executes a built write. Returns the number of affected rows.
    pub(super) async fn run(&mut self, query: &Query<'_>) -> Result<u64, StoreError> {
        self.change(query.text(), &query.values, false).await
    }
}

#[cfg(test)]
mod tests {
    use super::{Keyset, Query};

    #[test]
    fn values_are_places_and_never_text() {
        let mut query = Query::new("SELECT a FROM t");
        query.filter_if("b =", Some("'; DROP TABLE t")).filter_if("c =", None::<i64>).condition("d IN").bind_list(["x", "y"]);
        let keyset = Keyset { before: "a <", order: "ORDER BY a DESC" };
        query.page(&keyset, Some("k"), 20);
        assert_eq!(query.sql, "SELECT a FROM t WHERE b = $1 AND d IN ( $2, $3) AND a < $4 ORDER BY a DESC LIMIT $5");
        assert_eq!(query.values.len(), 5);
        let mut rows = Query::new("INSERT INTO t (a, b) VALUES");
        rows.bind_rows([["1", "2"], ["3", "4"]]).push("RETURNING a");
        assert_eq!(rows.sql, "INSERT INTO t (a, b) VALUES ( $1, $2), ( $3, $4) RETURNING a");
    }
}
