//! The data of a row of the table.

use crate::models::{sort::Sort, token::TokenRow};

/// The data of a row, also the row's key in the keyed list: a row whose data is unchanged keeps its element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowData {
    pub token: TokenRow,
    /// The names of the users it was created for and by, with the e-mail if another user has the same name.
    pub users: [String; 2],
    /// The day of the list (UTC, in days since 1970): `made 3 days ago` differs each day.
    pub day: i64,
    /// Whether the project is closed: then nothing can be changed.
    pub is_closed: bool,
    // Whether the optional columns are shown.
    pub with_login_name: bool,
    pub with_pulls: bool,
    /// The order of the table. A new order renders every row again, because the keyed list of tachys 0.2 misplaces some rows when
    /// part of a list is reversed.
    pub sort: Sort,
}
