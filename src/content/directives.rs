//! Owns the places in a page where the program puts data: `{{name arguments}}`.

use super::diagnostics::{Code, Problems, suggest};
use super::source::Files;
use super::tables::certifications::Certification;
use super::tables::resources::Resource;
use super::tables::statistics::Statistic;
use crate::id::{CountryCode, LevelId, SourceId};
use crate::pay::{Country, SalaryData};

/// A place for data, its arguments checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// `{{pay in entry}}`: the guide's own band, inside a sentence.
    Pay(CountryCode, LevelId),
    /// `{{stat id.row.column}}`: one figure with its citation, inside a sentence.
    Stat {
        /// The table.
        statistic: String,
        /// The row's id.
        row: String,
        /// The column's id.
        column: String,
    },
    /// `{{cite id}}`: a citation mark.
    Cite(SourceId),
    /// `{{cert id}}`: a certification's name, linked.
    Cert(String),
    /// `{{resource id}}`: a resource's title, linked.
    Resource(String),
    /// `{{pay-chart}}`: the guide's own bands as bars; the countries named, or all.
    PayChart(Vec<CountryCode>),
    /// `{{pay-table}}`: the guide's own bands as a table; the countries named, or all.
    PayTable(Vec<CountryCode>),
    /// `{{pay-findings}}`: what the program finds in the table.
    PayFindings,
    /// `{{pay-places}}`: strongest cities and insight of each country.
    PayPlaces,
    /// `{{stat-table id}}`.
    StatTable(String),
    /// `{{stat-chart id}}`.
    StatChart(String),
    /// `{{certifications group}}`: all groups without one.
    Certifications(Option<String>),
    /// `{{resources id id}}`: all without any.
    Resources(Vec<String>),
    /// `{{picture id}}`: a picture drawn from the other files.
    Picture(String),
    /// `{{phase id}}`: a phase of the roadmap.
    Phase(String),
    /// `{{route id}}`: a route through the roadmap.
    Route(String),
    /// `{{sections}}`: the numbered contents.
    Sections,
    /// `{{changes 3}}`: the latest changes.
    Changes(usize),
}

impl Directive {
    /// Whether it stands alone in a paragraph, rather than inside a sentence.
    pub fn is_block(&self) -> bool {
        !matches!(
            self,
            Self::Pay(..) | Self::Stat { .. } | Self::Cite(_) | Self::Cert(_) | Self::Resource(_)
        )
    }

    /// Whether it shows the entry of that certification, and so its anchor.
    pub fn shows(&self, certification: &Certification) -> bool {
        match self {
            Self::Certifications(Some(group)) => *group == certification.group,
            Self::Certifications(None) => true,
            _ => false,
        }
    }
}

/// What directives may refer to.
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
}

const NAMES: [&str; 18] = [
    "pay",
    "stat",
    "cite",
    "cert",
    "resource",
    "pay-chart",
    "pay-table",
    "pay-findings",
    "pay-places",
    "stat-table",
    "stat-chart",
    "certifications",
    "resources",
    "picture",
    "phase",
    "route",
    "sections",
    "changes",
];

/// What is wrong with a directive: the code, the message and the help of the problem.
type Wrong = (Code, String, Option<String>);

/// Reads what stands between `{{` and `}}`.
pub(super) fn parse(text: &str, known: &LoadedData<'_>) -> Result<Directive, Wrong> {
    let mut words = text.split_whitespace();
    let Some(name) = words.next() else {
        let help = "write a name between the braces, or put them into `code`".to_owned();
        return Err((Code::UnknownDirective, "this directive is empty".to_owned(), Some(help)));
    };
    let arguments: Vec<&str> = words.collect();
    let found = match (name, arguments.as_slice()) {
        ("pay", [country, level]) => pay(country, level, known)?,
        ("stat", [path]) => stat(path, known)?,
        ("cite", [id]) => {
            let ids = known.salaries.sources.iter().map(|s| s.id.as_str());
            Directive::Cite(SourceId::new(one_of(Code::UnknownSource, id, ids)?))
        }
        ("cert", [id]) => {
            let ids = known.certifications.iter().map(|c| c.id.as_str());
            Directive::Cert(one_of(Code::UnknownCertification, id, ids)?.to_owned())
        }
        ("resource", [id]) => Directive::Resource(resource(id, known)?),
        ("pay-chart", codes) => Directive::PayChart(countries(codes, known)?),
        ("pay-table", codes) => Directive::PayTable(countries(codes, known)?),
        ("pay-findings", []) => Directive::PayFindings,
        ("pay-places", []) => Directive::PayPlaces,
        ("stat-table", [id]) => Directive::StatTable(statistic(id, known)?.id.clone()),
        ("stat-chart", [id]) => Directive::StatChart(statistic(id, known)?.id.clone()),
        ("certifications", []) => Directive::Certifications(None),
        ("certifications", [group]) => {
            let groups = known.certifications.iter().map(|c| c.group.as_str());
            Directive::Certifications(Some(one_of(Code::UnknownGroup, group, groups)?.to_owned()))
        }
        ("resources", ids) => Directive::Resources(
            ids.iter().map(|id| resource(id, known)).collect::<Result<_, _>>()?,
        ),
        ("picture", [id]) => Directive::Picture(named(Code::UnknownPicture, id, known.pictures)?),
        ("phase", [id]) => Directive::Phase(named(Code::UnknownPhase, id, known.phases)?),
        ("route", [id]) => Directive::Route(named(Code::UnknownRoute, id, known.routes)?),
        ("sections", []) => Directive::Sections,
        ("changes", [count]) if count.parse::<usize>().is_ok_and(|n| n > 0) => {
            Directive::Changes(count.parse().unwrap_or(1))
        }
        ("changes", []) => Directive::Changes(usize::MAX),
        _ if NAMES.contains(&name) => {
            return Err((
                Code::DirectiveArguments,
                format!("`{name}` does not take these arguments"),
                usage(name).map(|usage| format!("write {usage}")),
            ));
        }
        _ => {
            let message = format!("there is no directive `{name}`");
            return Err((Code::UnknownDirective, message, suggest(name, NAMES)));
        }
    };
    Ok(found)
}

