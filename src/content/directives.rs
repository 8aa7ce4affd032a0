//! Owns the directives `{{name arguments}}`, by which a page says where the program puts data. The
//! entry point is [`parse`]. Must not know how a directive is rendered.

use std::ops::Range;

use super::diagnostics::{Code, FileText, Problems, suggest};
use super::source::Files;
use super::tables::certifications::Certification;
use super::tables::resources::Resource;
use super::tables::statistics::Statistic;
use crate::id::{CountryCode, LevelId, SourceId};
use crate::pay::{Country, SalaryData};

/// Declares each directive once: its variant, its name, where it stands in a page, how it is
/// written (for the help line), the file that declares what it refers to (`*` stands for the file
/// that an argument names), the arguments it takes, and what is made of them.
macro_rules! directives {
    ($data:ident; $($(#[$doc:meta])* $variant:ident $(($($field:ty),+))? $({
        $($(#[$named_doc:meta])* $named:ident: $named_type:ty),+
    })? = $name:literal, $position:ident, $usage:literal, $file:literal,
    $arguments:pat => $directive:expr;)*) => {
        /// A place for data, its arguments checked.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Directive {
            $($(#[$doc])* $variant $(($($field),+))? $({
                $($(#[$named_doc])* $named: $named_type),+
            })?,)*
        }

        impl Directive {
            fn position(&self) -> Position {
                match self {
                    $(Self::$variant { .. } => Position::$position,)*
                }
            }

            fn read(
                name: &str,
                arguments: &[&str],
                $data: &LoadedData<'_>,
            ) -> Result<Self, Wrong> {
                Ok(match (name, arguments) {
                    $(($name, $arguments) => $directive,)*
                    _ => return Err(Wrong::Arguments),
                })
            }
        }

        /// Name, usage and file of each.
        const DIRECTIVES: &[(&str, &str, &str)] = &[$(($name, $usage, $file),)*];
    };
}

directives! { data;
    /// The guide's own band of a level, as an amount.
    Pay(CountryCode, LevelId) = "pay", InSentence, "`{{pay country level}}`", "salaries/*.toml",
        [country, level] => data.pay(country, level)?;
    /// One figure with its citation.
    Stat {
        /// The table.
        statistic: String,
        /// The row's id.
        row: String,
        /// The column's id.
        column: String
    } = "stat", InSentence, "`{{stat table.row.column}}`", "statistics/*.toml",
        [path] => data.stat(path)?;
    /// A citation mark.
    Cite(SourceId) = "cite", InSentence, "`{{cite source}}`", "sources.toml",
        [id] => Self::Cite(data.source(id)?);
    /// A certification's name, linked.
    Cert(String) = "cert", InSentence, "`{{cert certification}}`", "certifications.toml",
        [id] => Self::Cert(data.certification(id)?);
    /// A resource's title, linked.
    Resource(String) = "resource", InSentence, "`{{resource id}}`", "resources.toml",
        [id] => Self::Resource(data.resource(id)?);
    /// The guide's own bands as bars; the countries named, or all.
    PayChart(Vec<CountryCode>) = "pay-chart", OnItsOwn, "`{{pay-chart}}`", "salaries/*.toml",
        codes => Self::PayChart(data.countries(codes)?);
    /// The guide's own bands as a table; the countries named, or all.
    PayTable(Vec<CountryCode>) = "pay-table", OnItsOwn, "`{{pay-table}}`", "salaries/*.toml",
        codes => Self::PayTable(data.countries(codes)?);
    /// What the program finds in the table of pay.
    PayFindings = "pay-findings", OnItsOwn, "`{{pay-findings}}`", "salaries/*.toml",
        [] => Self::PayFindings;
    /// The strongest cities and the insight of each country.
    PayPlaces = "pay-places", OnItsOwn, "`{{pay-places}}`", "salaries/*.toml",
        [] => Self::PayPlaces;
    /// A statistics table.
    StatTable(String) = "stat-table", OnItsOwn, "`{{stat-table table}}`", "statistics/*.toml",
        [id] => Self::StatTable(data.statistic(id)?.id.clone());
    /// A statistics table as bars.
    StatChart(String) = "stat-chart", OnItsOwn, "`{{stat-chart table}}`", "statistics/*.toml",
        [id] => Self::StatChart(data.statistic(id)?.id.clone());
    /// The certifications of a group, or of all groups, each with its anchor.
    Certifications(Option<String>) = "certifications", OnItsOwn,
        "`{{certifications}}` or `{{certifications group}}`", "certifications.toml",
        group @ ([] | [_]) => Self::Certifications(
            group.first().map(|group| data.group(group)).transpose()?,
        );
    /// A list of resources: those named, or all.
    Resources(Vec<String>) = "resources", OnItsOwn, "`{{resources}}`", "resources.toml",
        ids => Self::Resources(ids.iter().map(|id| data.resource(id)).collect::<Result<_, _>>()?);
    /// A picture drawn from the other files.
    Picture(String) = "picture", OnItsOwn, "`{{picture id}}`", "pictures.toml",
        [id] => Self::Picture(one_of(Code::UnknownPicture, id, data.pictures)?);
    /// A phase of the roadmap.
    Phase(String) = "phase", OnItsOwn, "`{{phase id}}`", "roadmap.toml",
        [id] => Self::Phase(one_of(Code::UnknownPhase, id, data.phases)?);
    /// A route through the roadmap.
    Route(String) = "route", OnItsOwn, "`{{route id}}`", "roadmap.toml",
        [id] => Self::Route(one_of(Code::UnknownRoute, id, data.routes)?);
    /// The numbered contents.
    Sections = "sections", OnItsOwn, "`{{sections}}`", "site.toml",
        [] => Self::Sections;
    /// The latest changes: so many, or all.
    Changes(usize) = "changes", OnItsOwn, "`{{changes}}` or `{{changes 3}}`", "changes.toml",
        count @ ([] | [_]) => Self::Changes(match count.first() {
            None => usize::MAX,
            Some(count) => {
                count.parse().ok().filter(|count| *count > 0).ok_or(Wrong::Arguments)?
            }
        });
}

/// Where in a page a directive may stand.
#[derive(PartialEq, Eq)]
enum Position {
    /// Among words.
    InSentence,
    /// Alone in a paragraph.
    OnItsOwn,
}

impl Directive {
    /// Whether it stands alone in a paragraph, rather than inside a sentence.
    pub fn is_block(&self) -> bool {
        self.position() == Position::OnItsOwn
    }

    /// Whether it shows the entry of that certification, and so its anchor.
    pub fn shows(&self, certification: &Certification) -> bool {
        match self {
            Self::Certifications(group) => {
                group.as_ref().is_none_or(|group| *group == certification.group)
            }
            _ => false,
        }
    }
}

/// What is wrong with the arguments of a directive.
enum Wrong {
    /// Their number, or how they are written.
    Arguments,
    /// This one should be `table.row.column`.
    FigurePath(String),
    /// They name something that does not exist: the code, the message and the help.
    Unknown(Code, String, Option<String>),
}

/// Reads the directive at a place of a page, braces included; none, and a problem, where it has a
/// mistake. None alone where the file cannot be read that declares what is missing, which has been
/// reported.
pub(super) fn parse(
    page: &FileText<'_>,
    place: &Range<usize>,
    data: &LoadedData<'_>,
) -> Option<Directive> {
    let error = |code, message: String| page.error(code, place.start, message);
    let mut words = page.text[place.start + 2..place.end - 2].split_whitespace();
    let Some(name) = words.next() else {
        error(Code::UnknownDirective, "this directive is empty".to_owned())
            .help("write a name between the braces, or put them into `code`");
        return None;
    };
    let Some((_, usage, file)) = DIRECTIVES.iter().find(|(known, ..)| *known == name) else {
        error(Code::UnknownDirective, format!("there is no directive `{name}`"))
            .suggest(name, DIRECTIVES.iter().map(|(known, ..)| *known));
        return None;
    };
    let arguments: Vec<&str> = words.collect();
    match Directive::read(name, &arguments, data) {
        Ok(directive) => return Some(directive),
        Err(Wrong::Arguments) => {
            let message = format!("`{name}` does not take these arguments");
            error(Code::DirectiveArguments, message).help(format!("write {usage}"));
        }
        Err(Wrong::FigurePath(path)) => {
            error(Code::DirectiveArguments, format!("`{path}` is no figure"))
                .help("write table.row.column");
        }
        Err(Wrong::Unknown(..)) if data.may_lack(file, &arguments) => {}
        Err(Wrong::Unknown(code, message, help)) => {
            let reported = error(code, message);
            if let Some(help) = help {
                reported.help(help);
            }
        }
    }
    None
}

/// The name, if it is one of those known.
fn one_of<'n>(
    code: Code,
    name: &str,
    known: impl IntoIterator<Item = &'n (impl AsRef<str> + ?Sized + 'n)>,
) -> Result<String, Wrong> {
    let known: Vec<&str> = known.into_iter().map(AsRef::as_ref).collect();
    if known.contains(&name) {
        return Ok(name.to_owned());
    }
    let what = code.as_str().trim_start_matches("unknown-");
    let message = format!("there is no {what} `{name}`");
    Err(Wrong::Unknown(code, message, suggest(name, known)))
}

