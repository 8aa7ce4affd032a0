//! Owns the comparison page: the form as a sentence, the message of the data, charts, table, and
//! the ways to share a view and to take it away. The entry points are [`compare`] and
//! [`embed`], for the defaults and for any query alike. Knows no HTTP.

mod addresses;
mod charts;
mod form;
mod result;
mod table;

use askama::Template;
use jiff::civil::Date;

use super::layout::{Layout, MenuEntry, Sheet};
use super::{Shared, json_ld};
use crate::address;
use crate::pay::comparison::{Comparison, Ignored, Selection};
use form::Form;
use result::ResultView;

/// What a reader asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What was understood.
    pub selection: &'a Selection,
    /// What was not.
    pub ignored: &'a [Ignored],
    /// The day on which it is read, to say whose rates and rules are past their time.
    pub today: Date,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage<'a> {
    layout: Layout<'a>,
    career: &'a str,
    /// None on a copy made of files, which answers nobody.
    form: Option<Form<'a>>,
    view: ResultView<'a>,
}

#[derive(Template)]
#[template(path = "embed.html")]
struct Embed<'a> {
    layout: Layout<'a>,
    view: ResultView<'a>,
}

/// The page at `/compare`.
pub fn compare(shared: &Shared<'_>, asked: &Asked<'_>) -> Result<String, askama::Error> {
    compare_page(shared, asked, Some(Form::new(shared, asked.selection)))
}

/// The same for a copy of the site that is made of files: a statement stands in the form's place.
pub fn compare_in_export(shared: &Shared<'_>, asked: &Asked<'_>) -> Result<String, askama::Error> {
    compare_page(shared, asked, None)
}

fn compare_page<'a>(
    shared: &Shared<'a>,
    asked: &Asked<'_>,
    form: Option<Form<'a>>,
) -> Result<String, askama::Error> {
    let data = &shared.content.salaries;
    let comparison = Comparison::new(data, asked.selection);
    let query = asked.selection.canonical_query(data);
    let view = ResultView::new(shared, asked, &comparison, &query);
    let (title, description) = title_and_description(&data.career, &query, &view);
    let path = address::with_query(address::COMPARE, &query);
    // One data set, however many views of it there are.
    let forms = [("text/csv", address::COMPARE_CSV), ("application/json", address::COMPARE_JSON)];
    let table =
        query.is_empty().then(|| json_ld::dataset(*shared, &path, &title, &description, &forms));
    let layout = Layout::new(*shared, &path, &title, "Compare pay", &description)
        .in_menu(MenuEntry::Compare, true)
        .about(table)
        .with_sheet(Sheet::Compare);
    let layout = if asked.selection.offer.is_some() { layout.private() } else { layout };
    ComparePage { layout, career: &data.career, form, view }.render()
}

/// The page at `/embed/compare`: the charts and what must be said with them, for a frame on
/// another site.
pub fn embed(shared: &Shared<'_>, asked: &Asked<'_>) -> Result<String, askama::Error> {
    let data = &shared.content.salaries;
    let comparison = Comparison::new(data, asked.selection);
    let query = asked.selection.canonical_query(data);
    let view = ResultView::new(shared, asked, &comparison, &query);
    let (title, description) = title_and_description(&data.career, &query, &view);
    // One view has one address, and it is that of the whole page.
    let path = address::with_query(address::COMPARE, &query);
    let layout =
        Layout::new(*shared, &path, &title, "Compare pay", &description).with_sheet(Sheet::Compare);
    Embed { layout, view }.render()
}

/// The title of a view and what it shows, as search engines and previews are told.
fn title_and_description(career: &str, query: &str, view: &ResultView<'_>) -> (String, String) {
    let title =
        if query.is_empty() { format!("Compare {career} pay") } else { view.headline.clone() };
    (title, view.summary.join(" "))
}
