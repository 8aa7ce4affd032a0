//! Owns the order in which a guide is read: first what others refer to, then what refers to it.

mod files;
mod page;
mod pictures;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::diagnostics::{Code, Diagnostic, Diagnostics, FileText, Problems};
use super::directives::LoadedData;
use super::links::{Index, PageIndex, PageKey, is_reserved};
use super::markdown::{MaskedText, Parsed, Rendering};
use super::reader::Spanned;
use super::source::{Files, Source};
use super::tables::site::Site;
use super::tables::{self, Declarations, DeclaredNames, ExpiryDate, FileState, GuideFiles};
use super::{Callouts, Content, Image, Redirect, Section, SiteInfo};
use crate::id::SectionId;
use crate::pay::SalaryData;
use files::section_id;
use page::FrontMatter;

impl Content {
    /// Reads a whole guide.
    ///
    /// # Errors
    /// Every problem of the guide, each with its place and a remedy.
    pub fn load(source: &Source) -> Result<Self, Diagnostics> {
        let problems = Problems::default();
        let files = source.read(&problems);
        Self::from_files(files, problems)
    }

    /// Makes a guide of files that are read already, however they came.
    ///
    /// # Errors
    /// As [`Content::load`], with the problems found so far.
    pub fn from_files(files: Files, problems: Problems) -> Result<Self, Diagnostics> {
        if files.files.is_empty() && !problems.is_empty() {
            return Err(problems.into_diagnostics()); // there is no folder, which was told
        }
        let texts = files::texts(&files, &problems);
        let content = Loader { files: &files, texts: &texts, problems: &problems }.content();
        match content {
            Some(mut content) if problems.is_empty() => {
                content.images = images(files);
                content.warnings = problems.into_diagnostics().list().to_vec();
                Ok(content)
            }
            _ => Err(problems.into_diagnostics()),
        }
    }
}

struct Loader<'a> {
    files: &'a Files,
    texts: &'a BTreeMap<String, (String, String)>,
    problems: &'a Problems,
}

impl<'a> Loader<'a> {
    fn content(&self) -> Option<Content> {
        self.check_required();
        let mut guide = GuideFiles {
            texts: self.texts,
            files: self.files,
            problems: self.problems,
            edition: None,
        };
        let site = tables::site::read(&guide);
        guide.edition = site.as_ref().and_then(|site| site.date.as_ref()).map(|date| date.value);
        let (salaries, declared, expiries) = salaries(&guide, site.as_ref().map(|site| &site.info));
        let statistics = tables::statistics::read(&guide, &declared);
        let certifications = tables::certifications::read(&guide, &declared);
        let resources = tables::resources::read(&guide);
        let synonyms = tables::synonyms::read(&guide);
        let ids = |file, key| tables::ids_of(&guide, file, key);
        let pictures = ids("pictures.toml", "picture");
        let (phases, routes) = (ids("roadmap.toml", "phase"), ids("roadmap.toml", "route"));
        files::check_names(self.files, self.problems);
        pictures::check_pictures(self.files, self.problems);
        if let (Some(site), Some(file)) = (&site, guide.file("site.toml")) {
            files::check_sections(self.files, &file, &site.sections);
        }

        let known = LoadedData {
            salaries: &salaries,
            statistics: &statistics,
            certifications: &certifications,
            resources: &resources,
            pictures: &pictures,
            phases: &phases,
            routes: &routes,
            files: self.files,
            problems: self.problems,
        };
        let fronts: Vec<FrontMatter<'_>> = self.fronts();
        let masked: Vec<MaskedText> =
            fronts.iter().map(|front| MaskedText::new(front.file.text, front.body)).collect();
        let parsed: Vec<Parsed<'_>> = fronts
            .iter()
            .zip(&masked)
            .map(|(front, masked)| Parsed::new(front.file, masked, &known))
            .collect();
        let index = self.index(&known, &fronts, &parsed);
        let changes = tables::changes::read(&guide, &index, &known);
        let names = guide.names("resources.toml", resources.iter().map(|r| r.id.clone()));
        let roadmap = tables::roadmap::read(&guide, &index, &names);
        let skills = tables::skills::read(&guide, &index, &names, &roadmap);
        let drawn = tables::pictures::read(&guide, &index);
        let mut redirects: Vec<PlacedRedirect> = tables::site::redirects(&guide, &index)
            .into_iter()
            .map(|redirect| PlacedRedirect { file: "redirects.toml".to_owned(), redirect })
            .collect();

        let plain = Callouts::default();
        let callouts = site.as_ref().map_or(&plain, |site| &site.info.callouts);
        let mut pages = BTreeMap::new();
        for (front, parsed) in fronts.iter().zip(&parsed) {
            let rendering = Rendering { path: front.path, index: &index, callouts };
            let page = page::page(front, parsed, &rendering, guide.edition, &mut redirects);
            pages.insert(front.path.to_owned(), page);
        }
        self.check_redirects(&redirects, &index);
        if let Some(Site { date: Some(date), .. }) = &site
            && let Some(file) = guide.file("site.toml")
        {
            fold_future_dates(&file, date);
        }
        self.fold_missing_glyphs();
        let home = pages.remove("home.md");
        let about = pages.remove("about.md");
        let Site { info, sections: order, .. } = site?;
        let sections = order
            .into_iter()
            .filter_map(|id| {
                let page = pages.remove(&format!("guide/{}.md", id.value))?;
                Some(Section { id: SectionId::new(id.value), page })
            })
            .collect();
        Some(Content {
            site: info,
            home: home?,
            about: about?,
            sections,
            salaries,
            statistics,
            certifications,
            resources,
            roadmap,
            skills,
            pictures: drawn,
            changes,
            synonyms,
            redirects: redirects.into_iter().map(|redirect| redirect.redirect.value).collect(),
            images: Vec::new(),
            expiries,
            warnings: Vec::new(),
        })
    }

