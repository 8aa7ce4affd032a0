//! Owns the way from the HTML of a directive to Markdown, so that what other programs read is what
//! stands on the page. The HTML is this program's own: well formed, text escaped. The entry points
//! are [`block`] and [`inline`]. Knows nothing of what the HTML says.

#[cfg(test)]
mod tests;

/// Finds where an address leads, as it is written in Markdown.
pub(super) type Whole<'f> = &'f dyn Fn(&str) -> String;

/// HTML that stands in a sentence.
pub(super) fn inline(html: &str, whole: Whole<'_>) -> String {
    let mut writer = Writer::new(whole);
    writer.read(html);
    collapsed(&writer.text)
}

/// HTML that stands alone: paragraphs, lists and tables, with empty lines between them.
pub(super) fn block(html: &str, whole: Whole<'_>) -> String {
    let mut writer = Writer::new(whole);
    writer.read(html);
    writer.paragraph();
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

struct Writer<'f> {
    whole: Whole<'f>,
    /// Each with whether it begins an item of a list, which needs no empty line before the next.
    blocks: Vec<(String, bool)>,
    /// What was read since the last block ended.
    text: String,
    /// What closes each open element; none for those that need nothing.
    open: Vec<Element>,
    /// Depth of what is not read at all.
    hidden: usize,
    /// Open lists: the number of the next item, none for bullets.
    lists: Vec<Option<usize>>,
    /// Whether the item that is read has its mark yet.
    begun: bool,
    table: Option<Table>,
    picture: Option<Picture>,
}

struct Element {
    name: String,
    /// Written when it ends.
    end: String,
    hides: bool,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    /// Rows that are the head.
    heads: usize,
}

/// What an SVG says in words.
#[derive(Default)]
struct Picture {
    title: String,
    summary: String,
    /// Captions with their figures.
    rows: Vec<[String; 3]>,
}

impl<'f> Writer<'f> {
    fn new(whole: Whole<'f>) -> Self {
        Self {
            whole,
            blocks: Vec::new(),
            text: String::new(),
            open: Vec::new(),
            hidden: 0,
            lists: Vec::new(),
            begun: false,
            table: None,
            picture: None,
        }
    }

    fn read(&mut self, html: &str) {
        let mut rest = html;
        while let Some((text, after)) = rest.split_once('<') {
            self.words(text);
            let Some((tag, after)) = after.split_once('>') else { return };
            if let Some(name) = tag.strip_prefix('/') {
                self.end(name);
            } else {
                let closed = tag.ends_with('/');
                let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
                self.start(name, tag);
                if closed || is_void(name) {
                    self.end(name);
                }
            }
            rest = after;
        }
        self.words(rest);
    }

    fn words(&mut self, escaped: &str) {
        if self.hidden > 0 || escaped.is_empty() {
            return;
        }
        let text = unescaped(escaped);
        if let Some(picture) = &mut self.picture {
            let Some(inside) = self.open.last() else { return };
            match (inside.name.as_str(), picture.rows.last_mut()) {
                ("title", _) => picture.title.push_str(&text),
                ("desc", _) => picture.summary.push_str(&text),
                ("text", Some(row)) if self.open.iter().any(|element| element.name == "g") => {
                    let part = match inside.end.as_str() {
                        "c" => 0,
                        "v" => 1,
                        _ => 2,
                    };
                    if !row[part].is_empty() {
                        row[part].push(' ');
                    }
                    row[part].push_str(&text);
                }
                _ => {}
            }
        } else {
            self.text.push_str(&text);
        }
    }

    fn start(&mut self, name: &str, tag: &str) {
        let class = attribute(tag, "class").unwrap_or_default();
        let first = class.split(' ').next().unwrap_or_default();
        let silent = attribute(tag, "aria-hidden").is_some() && name == "svg";
        let hides = silent || ["vh", "gloss", "back", "anchor", "light"].contains(&first);
        let mut end = String::new();
        if hides {
            self.hidden += 1;
        } else if self.hidden == 0 {
            end = if self.picture.is_some() || name == "svg" {
                self.start_in_picture(name, first)
            } else {
                self.start_shown(name, tag, first)
            };
        }
        self.open.push(Element { name: name.to_owned(), end, hides });
    }

    fn start_in_picture(&mut self, name: &str, class: &str) -> String {
        if name == "svg" {
            self.paragraph();
            self.picture = Some(Picture::default());
        } else if let (Some(picture), "g") = (&mut self.picture, name) {
            picture.rows.push(Default::default());
        }
        class.to_owned()
    }

