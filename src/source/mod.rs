//! Reading: settings files become typed values that remember where they were written.
//!
//! In: the root folder of a site. Out: a [`Source`]: every `settings.yaml` parsed, every value with its span, every
//! file listed with its `Stat`. Nothing is checked against anything else yet: settings may name a photo that does
//! not exist. Must not open a picture, and must not fill in defaults: values that the author left out are `None`.

mod changed;
mod check;
mod data;
mod edit;
mod empty;
mod file;
mod file_kind;
mod folder;
mod keys;
mod litter;
mod made_up;
mod model;
mod natural;
mod options;
mod path;
mod read;
mod scalar;
mod schema;
mod section;
mod settings;
mod shown;
mod suggest;
mod template;
mod templates;
mod theme;
mod typed;
mod unusable;
mod value;
mod walk;
mod yaml;

#[cfg(test)]
mod tests;
#[cfg(all(test, unix))]
mod unusable_tests;

pub use changed::changed;
#[cfg(test)]
pub(crate) use check::title_of;
pub use check::{SettingsKind, check_text};
pub use data::Data;
pub use edit::{Beside, Edit, SettingsEntry, dashed, row_lines};
pub use empty::{empty_site, unbuilt, unmounted};
pub use file_kind::{FileKind, is_picture, is_raw, is_shown, is_still, is_video, kind};
pub use litter::{is_content, litter};
pub use made_up::{Unwritten, folder_of, refused, root_text, unwritten};
pub use model::{FileEntry, Folder, Source};
pub use natural::natural;
pub use options::{FfmpegOptions, Geometry, PictureOptions};
pub use path::{SETTINGS, SitePath, percent_encoded};
pub use scalar::quoted;
pub use schema::{Unknown, modeline, schema};
pub use section::{MediaKind, MediaRef, Overlay, Rows, Section, SectionKind, SectionType};
pub use settings::{
    BuildSettings, Captions, Damaged, Deploy, DiagnosticSettings, Fit, Full, GallerySettings, ImageSettings, Licence,
    MenuEntry, Protect, RootSettings, Unreadable,
};
pub use shown::{shown, title_of_folder};
pub use suggest::{Slip, nearest, nearest_by};
pub use template::{Template, section_of_template, section_template};
pub use theme::Theme;
pub use unusable::WasPublished;
pub use value::Spanned;
pub use walk::{misspelled_settings, read};
