//! A page that is never longer than a comment may be.

/// What GitHub takes as a comment, in characters. Bytes are never fewer.
const LONGEST: usize = 65_536;
/// Kept free for what says what is left out.
const RESERVE: usize = 2_048;

/// A part of the page: a list, or the rows of a table.
#[derive(Default)]
pub(super) struct Section {
    pub(super) title: &'static str,
    /// How much there is, where the section is folded.
    pub(super) folded: Option<usize>,
    /// The first lines of a table; nothing for a list.
    pub(super) table: &'static str,
    /// Lines, with their ends. A section without any is not there.
    pub(super) items: Vec<String>,
    /// It leaves free that part of the page, a half or a quarter; none where it may fill it.
    pub(super) share: usize,
}

pub(super) struct Page {
    top: String,
    body: String,
    left_out: Vec<String>,
}

impl Page {
    pub(super) const fn new(top: String) -> Self {
        Self {
            top,
            body: String::new(),
            left_out: Vec::new(),
        }
    }

    /// Adds as much of a section as there is room for.
    pub(super) fn add(&mut self, section: &Section) {
        let (open, close) = section.frame();
        let room = LONGEST.saturating_sub(RESERVE + self.top.len());
        let room = room - room.checked_div(section.share).unwrap_or(0);
        let mut length = self.body.len() + open.len() + close.len();
        let fits = |item: &&String| {
            length += item.len();
            length <= room
        };
        let items: Vec<&String> = section.items.iter().take_while(fits).collect();
        let (shown, all) = (items.len(), section.items.len());
        if shown > 0 {
            self.body += &open;
            self.body.extend(items.into_iter().map(String::as_str));
            self.body += &close;
        }
        if shown < all {
            let title = section.title.to_lowercase();
            self.left_out
                .push(format!("{} of {all} under “{title}”", all - shown));
        }
    }

    pub(super) fn finish(self) -> String {
        let Self {
            top,
            body,
            left_out,
        } = self;
        if left_out.is_empty() {
            return top + &body;
        }
        let left_out = left_out.join(", ");
        let cut = format!(
            "\n> **This report is cut to the length of a comment.** Left out: {left_out}. \
             `--format json` has all.\n"
        );
        top + &cut + &body
    }
}

impl Section {
    /// What stands before and after the items.
    fn frame(&self) -> (String, String) {
        let (title, table) = (self.title, self.table);
        if let Some(number) = self.folded {
            let title = format!("{title} ({number})");
            (
                format!("\n<details>\n<summary>{title}</summary>\n\n{table}"),
                "\n</details>\n".to_owned(),
            )
        } else {
            (format!("\n### {title}\n\n{table}"), String::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(items: usize, share: usize) -> Section {
        Section {
            title: "Findings",
            folded: Some(items),
            items: vec!["- 0123456789\n".to_owned(); items],
            share,
            ..Section::default()
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let mut page = Page::new("top\n".to_owned());
        page.add(&section(9_000, 4));
        page.add(&section(3, 0));
        page.add(&section(9_000, 0));
        let text = page.finish();
        assert!(text.len() <= LONGEST && text.len() > LONGEST - 2 * RESERVE);
        let start = "top\n\n> **This report is cut to the length of a comment.** Left out: ";
        assert!(text.starts_with(start), "{}", &text[..200]);
        assert_eq!(text.matches("<details>").count(), 3);
        assert_eq!(text.matches("</details>").count(), 3);
    }

    #[test]
    fn a_section_leaves_room_for_the_next() {
        let mut page = Page::new(String::new());
        page.add(&section(9_000, 4));
        assert!(page.body.len() < LONGEST * 3 / 4);
    }

    #[test]
    fn an_empty_section_is_not_there() {
        let mut page = Page::new("top\n".to_owned());
        page.add(&section(0, 0));
        assert_eq!(page.finish(), "top\n");
    }
}
