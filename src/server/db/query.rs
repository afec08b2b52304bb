//! Statements whose text depends on what is asked for: filters, lists of values, pages. One text for both databases.
//!
//! Only literals become text. A value goes through [`Query::bind`], which writes its place (`$1`, `$2`, …).

use std::fmt::Write;

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use super::{Conn, StoreError, database::Row, value::Value};

/// A statement with its values.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    sql: String,
    values: Vec<Value<'a>>,
    /// Whether a condition stands in it.
    has_where: bool,
}

impl<'a> Query<'a> {
    pub fn new(sql: &'static str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new(), has_where: false }
    }

    /// Adds text, after a blank.
    pub fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push(' ');
        self.sql.push_str(sql);
        self
    }

    /// Adds a value.
    pub fn bind(&mut self, value: impl Into<Value<'a>>) -> &mut Self {
        self.values.push(value.into());
        // Writing to a String cannot fail.
        let _ = write!(self.sql, " ${}", self.values.len());
        self
    }

    /// Adds values in brackets: after `IN`, or of a row to insert.
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

    /// Adds rows of values, parted by commas: after `VALUES`.
    pub fn bind_rows<R: IntoIterator<Item: Into<Value<'a>>>>(&mut self, rows: impl IntoIterator<Item = R>) -> &mut Self {
        for (place, row) in rows.into_iter().enumerate() {
            if place > 0 {
                self.sql.push(',');
            }
            self.bind_list(row);
        }
        self
    }

    /// Adds a condition, with `WHERE` before the first one and `AND` before each other. `sql` ends before the value.
    pub fn filter(&mut self, sql: &'static str, value: impl Into<Value<'a>>) -> &mut Self {
        self.condition(sql).bind(value)
    }

    /// The same where there is a value, and nothing where there is none.
    pub fn filter_if<V: Into<Value<'a>>>(&mut self, sql: &'static str, value: Option<V>) -> &mut Self {
        match value {
            Some(value) => self.filter(sql, value),
            None => self,
        }
    }

    /// Adds a condition without a value.
    pub fn condition(&mut self, sql: &'static str) -> &mut Self {
        let word = if std::mem::replace(&mut self.has_where, true) { "AND" } else { "WHERE" };
        self.push(word).push(sql)
    }

    /// One page: in the order of a unique column, newest first, at most `limit` rows. `before` is that column of the last row of
    /// the page before.
    pub fn page(&mut self, keyset: &Keyset, before: Option<&'a str>, limit: i64) -> &mut Self {
        self.filter_if(keyset.before, before).push(keyset.order).push("LIMIT").bind(limit)
    }

    /// The same after `EXPLAIN`, which tells how the database would run it.
    pub fn explained(&self, explain: &'static str) -> Self {
        Self { sql: format!("{explain} {}", self.sql), ..self.clone() }
    }

    fn text(&self) -> SqlStr {
        // Nothing but literals and places: see above.
        AssertSqlSafe(self.sql.as_str()).into_sql_str()
    }
}

/// The order of pages.
#[derive(Debug)]
pub struct Keyset {
    /// The condition of a later page; ends before the value.
    pub before: &'static str,
    pub order: &'static str,
}

impl Conn {
    /// All rows of a query that was put together. It is not kept prepared: its text may be another each time.
    pub async fn rows<T: Row>(&mut self, query: &Query<'_>) -> Result<Vec<T>, StoreError> {
        self.fetch_all(query.text(), &query.values, false).await
    }

    /// The one number that a query such as `SELECT count(*)` gives.
    pub async fn number(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<i64, StoreError> {
        Ok(self.optional::<(i64,)>(sql, values).await?.map_or(0, |(number,)| number))
    }

    /// Runs a change that was put together, and says how many rows it touched.
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