/// Whether what a directive does not find may be there, in a file that cannot be read whole.
pub(super) fn may_be_there(code: Code, text: &str, known: &LoadedData<'_>) -> bool {
    let arguments = || text.split_whitespace().skip(1);
    match code {
        Code::UnknownSource => known.is_broken("sources.toml"),
        Code::UnknownCertification | Code::UnknownGroup => known.is_broken("certifications.toml"),
        Code::UnknownResource => known.is_broken("resources.toml"),
        Code::UnknownPicture => known.is_broken("pictures.toml"),
        Code::UnknownPhase | Code::UnknownRoute => known.is_broken("roadmap.toml"),
        Code::UnknownCountry | Code::UnknownLevel => {
            arguments().any(|code| known.is_broken(&format!("salaries/{code}.toml")))
        }
        Code::UnknownStatistic | Code::UnknownRow | Code::UnknownColumn | Code::MissingFigure => {
            arguments().any(|path| {
                let id = path.split('.').next().unwrap_or_default();
                known.is_broken(&format!("statistics/{id}.toml"))
            })
        }
        _ => false,
    }
}

fn usage(name: &str) -> Option<&'static str> {
    Some(match name {
        "pay" => "`{{pay country level}}`",
        "stat" => "`{{stat table.row.column}}`",
        "cite" => "`{{cite source}}`",
        "cert" => "`{{cert certification}}`",
        "resource" => "`{{resource id}}`",
        "pay-findings" => "`{{pay-findings}}`",
        "pay-places" => "`{{pay-places}}`",
        "stat-table" => "`{{stat-table table}}`",
        "stat-chart" => "`{{stat-chart table}}`",
        "certifications" => "`{{certifications}}` or `{{certifications group}}`",
        "picture" => "`{{picture id}}`",
        "phase" => "`{{phase id}}`",
        "route" => "`{{route id}}`",
        "sections" => "`{{sections}}`",
        "changes" => "`{{changes}}` or `{{changes 3}}`",
        _ => return None,
    })
}

fn one_of<'n>(
    code: Code,
    name: &str,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Result<&'n str, Wrong> {
    known.clone().find(|known| *known == name).ok_or_else(|| {
        let what = code.as_str().trim_start_matches("unknown-");
        (code, format!("there is no {what} `{name}`"), suggest(name, known))
    })
}

fn countries(codes: &[&str], known: &LoadedData<'_>) -> Result<Vec<CountryCode>, Wrong> {
    codes.iter().map(|code| country(code, known).map(|c| c.code.clone())).collect()
}

fn country<'k>(code: &str, known: &LoadedData<'k>) -> Result<&'k Country, Wrong> {
    let codes = known.salaries.countries.iter().map(|c| c.code.as_str());
    let code = one_of(Code::UnknownCountry, code, codes)?;
    let missing = || (Code::UnknownCountry, format!("there is no country `{code}`"), None);
    known.salaries.country(code).ok_or_else(missing)
}

fn pay(code: &str, level: &str, known: &LoadedData<'_>) -> Result<Directive, Wrong> {
    let country = country(code, known)?;
    let levels = country.bands.iter().map(|band| band.level.as_str());
    let level = one_of(Code::UnknownLevel, level, levels)?;
    Ok(Directive::Pay(country.code.clone(), LevelId::new(level)))
}

fn resource(id: &str, known: &LoadedData<'_>) -> Result<String, Wrong> {
    let ids = known.resources.iter().map(|r| r.id.as_str());
    one_of(Code::UnknownResource, id, ids).map(str::to_owned)
}

fn named(code: Code, id: &str, known: &[String]) -> Result<String, Wrong> {
    one_of(code, id, known.iter().map(String::as_str)).map(str::to_owned)
}

fn statistic<'k>(id: &str, known: &LoadedData<'k>) -> Result<&'k Statistic, Wrong> {
    let ids = known.statistics.iter().map(|s| s.id.as_str());
    let id = one_of(Code::UnknownStatistic, id, ids)?;
    let missing = || (Code::UnknownStatistic, format!("there is no statistic `{id}`"), None);
    known.statistics.iter().find(|s| s.id == id).ok_or_else(missing)
}

fn stat(path: &str, known: &LoadedData<'_>) -> Result<Directive, Wrong> {
    let parts: Vec<&str> = path.split('.').collect();
    let [id, row, column] = parts[..] else {
        let help = "write table.row.column".to_owned();
        return Err((Code::DirectiveArguments, format!("`{path}` is no figure"), Some(help)));
    };
    let table = statistic(id, known)?;
    one_of(Code::UnknownRow, row, table.rows.iter().map(|r| r.id.as_str()))?;
    one_of(Code::UnknownColumn, column, table.columns.iter().map(|c| c.id.as_str()))?;
    if table.cell(row, column).is_none() {
        let message = format!("`{id}` gives no figure for row `{row}` in column `{column}`");
        return Err((Code::MissingFigure, message, None));
    }
    let [id, row, column] = [id, row, column].map(str::to_owned);
    Ok(Directive::Stat { statistic: id, row, column })
}
