//! Owns a table of HTML as a table of Markdown.

/// The cells read so far, as Markdown.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    /// How many rows are the head.
    head_rows: usize,
}

impl Table {
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn end_head(&mut self) {
        self.head_rows = self.rows.len();
    }

    pub(super) fn push_cell(&mut self, text: &str) {
        if let Some(row) = self.rows.last_mut() {
            row.push(text.replace('|', "\\|"));
        }
    }

    /// Markdown knows one head row, and no table without one.
    pub(super) fn to_markdown(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let line = |cells: &[String]| {
            let cells = (0..columns).map(|at| cells.get(at).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let (head, rows) = self.rows.split_at(self.head_rows.min(1));
        let mut lines = vec![line(head.first().map_or(&[], Vec::as_slice))];
        lines.push(format!("|{}", " --- |".repeat(columns)));
        lines.extend(rows.iter().map(|row| line(row)));
        lines.join("\n")
    }
}
