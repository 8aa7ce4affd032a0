//! Owns the way from the HTML of a directive to Markdown, so that what programs read is what stands
//! on the page. The entry points are [`block`] and [`inline`]. Must not know which directive the HTML
//! is of.

mod drawing;
mod table;
#[cfg(test)]
mod tests;

use crate::html::{self, Part, Tag};
use drawing::Drawing;
use table::Table;

/// Finds the address that Markdown has for one of the page.
pub(super) type Absolute<'f> = &'f dyn Fn(&str) -> String;

/// HTML that stands in a sentence.
pub(super) fn inline(html: &str, absolute: Absolute<'_>) -> String {
    let mut writer = Writer::new(absolute);
    writer.read(html);
    collapsed(&writer.text)
}

/// HTML that stands alone: paragraphs, lists and tables, with empty lines between them.
pub(super) fn block(html: &str, absolute: Absolute<'_>) -> String {
    let mut writer = Writer::new(absolute);
    writer.read(html);
    writer.end_paragraph();
    let mut text = String::new();
    let mut after_item = false;
    for (block, is_item) in writer.blocks {
        if !text.is_empty() {
            text.push_str(if after_item && is_item { "\n" } else { "\n\n" });
        }
        text.push_str(&block);
        after_item = is_item;
    }
    text
}

struct Writer<'h> {
    absolute: Absolute<'h>,
    /// Each with whether it begins an item of a list, which needs no empty line before the next.
    blocks: Vec<(String, bool)>,
    /// What was read since the last block ended.
    text: String,
    /// The elements that are open, from the outermost.
    open: Vec<Element<'h>>,
    /// How many of them hide their content.
    hidden: usize,
    /// Open lists: the number of the next item, none for bullets.
    lists: Vec<Option<usize>>,
    /// Whether the item that is read has its mark yet.
    item_begun: bool,
    table: Option<Table>,
    drawing: Option<Drawing>,
}

/// An open element.
struct Element<'h> {
    name: &'h str,
    /// Its first class.
    class: &'h str,
    /// Written when it ends.
    end: String,
    hides: bool,
}

impl<'h> Writer<'h> {
    fn new(absolute: Absolute<'h>) -> Self {
        Self {
            absolute,
            blocks: Vec::new(),
            text: String::new(),
            open: Vec::new(),
            hidden: 0,
            lists: Vec::new(),
            item_begun: false,
            table: None,
            drawing: None,
        }
    }

    fn read(&mut self, html: &'h str) {
        for part in html::parts(html) {
            match part {
                Part::Text(text) => self.add_text(text),
                Part::Start(tag) => {
                    self.start(tag);
                    if tag.is_empty_element() {
                        self.end(tag.name());
                    }
                }
                Part::End(name) => self.end(name),
            }
        }
    }

    fn add_text(&mut self, escaped: &str) {
        if self.hidden > 0 {
            return;
        }
        let text = html::unescape(escaped);
        match (&mut self.drawing, self.open.last()) {
            (None, _) => self.text.push_str(&text),
            (Some(drawing), Some(inside)) => {
                let in_row = self.open.iter().any(|element| element.name == "g");
                drawing.add_text(inside.name, inside.class, in_row, &text);
            }
            (Some(_), None) => {}
        }
    }

    fn start(&mut self, tag: Tag<'h>) {
        let name = tag.name();
        let class = tag.attribute("class").unwrap_or_default();
        let class = class.split(' ').next().unwrap_or_default();
        let is_decoration = name == "svg" && tag.attribute("aria-hidden").is_some();
        let hides = is_decoration || ["vh", "gloss", "back", "anchor", "light"].contains(&class);
        let mut end = String::new();
        if hides {
            self.hidden += 1;
        } else if self.hidden == 0 {
            end = if name == "svg" || self.drawing.is_some() {
                self.start_in_drawing(name, class)
            } else {
                self.start_visible(tag, class)
            };
        }
        self.open.push(Element { name, class, end, hides });
    }

    /// Begins an element of a drawing and gives what is written at its end if that comes after the
    /// end of the drawing.
    ///
    /// A known fault: the end of a drawing within a drawing, such as an arrow, ends the outer one as
    /// well. Its labels from there on, and its class, then stand in the Markdown.
    fn start_in_drawing(&mut self, name: &str, class: &str) -> String {
        if name == "svg" {
            self.end_paragraph();
            self.drawing = Some(Drawing::default());
        } else if let (Some(drawing), "g") = (&mut self.drawing, name) {
            drawing.begin_row();
        }
        class.to_owned()
    }

