//! Owns the data files of the guide: one submodule a kind of file, with its types and its reader.
//! What several files share stands in `dates`, `guide_files`, `names` and `survey`. Must not know
//! Markdown.

pub mod certifications;
pub mod changes;
pub(super) mod countries;
pub mod dates;
pub(super) mod guide_files;
pub(super) mod money;
pub(super) mod names;
pub mod pictures;
pub mod resources;
pub mod roadmap;
pub mod site;
pub mod skills;
pub(super) mod sources;
pub mod statistics;
mod survey;
pub(super) mod synonyms;
pub(super) mod take_home;
