//! Owns the order in which a guide is read. The entry points are [`Content::load`] and
//! [`Content::from_files`]. Must not know what a file means: that is the duty of its reader.

mod files;
mod fold;
mod images;
mod page;
mod pay;
mod redirects;

use std::collections::BTreeMap;

use super::diagnostics::{Code, Diagnostics, FileText, Problems};
use super::directives::LoadedData;
use super::links::{Index, PageIndex, PageKey};
use super::markdown::{MaskedText, Parsed, Rendering};
use super::source::{Files, Source};
use super::tables;
use super::tables::guide_files::GuideFiles;
use super::tables::names::ids_of;
use super::tables::site::Site;
use super::{Callouts, Content, Section};
use crate::address;
use crate::id::SectionId;
use files::section_id;
use page::FrontMatter;
use redirects::check_redirects;

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
            // There is no folder to read. Its missing files are not reported as well.
            return Err(problems.into_diagnostics());
        }
        let texts = files::texts(&files, &problems);
        let guide = GuideFiles { texts: &texts, files: &files, problems: &problems, edition: None };
        let content = read(guide);
        match content {
            Some(mut content) if problems.is_empty() => {
                content.images = images::images(files);
                content.warnings = problems.into_diagnostics().list().to_vec();
                Ok(content)
            }
            _ => Err(problems.into_diagnostics()),
        }
    }
}

/// Reads all files, what others refer to before what refers to it. None when a file is missing
/// without which there is no guide. Images and warnings are left out.
fn read(mut guide: GuideFiles<'_>) -> Option<Content> {
    // The date of the edition comes first: no other date of the guide may be after it.
    let site = tables::site::read(&guide);
    guide.edition = site.as_ref().and_then(|site| site.date.as_ref()).map(|date| date.value);
    files::check_required(&guide);
    files::check_names(&guide);
    files::check_sections(&guide, site.as_ref());
    images::check_images(&guide);

    // Data that refers to no page.
    let (salaries, declared, expiries) = pay::read(&guide, site.as_ref().map(|site| &site.info));
    let statistics = tables::statistics::read(&guide, &declared);
    let certifications = tables::certifications::read(&guide, &declared);
    let resources = tables::resources::read(&guide);
    let synonyms = tables::synonyms::read(&guide);

    // Data that refers to pages, and to which pages refer: parsed now for its ids, resolved below.
    let roadmap = tables::roadmap::parse(&guide);
    let pictures = tables::pictures::parse(&guide);

    // Pages, their directives checked against the data above.
    let data = LoadedData {
        salaries: &salaries,
        statistics: &statistics,
        certifications: &certifications,
        resources: &resources,
        pictures: &ids_of(&pictures),
        phases: &ids_of(&roadmap.phases),
        routes: &ids_of(&roadmap.routes),
        files: guide.files,
        problems: guide.problems,
    };
    let fronts = front_matters(&guide);
    let masked: Vec<MaskedText> =
        fronts.iter().map(|front| MaskedText::new(front.file.text, front.body)).collect();
    let parsed: Vec<Parsed<'_>> = fronts
        .iter()
        .zip(&masked)
        .map(|(front, masked)| Parsed::new(front.file, masked, &data))
        .collect();

    // Everything that links may lead to is known now, so links can be resolved: first those of
    // data.
    let index = index(&guide, &data, &fronts, &parsed);
    let changes = tables::changes::read(&guide, &index, &data);
    let ids = resources.iter().map(|resource| &resource.id);
    let names = guide.names("resources.toml", Code::UnknownResource, ids);
    let roadmap = roadmap.resolve(&guide, &index, &names);
    let skills = tables::skills::read(&guide, &index, &names, &roadmap);
    let pictures = tables::pictures::resolve(&pictures, &guide, &index);
    let mut redirects = tables::site::redirects(&guide, &index);

    // Then those of pages, whose old addresses are redirects too.
    let english = Callouts::default();
    let callouts = site.as_ref().map_or(&english, |site| &site.info.callouts);
    let mut pages = BTreeMap::new();
    for (front, parsed) in fronts.iter().zip(&parsed) {
        let rendering = Rendering { path: front.path, index: &index, callouts };
        let page = page::page(front, parsed, &rendering, guide.edition, &mut redirects);
        pages.insert(front.path.to_owned(), page);
    }
    check_redirects(&redirects, &index);
    fold::missing_glyphs(&guide);
    fold::future_dates(&guide, site.as_ref());

    let home = pages.remove("home.md");
    let about = pages.remove("about.md");
    let Site { info, sections, .. } = site?;
    let sections = sections.into_iter().filter_map(|id| {
        let page = pages.remove(&format!("guide/{}.md", id.value))?;
        Some(Section { id: SectionId::new(id.value), page })
    });
    Some(Content {
        site: info,
        home: home?,
        about: about?,
        sections: sections.collect(),
        salaries,
        statistics,
        certifications,
        resources,
        roadmap,
        skills,
        pictures,
        changes,
        synonyms,
        redirects: redirects.into_iter().map(|(_, redirect)| redirect.value).collect(),
        images: Vec::new(),
        expiries,
        warnings: Vec::new(),
    })
}

/// The pages with their front matter.
fn front_matters<'a>(guide: &GuideFiles<'a>) -> Vec<FrontMatter<'a>> {
    let is_page =
        |path: &str| ["home.md", "about.md"].contains(&path) || section_id(path).is_some();
    let pages = guide.texts.iter().filter(|(path, _)| is_page(path));
    pages
        .map(|(path, (name, text))| {
            FrontMatter::read(FileText { name, text, problems: guide.problems }, path)
        })
        .collect()
}

/// Checks the Markdown of all pages, and gives everything that links may lead to.
fn index<'i>(
    guide: &GuideFiles<'i>,
    data: &LoadedData<'i>,
    fronts: &[FrontMatter<'_>],
    parsed: &[Parsed<'_>],
) -> Index<'i> {
    let pages = fronts.iter().zip(parsed).map(|(front, parsed)| {
        let page = match front.path {
            "home.md" => PageKey::Home,
            "about.md" => PageKey::About,
            path => PageKey::Section(SectionId::new(section_id(path).unwrap_or(path))),
        };
        let anchors = parsed.anchors(data.certifications);
        (front.path.to_owned(), PageIndex { page, anchors })
    });
    let images = guide.files.files.keys().filter_map(|path| path.strip_prefix("images/"));
    let mut index = Index::new(pages.collect(), data.salaries, images.collect(), guide.files);
    let plan = ["roadmap.toml", "skills.toml"].iter().any(|file| guide.texts.contains_key(*file));
    index.made = plan.then(|| address::PLAN.to_owned()).into_iter().collect();
    index.made.extend(
        data.pictures.iter().flat_map(|id| [address::picture_svg(id), address::picture_png(id)]),
    );
    index
}
