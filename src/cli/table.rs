//! Columns that line up: a Hanzi takes two.

use unicode_width::UnicodeWidthStr;

use super::terminal::{BOLD, paint, visible};

/// A table: a header and rows of as many cells.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these column titles.
    pub fn new(header: &[&str]) -> Self {
        Self { rows: vec![header.iter().map(|&cell| cell.to_owned()).collect()] }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        self.rows.push(row.iter().map(|cell| visible(cell).into_owned()).collect());
    }

    /// The rows, one a line, columns padded to the widest cell; the last column is not padded.
    pub fn render(&self) -> String {
        let n_columns = self.rows[0].len();
        let widths: Vec<usize> =
            (0..n_columns).map(|n| self.rows.iter().map(|row| row[n].width()).max().unwrap_or(0)).collect();
        let mut output = String::new();
        for (n, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width - cell.width() + 2));
            }
            let line = line.trim_end();
            output.push_str(&if n == 0 { paint(BOLD, line) } else { line.to_owned() });
            output.push('\n');
        }
        output
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hanzi_take_two_columns() {
        let mut table = Table::new(&["a", "b"]);
        table.push(vec!["工会".into(), "x".into()]);
        let plain = anstream::adapter::strip_str(&table.render()).to_string();
        assert_eq!(plain, "a     b\n工会  x\n");
    }
}