    fn check_required(&self) {
        for required in ["site.toml", "home.md", "about.md"] {
            if !self.files.files.contains_key(required)
                && !self.problems.is_broken(&self.files.name(required))
            {
                let message = "this file is missing";
                let help = Some("every guide has one: write it".to_owned());
                files::problem(
                    self.files,
                    self.problems,
                    Code::MissingFile,
                    required,
                    message,
                    help,
                );
            }
        }
    }

    /// The pages with their front matter.
    fn fronts(&self) -> Vec<FrontMatter<'a>> {
        self.texts
            .iter()
            .filter(|(path, _)| {
                ["home.md", "about.md"].contains(&path.as_str()) || section_id(path).is_some()
            })
            .map(|(path, (name, text))| {
                FrontMatter::read(FileText { name, text, problems: self.problems }, path)
            })
            .collect()
    }

    fn index<'i>(
        &'i self,
        known: &LoadedData<'i>,
        fronts: &[FrontMatter<'_>],
        parsed: &[Parsed<'_>],
    ) -> Index<'i> {
        let pages = fronts.iter().zip(parsed).map(|(front, parsed)| {
            let page = match front.path {
                "home.md" => PageKey::Home,
                "about.md" => PageKey::About,
                path => PageKey::Section(SectionId::new(section_id(path).unwrap_or(path))),
            };
            let anchors = parsed.anchors(known.certifications);
            (front.path.to_owned(), PageIndex { page, anchors })
        });
        let images = self.files.files.keys().filter_map(|path| path.strip_prefix("images/"));
        let mut index = Index::new(pages.collect(), known.salaries, images.collect(), self.files);
        let plan =
            ["roadmap.toml", "skills.toml"].iter().any(|file| self.texts.contains_key(*file));
        index.made = plan.then(|| "/plan".to_owned()).into_iter().collect();
        index.made.extend(
            known
                .pictures
                .iter()
                .flat_map(|id| ["svg", "png"].map(|ending| format!("/pictures/{id}.{ending}"))),
        );
        index
    }

    /// A guide in another script is told once that pictures cannot show it, not once a text.
    fn fold_missing_glyphs(&self) {
        let all = self.problems.take(Code::MissingGlyph, MANY_MISSING_GLYPHS);
        if let Some(first) =
            all.into_iter().min_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)))
        {
            let message = format!("here and in many other texts, {}", first.message);
            self.problems.push(Diagnostic { message, ..first });
        }
    }

    fn check_redirects(&self, redirects: &[PlacedRedirect], index: &Index<'_>) {
        let mut seen = BTreeSet::new();
        for PlacedRedirect { file, redirect } in redirects {
            let (name, text) = &self.texts[file];
            let file = FileText { name, text, problems: self.problems };
            let from = redirect.value.from.as_str();
            if index.has_path(from) {
                file.error(
                    Code::AliasShadowsPage,
                    redirect.span.clone(),
                    format!("`{from}` is a page of this site, which the redirect would hide"),
                    "choose another path, or delete the page".to_owned(),
                );
            } else if is_reserved(from) {
                file.error(
                    Code::AliasShadowsPage,
                    redirect.span.clone(),
                    format!("`{from}` is an address that the program keeps for itself"),
                    "choose another path".to_owned(),
                );
            } else if !seen.insert(from) {
                file.error(
                    Code::DuplicateId,
                    redirect.span.clone(),
                    format!("`{from}` is redirected twice"),
                    None,
                );
            }
        }
    }
}