    fn start_shown(&mut self, name: &str, tag: &str, class: &str) -> String {
        match name {
            "b" | "strong" => self.around("**"),
            "em" | "i" => self.around("*"),
            "code" => self.around("`"),
            "del" => self.around("~~"),
            "a" if class == "cite" => {
                self.text.push_str("[^");
                "]".to_owned()
            }
            "a" => match attribute(tag, "href") {
                Some(href) => {
                    let end = format!("]({})", (self.whole)(&unescaped(&href)));
                    self.text.push('[');
                    end
                }
                None => String::new(),
            },
            "span" | "small" if ["detail", "point"].contains(&class) || name == "small" => {
                self.apart();
                String::new()
            }
            "table" => {
                self.paragraph();
                self.table = Some(Table::default());
                String::new()
            }
            "tr" => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
                String::new()
            }
            "ul" | "ol" => {
                self.paragraph();
                self.lists.push((name == "ol").then_some(1));
                String::new()
            }
            "li" => {
                self.paragraph();
                self.begun = false;
                String::new()
            }
            "dt" => {
                self.paragraph();
                self.text.push_str("**");
                ":** ".to_owned()
            }
            "p" | "div" | "figure" | "figcaption" | "dl" | "section" | "caption" | "h2" | "h3"
            | "h4" | "h5" => {
                if self.table.is_none() || name == "caption" {
                    self.paragraph();
                } else {
                    self.apart();
                }
                String::new()
            }
            _ => String::new(),
        }
    }

    fn around(&mut self, mark: &str) -> String {
        self.text.push_str(mark);
        mark.to_owned()
    }

    /// What stands on a line of its own on the page is set apart in a sentence or a cell.
    fn apart(&mut self) {
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
        if self.picture.is_some() {
            if name == "svg" {
                self.finish_picture();
            }
            return;
        }
        self.text.push_str(&element.end);
        match name {
            "td" | "th" => {
                let cell = collapsed(&std::mem::take(&mut self.text)).replace('|', "\\|");
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            "thead" => {
                if let Some(table) = &mut self.table {
                    table.heads = table.rows.len();
                }
            }
            "table" => self.finish_table(),
            "caption" => {
                let caption = collapsed(&std::mem::take(&mut self.text));
                if !caption.is_empty() {
                    self.blocks.push((format!("**{caption}**"), false));
                }
            }
            "p" | "div" | "figure" | "figcaption" | "dl" | "dd" | "section" | "h2" | "h3"
            | "h4" | "h5"
                if self.table.is_none() =>
            {
                self.paragraph();
            }
            "li" => self.paragraph(),
            "ul" | "ol" => {
                self.paragraph();
                self.lists.pop();
            }
            _ => {}
        }
    }

    /// Ends a paragraph: within a list the first of an item has its mark, and all are indented.
    fn paragraph(&mut self) {
        let text = collapsed(&std::mem::take(&mut self.text));
        if text.is_empty() {
            return;
        }
        let wide = |list: &Option<usize>| if list.is_some() { "   " } else { "  " };
        let Some((list, outer)) = self.lists.split_last_mut() else {
            self.blocks.push((text, false));
            return;
        };
        let indent: String = outer.iter().map(wide).collect();
        if self.begun {
            self.blocks.push((format!("{indent}{}{text}", wide(list)), false));
            return;
        }
        self.begun = true;
        let mark = match list {
            Some(number) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            None => "- ".to_owned(),
        };
        self.blocks.push((format!("{indent}{mark}{text}"), true));
    }

    fn finish_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let line = |cells: &[String]| {
            let cells = (0..columns).map(|at| cells.get(at).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let (heads, rows) = table.rows.split_at(table.heads.min(table.rows.len()).min(1));
        let mut lines = vec![heads.first().map_or_else(|| line(&[]), |head| line(head))];
        lines.push(format!("|{}", " --- |".repeat(columns)));
        lines.extend(rows.iter().map(|row| line(row)));
        self.blocks.push((lines.join("\n"), false));
    }

    fn finish_picture(&mut self) {
        let Some(picture) = self.picture.take() else { return };
        let lines: Vec<String> = picture
            .rows
            .iter()
            .filter(|[caption, ..]| !caption.is_empty())
            .map(|[caption, value, detail]| {
                let mut line = format!("- {caption}");
                if !value.is_empty() {
                    line.push_str(": ");
                    line.push_str(value);
                }
                if !detail.is_empty() {
                    line.push_str(" (");
                    line.push_str(detail);
                    line.push(')');
                }
                line
            })
            .collect();
        if !picture.title.is_empty() {
            self.blocks.push((format!("**{}**", picture.title.trim()), false));
        }
        let said = if lines.is_empty() { collapsed(&picture.summary) } else { lines.join("\n") };
        self.blocks.push((said, false));
    }
}

fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "input" | "wbr")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    Some(after.split_once('"')?.0.to_owned())
}

/// One line, with single spaces.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the template engine and the chart escape.
fn unescaped(text: &str) -> String {
    const WRITTEN: [(&str, &str); 11] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    if text.contains('&') {
        for (written, meant) in WRITTEN {
            text = text.replace(written, meant);
        }
    }
    text
}