    /// Writes the beginning of an element and gives what is written at its end.
    fn start_visible(&mut self, tag: Tag<'h>, class: &str) -> String {
        match tag.name() {
            "b" | "strong" => return self.enclose("**"),
            "em" | "i" => return self.enclose("*"),
            "code" => return self.enclose("`"),
            "del" => return self.enclose("~~"),
            "a" if class == "cite" => {
                self.text.push_str("[^");
                return "]".to_owned();
            }
            "a" => {
                if let Some(href) = tag.attribute("href") {
                    self.text.push('[');
                    return format!("]({})", (self.absolute)(&html::unescape(href)));
                }
            }
            "small" => self.separate(),
            "span" if ["detail", "point"].contains(&class) => self.separate(),
            "table" => {
                self.end_paragraph();
                self.table = Some(Table::default());
            }
            "tr" => self.table.iter_mut().for_each(Table::begin_row),
            name @ ("ul" | "ol") => {
                self.end_paragraph();
                self.lists.push((name == "ol").then_some(1));
            }
            "li" => {
                self.end_paragraph();
                self.item_begun = false;
            }
            "dt" => {
                self.end_paragraph();
                self.text.push_str("**");
                return ":** ".to_owned();
            }
            "caption" => self.end_paragraph(),
            name if is_block(name) && self.table.is_some() => self.separate(),
            name if is_block(name) => self.end_paragraph(),
            _ => {}
        }
        String::new()
    }

    fn enclose(&mut self, mark: &str) -> String {
        self.text.push_str(mark);
        mark.to_owned()
    }

    /// What stands on a line of its own on the page is set apart in a sentence or a cell.
    fn separate(&mut self) {
        let so_far = self.text.trim_end();
        if !so_far.is_empty() && !so_far.ends_with([';', ',', ':', '(']) {
            self.text.truncate(so_far.len());
            self.text.push_str("; ");
        }
    }

    fn end(&mut self, name: &str) {
        let Some(element) = self.open.pop() else { return };
        debug_assert_eq!(element.name, name);
        if element.hides {
            self.hidden -= 1;
            return;
        }
        if self.hidden > 0 {
            return;
        }
        if self.drawing.is_some() {
            if name == "svg" {
                self.end_drawing();
            }
            return;
        }
        self.text.push_str(&element.end);
        match name {
            "td" | "th" => {
                let cell = collapsed(&std::mem::take(&mut self.text));
                self.table.iter_mut().for_each(|table| table.push_cell(&cell));
            }
            "thead" => self.table.iter_mut().for_each(Table::end_head),
            "table" => {
                let table = self.table.take();
                self.blocks.extend(table.map(|table| (table.to_markdown(), false)));
            }
            "caption" => {
                let caption = collapsed(&std::mem::take(&mut self.text));
                if !caption.is_empty() {
                    self.blocks.push((format!("**{caption}**"), false));
                }
            }
            "li" => self.end_paragraph(),
            "ul" | "ol" => {
                self.end_paragraph();
                self.lists.pop();
            }
            name if (is_block(name) || name == "dd") && self.table.is_none() => {
                self.end_paragraph();
            }
            _ => {}
        }
    }

    /// Ends a paragraph: within a list the first of an item has its mark, and all are indented.
    fn end_paragraph(&mut self) {
        let text = collapsed(&std::mem::take(&mut self.text));
        if text.is_empty() {
            return;
        }
        let indent_of = |list: &Option<usize>| if list.is_some() { "   " } else { "  " };
        let Some((list, outer)) = self.lists.split_last_mut() else {
            self.blocks.push((text, false));
            return;
        };
        let indent: String = outer.iter().map(indent_of).collect();
        if self.item_begun {
            self.blocks.push((format!("{indent}{}{text}", indent_of(list)), false));
            return;
        }
        self.item_begun = true;
        let mark = match list {
            Some(number) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            None => "- ".to_owned(),
        };
        self.blocks.push((format!("{indent}{mark}{text}"), true));
    }

    fn end_drawing(&mut self) {
        if let Some(drawing) = self.drawing.take() {
            self.blocks.extend(drawing.title().map(|title| (title, false)));
            self.blocks.push((drawing.body(), false));
        }
    }
}

/// Whether an element stands on lines of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div" | "figure" | "figcaption" | "dl" | "section" | "h2" | "h3" | "h4" | "h5"
    )
}

/// One line, with single spaces.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
