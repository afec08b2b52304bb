//! A bar chart of the pulls of the last days.

use leptos::prelude::*;

/// One bar per day, from ISO date and count. The `aria-label` lists the counts for screen readers.
#[component]
pub fn PullsPlot(pulls: Vec<(String, i64)>) -> impl IntoView {
    const HEIGHT: i64 = 40;
    let width = pulls.len() * 10;
    let most = pulls.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
    let used: Vec<String> = pulls.iter().filter(|(_, count)| *count > 0).map(|(day, count)| format!("{day}: {count}")).collect();
    let label = if used.is_empty() { "No pulls".to_owned() } else { used.join(", ") };
    let day = |pulls: Option<&(String, i64)>| pulls.map(|(day, _)| day.clone()).unwrap_or_default();
    let (first, last) = (day(pulls.first()), day(pulls.last()));
    let bar = |(at, (day, count)): (usize, (String, i64))| {
        // A day with pulls is always visible, however few they are.
        let height = if count == 0 { 1 } else { (count * HEIGHT / most).max(3) };
        let d = format!("M{} {HEIGHT}v-{height}h8v{height}", at * 10 + 1);
        view! { <path d=d><title>{format!("{day}: {count}")}</title></path> }.into_any()
    };
    view! {
        <svg class="plot" viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=label preserveAspectRatio="none">
            {pulls.into_iter().enumerate().map(bar).collect_view()}
        </svg>
        <p class="plot-days" aria-hidden="true" translate="no"><span>{first}</span><span>{last}</span></p>
    }
}
