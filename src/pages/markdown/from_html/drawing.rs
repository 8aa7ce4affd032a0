//! Owns an SVG in words: its title, and its rows or else its description.

/// What was read of it so far.
#[derive(Default)]
pub(super) struct Drawing {
    title: String,
    description: String,
    rows: Vec<Row>,
}

/// A row of a chart.
#[derive(Default)]
struct Row {
    caption: String,
    value: String,
    detail: String,
}

impl Drawing {
    /// Goes on to the next row, which is a group of its own in a chart.
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Row::default());
    }

    /// Adds a text, by the element and the class that it stands in.
    pub(super) fn add_text(&mut self, element: &str, class: &str, in_row: bool, text: &str) {
        match (element, self.rows.last_mut()) {
            ("title", _) => self.title.push_str(text),
            ("desc", _) => self.description.push_str(text),
            ("text", Some(row)) if in_row => {
                // The classes of a chart are short because there are thousands of them.
                let part = match class {
                    "c" => &mut row.caption,
                    "v" => &mut row.value,
                    _ => &mut row.detail,
                };
                if !part.is_empty() {
                    part.push(' ');
                }
                part.push_str(text);
            }
            _ => {}
        }
    }

    /// The title, if there is one.
    pub(super) fn title(&self) -> Option<String> {
        (!self.title.is_empty()).then(|| format!("**{}**", self.title.trim()))
    }

    /// A list of the rows; of a drawing without rows its description.
    pub(super) fn body(&self) -> String {
        let rows = self.rows.iter().filter(|row| !row.caption.is_empty());
        let lines: Vec<String> = rows.map(Row::to_markdown).collect();
        if lines.is_empty() { super::collapsed(&self.description) } else { lines.join("\n") }
    }
}

impl Row {
    fn to_markdown(&self) -> String {
        let mut line = format!("- {}", self.caption);
        if !self.value.is_empty() {
            line.extend([": ", &self.value]);
        }
        if !self.detail.is_empty() {
            line.extend([" (", &self.detail, ")"]);
        }
        line
    }
}