/// The data files that are read before the pages, because directives, links and recorded changes
/// refer to what they declare.
#[derive(Debug)]
pub(super) struct LoadedData<'a> {
    pub(super) salaries: &'a SalaryData,
    pub(super) statistics: &'a [Statistic],
    pub(super) certifications: &'a [Certification],
    pub(super) resources: &'a [Resource],
    /// Ids of pictures.
    pub(super) pictures: &'a [String],
    /// Ids of the roadmap's phases.
    pub(super) phases: &'a [String],
    /// Ids of its routes.
    pub(super) routes: &'a [String],
    pub(super) files: &'a Files,
    pub(super) problems: &'a Problems,
}

impl LoadedData<'_> {
    /// Whether a file could not be read whole: what seems missing in it may be there.
    pub(super) fn is_broken(&self, path: &str) -> bool {
        self.problems.is_broken(&self.files.name(path))
    }

    /// The same of the files that arguments name: `salaries/*.toml` for `in`, `statistics/*.toml`
    /// for `demand.row.column`.
    fn may_lack(&self, path: &str, arguments: &[&str]) -> bool {
        let Some((folder, ending)) = path.split_once('*') else { return self.is_broken(path) };
        arguments.iter().any(|argument| {
            let (id, _) = argument.split_once('.').unwrap_or((argument, ""));
            self.is_broken(&format!("{folder}{id}{ending}"))
        })
    }

    fn pay(&self, code: &str, level: &str) -> Result<Directive, Wrong> {
        let country = self.country(code)?;
        let levels = country.bands.iter().map(|band| band.level.as_str());
        let level = one_of(Code::UnknownLevel, level, levels)?;
        Ok(Directive::Pay(country.code.clone(), LevelId::new(level)))
    }

    fn country(&self, code: &str) -> Result<&Country, Wrong> {
        let codes = self.salaries.countries.iter().map(|country| country.code.as_str());
        one_of(Code::UnknownCountry, code, codes)?;
        self.salaries.country(code).ok_or(Wrong::Arguments)
    }

    fn countries(&self, codes: &[&str]) -> Result<Vec<CountryCode>, Wrong> {
        codes.iter().map(|code| Ok(self.country(code)?.code.clone())).collect()
    }

    fn source(&self, id: &str) -> Result<SourceId, Wrong> {
        let ids = self.salaries.sources.iter().map(|source| source.id.as_str());
        one_of(Code::UnknownSource, id, ids).map(SourceId::new)
    }

    fn certification(&self, id: &str) -> Result<String, Wrong> {
        let ids = self.certifications.iter().map(|certification| &*certification.id);
        one_of(Code::UnknownCertification, id, ids)
    }

    fn group(&self, name: &str) -> Result<String, Wrong> {
        let groups = self.certifications.iter().map(|certification| &*certification.group);
        one_of(Code::UnknownGroup, name, groups)
    }

    fn resource(&self, id: &str) -> Result<String, Wrong> {
        one_of(Code::UnknownResource, id, self.resources.iter().map(|resource| &*resource.id))
    }

    fn statistic(&self, id: &str) -> Result<&Statistic, Wrong> {
        one_of(Code::UnknownStatistic, id, self.statistics.iter().map(|table| &*table.id))?;
        self.statistics.iter().find(|table| table.id == id).ok_or(Wrong::Arguments)
    }

    fn stat(&self, path: &str) -> Result<Directive, Wrong> {
        let parts: Vec<&str> = path.split('.').collect();
        let [id, row, column] = parts[..] else {
            return Err(Wrong::FigurePath(path.to_owned()));
        };
        let table = self.statistic(id)?;
        let row = one_of(Code::UnknownRow, row, table.rows.iter().map(|row| &*row.id))?;
        let columns = table.columns.iter().map(|column| &*column.id);
        let column = one_of(Code::UnknownColumn, column, columns)?;
        if table.cell(&row, &column).is_none() {
            let message = format!("`{id}` gives no figure for row `{row}` in column `{column}`");
            return Err(Wrong::Unknown(Code::MissingFigure, message, None));
        }
        Ok(Directive::Stat { statistic: id.to_owned(), row, column })
    }
}
