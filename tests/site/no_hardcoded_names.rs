//! That the program has no name of the shipped guide: its career, countries, levels and currencies are
//! looked for in every string of Rust outside comments and tests, and in templates, styles and scripts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::folder::{read_folder, repository};
use crate::support::TestSite;

/// Names that no text may hold as a word, and those that no text may be.
struct Names {
    within: BTreeSet<String>,
    whole: BTreeSet<String>,
}

impl Names {
    fn of_the_shipped_guide() -> Self {
        let content = TestSite::of("content").content();
        let data = &content.salaries;
        let mut within = BTreeSet::from([content.site.career.clone(), content.site.title.clone()]);
        let mut whole = BTreeSet::new();
        for country in &data.countries {
            within.extend([country.name.clone(), country.in_sentence.clone()]);
            whole.extend([country.code.to_string(), country.short.clone()]);
        }
        for level in &data.levels {
            within.insert(level.name.clone());
            whole.extend([level.id.to_string(), level.short.clone()]);
        }
        for currency in &data.currencies {
            within.extend([currency.code.to_string(), currency.name.clone()]);
            within.extend(currency.units.iter().map(|unit| unit.word.clone()).filter(|word| {
                !["thousand", "million"].contains(&word.as_str()) // words of any language
            }));
            whole.insert(currency.symbol.clone());
        }
        Self { within, whole }
    }

    fn find(&self, text: &str) -> Option<&str> {
        let whole = self.whole.get(text);
        let sign = |name: &&String| !name.is_ascii() && text.contains(name.as_str());
        let whole = whole.or_else(|| self.whole.iter().find(sign));
        let within = || self.within.iter().find(|name| find_word(text, name).is_some());
        whole.or_else(within).map(String::as_str)
    }
}

/// Where a text has a word that is no part of a longer one.
pub(crate) fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// The texts of files with this ending, by path.
fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    read_folder(&repository(folder))
        .into_iter()
        .map(|(path, bytes)| (Path::new(folder).join(path), bytes))
        .filter(|(path, _)| path.extension().is_some_and(|found| found == ending))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// The texts in the code of a source file, and the modules that only tests have.
#[derive(Default)]
struct Source {
    texts: Vec<String>,
    test_modules: Vec<String>,
}

impl Source {
    fn parse(code: &str) -> Self {
        let mut source = Self::default();
        source.read(code.parse().unwrap());
        source
    }

    fn read(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Literal(literal) => {
                    self.texts.extend(text_of(&literal.to_string()).map(str::to_owned));
                }
                TokenTree::Group(group) => {
                    let inside = group.stream().to_string().replace(char::is_whitespace, "");
                    if is_attribute(&group) && inside == "cfg(test)" {
                        self.skip_item(&mut tokens);
                    } else if !(is_attribute(&group) && inside.starts_with("doc=")) {
                        self.read(group.stream());
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }

    /// Leaves out what only tests have: a module in another file, or an item with a block.
    fn skip_item(&mut self, tokens: &mut impl Iterator<Item = TokenTree>) {
        let mut name = String::new();
        for token in tokens {
            match token {
                TokenTree::Punct(sign) if sign.as_char() == ';' => {
                    self.test_modules.push(name);
                    break;
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break,
                token => name = token.to_string(),
            }
        }
    }
}

/// Documentation is an attribute, too: `#[doc = "…"]`.
fn is_attribute(group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket
}

/// The text of a string or character; none of a number.
fn text_of(literal: &str) -> Option<&str> {
    let quote = ['"', '\''];
    literal.get(literal.find(quote)? + 1..literal.rfind(quote)?)
}

#[test]
fn no_name_of_the_shipped_guide_is_in_rust() {
    let names = Names::of_the_shipped_guide();
    let mut sources = Vec::new();
    let mut tests = Vec::new();
    for (path, text) in files("src", "rs") {
        let source = Source::parse(&text);
        let below = match path.file_name().unwrap().to_str().unwrap() {
            "lib.rs" | "main.rs" => path.with_file_name(""),
            _ => path.with_extension(""),
        };
        tests.extend(source.test_modules.iter().map(|name| below.join(name)));
        sources.push((path, source.texts));
    }
    assert!(sources.iter().map(|(_, texts)| texts.len()).sum::<usize>() > 1000, "nothing is read");
    let in_tests = |path: &Path| tests.iter().any(|test| path.with_extension("").starts_with(test));
    let found: Vec<String> = sources
        .iter()
        .filter(|(path, _)| !in_tests(path))
        .flat_map(|(path, texts)| texts.iter().map(move |text| (path, text)))
        .filter_map(|(path, text)| {
            Some(format!("{} has {}: {text}", path.display(), names.find(text)?))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_name_of_the_shipped_guide_is_in_a_template_a_style_or_a_script() {
    let names = Names::of_the_shipped_guide();
    let all = [files("templates", "html"), files("static", "css"), files("static", "js")].concat();
    assert!(all.len() > 20, "nothing is read");
    for (path, text) in &all {
        let found = names.within.iter().find(|name| find_word(text, name).is_some());
        assert!(found.is_none(), "{} has {}", path.display(), found.unwrap());
    }
}

#[test]
fn the_search_for_names_finds_names() {
    let code = "/// INR\nfn a() { let x = \"1 INR\"; m!(f('£', r\"in\")); } #[cfg(test)]\nmod t { f(\"{GBP\") } \
                /* INR */ #[cfg(test)] mod u; #[error(\"USD\")] struct S<'a>(&'a str);";
    let source = Source::parse(code);
    assert_eq!(source.texts, ["1 INR", "£", "in", "USD"]);
    assert_eq!(source.test_modules, ["u"]);
    let names = Names::of_the_shipped_guide();
    assert!(source.texts.iter().all(|text| names.find(text).is_some()));
    assert!(names.find("to be within").is_none());
}
