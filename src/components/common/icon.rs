//! The icons, drawn on a 16×16 grid in the text colour. An icon is never the only accessible name of a control.

use leptos::{prelude::*, tachys::html::InertElement};

/// The icons of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Resync,
    Key,
    Trash,
    Plus,
    Pause,
    Play,
    EndOverlap,
}

impl Icon {
    /// Returns the icon as SVG markup.
    pub fn to_svg(self) -> String {
        let path = self.path();
        format!(
            r#"<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="{path}"></path></svg>"#
        )
    }

    fn path(self) -> &'static str {
        match self {
            Self::Resync => "M13.5 7A5.5 5.5 0 0 0 3.6 4.6L2 6.2M2 2.8v3.4h3.4M2.5 9a5.5 5.5 0 0 0 9.9 2.4L14 9.8m0 3.4V9.8h-3.4",
            Self::Key => "M7.6 8.4 13.5 2.5M11 5l2 2M9.2 6.8l1.6 1.6M8 10.5a2.9 2.9 0 1 1-5.8 0 2.9 2.9 0 0 1 5.8 0Z",
            Self::Trash => "M2.5 4.2h11M6.2 4V2.5h3.6V4M4 4.4l.6 9.1h6.8l.6-9.1M6.6 7v4M9.4 7v4",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Pause => "M5.5 3v10M10.5 3v10",
            // A circle, crossed out.
            Self::EndOverlap => "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0ZM6 6l4 4M10 6l-4 4",
            Self::Play => "M5 3l8 5-8 5Z",
        }
    }
}

/// Renders one icon.
#[component]
pub fn IconImage(icon: Icon) -> impl IntoView {
    InertElement::new(icon.to_svg())
}
