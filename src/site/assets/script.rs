//! Owns how a script becomes smaller: comments that stand on lines of their own and indentation are
//! taken out. Nothing is renamed or joined, so that the source shows what runs.

/// Without comments on lines of their own, without indentation and empty lines. Texts between
/// backticks that go over several lines stay as they are.
pub(super) fn minify(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut commented, mut quoted) = (false, false);
    for line in script.split_inclusive('\n') {
        let bare = line.trim_start();
        if commented || (!quoted && bare.starts_with("/*")) {
            let Some(end) = bare.find("*/") else {
                commented = true;
                continue;
            };
            commented = false;
            out.push_str(bare[end + 2..].trim_start());
            continue;
        }
        if !quoted && (bare.is_empty() || bare.starts_with("//")) {
            continue;
        }
        out.push_str(if quoted { line } else { bare });
        quoted ^= line.matches('`').count() % 2 == 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let script = "/* Runs\n   first. */\n(() => {\n  // Why.\n  const a = 'b // c';\n\n  f(a); // d\n})();\n";
        assert_eq!(minify(script), "(() => {\nconst a = 'b // c';\nf(a); // d\n})();\n");
    }

    #[test]
    fn a_text_over_several_lines_stays() {
        let script = "const a = `one\n  // two\n\n  three`;\n  b();\n";
        assert_eq!(minify(script), "const a = `one\n  // two\n\n  three`;\nb();\n");
    }
}
