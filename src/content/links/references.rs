//! Owns links that stand in data files and in front matter. The entry points are [`section_place`]
//! and [`tool_address`].

use super::Index;
use crate::content::diagnostics::Code;
use crate::content::document::{HeadingRef, Target};
use crate::content::reader::Table;
use crate::id::SectionId;

/// A section, or a heading of one, written as a link to its file.
pub(in crate::content) fn section_place(
    table: &Table<'_>,
    key: &'static str,
    from: &str,
    index: &Index<'_>,
) -> HeadingRef {
    let nowhere = HeadingRef { section: SectionId::new(""), anchor: None };
    let link = table.text_at(key);
    if link.value.is_empty() {
        return nowhere;
    }
    match index.resolve(from, &table.file, &link.value, link.at) {
        Some(Target::Section(section, anchor)) => HeadingRef { section, anchor },
        Some(_) => {
            let help = "write the file of a section: guide/name.md, or guide/name.md#heading";
            let message = format!("`{}` is no section of the guide", link.value);
            table.file.error(Code::UnknownSection, link.at, message).help(help);
            nowhere
        }
        None => nowhere,
    }
}

/// The address of the tool that goes with a page: on another site, or a path of this one.
pub(in crate::content) fn tool_address(
    index: &Index<'_>,
    from: &str,
    own_path: &str,
    table: &Table<'_>,
    key: &'static str,
) -> Option<String> {
    let address = table.text_at(key);
    if address.value.is_empty() {
        return None;
    }
    let target = index.resolve(from, &table.file, &address.value, address.at)?;
    // A heading of the page itself is found from its own path.
    Some(target.path().unwrap_or_else(|| match target {
        Target::Anchor(anchor) => format!("{own_path}#{anchor}"),
        _ => own_path.to_owned(),
    }))
}