/// A redirect, and the file that asks for it.
pub(super) struct PlacedRedirect {
    /// Path below the content folder.
    pub(super) file: String,
    /// The redirect and its place.
    pub(super) redirect: Spanned<Redirect>,
}

/// So many texts that pictures cannot show are no slips.
const MANY_MISSING_GLYPHS: usize = 8;

/// So many dates after that of the edition say that the edition's own is wrong.
const MANY_FUTURE_DATES: usize = 8;

fn fold_future_dates(site: &FileText<'_>, date: &Spanned<Date>) {
    let later = site.problems.take(Code::FutureDate, MANY_FUTURE_DATES);
    if let Some(first) = later.first() {
        let Diagnostic { file, line, .. } = first;
        site.error(
            Code::FutureDate,
            date.span.clone(),
            format!(
                "{} dates of this guide are after {}, that of the edition",
                later.len(),
                date.value
            ),
            format!("look for a wrong digit here, or at the dates, such as that of {file}:{line}"),
        );
    }
}

/// The pictures of a guide.
fn images(files: Files) -> Vec<Image> {
    files
        .files
        .into_iter()
        .filter_map(|(path, bytes)| {
            Some(Image { name: path.strip_prefix("images/")?.to_owned(), bytes })
        })
        .collect()
}

/// What is known of pay, the names that others may refer to, and until when what holds.
fn salaries(
    guide: &GuideFiles<'_>,
    site: Option<&SiteInfo>,
) -> (SalaryData, Declarations, Vec<ExpiryDate>) {
    let mut expiries = Vec::new();
    let mut data = SalaryData {
        career: site.map_or(String::new(), |site| site.career.clone()),
        edition: site.map_or(String::new(), |site| site.edition.clone()),
        small_sample_below: site.map_or(0, |site| site.small_sample_below),
        sources: tables::sources::read(guide),
        currencies: tables::money::currencies(guide),
        levels: tables::countries::levels(guide),
        ..SalaryData::default()
    };
    let ids = |name: &str| name.to_owned();
    let mut names = Declarations {
        levels: guide.names("levels.toml", data.levels.iter().map(|l| ids(l.id.as_str()))),
        currencies: guide
            .names("currencies.toml", data.currencies.iter().map(|c| ids(c.code.as_str()))),
        sources: guide.names("sources.toml", data.sources.iter().map(|s| ids(s.id.as_str()))),
        countries: DeclaredNames::default(),
        edition: guide.edition,
    };
    data.rates = tables::money::rates(guide, &names, &mut expiries);
    data.purchasing_power =
        tables::money::purchasing_power(guide, &names, data.rates.as_ref(), &mut expiries);
    data.countries = tables::countries::countries(guide, &names);
    if guide.problems.is_broken_below(&guide.files.name("salaries")) {
        names.countries.state = FileState::Broken;
    }
    names.countries.list = data.countries.iter().map(|c| ids(c.code.as_str())).collect();
    data.take_home =
        tables::take_home::read(guide, &names, &data.countries, &data.currencies, &mut expiries);
    (data, names, expiries)
}
