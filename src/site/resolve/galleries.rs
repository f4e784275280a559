//! Phase 4: the galleries.
//!
//! In: folders, references and files. Out: [`Galleries`]. Resolves the content of all galleries in the order of their
//! paths, then inherits covers, then assembles the galleries.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::model::{Body, Conversion, Cover, Gallery, GalleryId, Section};
use crate::site::policy::language;
use crate::site::resolve::folders::{Folders, GalleryFolder, is_public};
use crate::site::resolve::media::Resolver;
use crate::site::resolve::settings::{SiteSettings, accepted, fragment};
use crate::site::text::Fragment;
use crate::source::is_picture;
use crate::source::{Folder, MediaKind, SETTINGS, SitePath, is_content};

/// All galleries, and the conversions of their media.
pub(super) struct Galleries {
    /// Sorted by path.
    pub(super) list: Vec<Gallery>,
    /// Conversion of videos that have no options of their own.
    pub(super) video: Option<Conversion>,
    /// Conversion of each sound.
    pub(super) sounds: Vec<Option<Conversion>>,
}

/// Content of a gallery, before covers are inherited.
struct GalleryContent {
    language: String,
    cover: Option<Cover>,
    body: Body,
}

impl Galleries {
    /// Resolves all galleries. `settings_ok` means that no gallery is missing because of errors in its settings.
    pub(super) fn of(
        folders: &Folders<'_>,
        settings: &SiteSettings<'_>,
        settings_ok: bool,
        mut resolver: Resolver<'_>,
    ) -> Self {
        let mut contents = Vec::with_capacity(folders.list.len());
        for gallery in &folders.list {
            let content = resolver.content(folders, gallery.folder, settings);
            resolver.require_cover(gallery.folder, &content.body, settings_ok);
            contents.push(content);
        }
        let covers = covers(folders, &contents);
        let complete = folders.list.iter().zip(contents).zip(covers);
        let list = complete.map(|((folder, content), cover)| gallery(folder, content, cover, settings)).collect();
        let video = resolver.site_conversion();
        Self { list, video, sounds: resolver.finish() }
    }
}

fn gallery(
    place: &GalleryFolder<'_>,
    content: GalleryContent,
    cover: Option<Cover>,
    site: &SiteSettings<'_>,
) -> Gallery {
    let GalleryFolder { folder, parent, look, protection } = place;
    let settings = &folder.settings;
    let tags = settings.tags.iter().map(|tag| tag.value.trim().to_owned()).filter(|tag| !tag.is_empty());
    Gallery {
        path: folder.path.clone(),
        parent: *parent,
        title: Fragment::new(settings.title.value.clone()),
        sub_title: fragment(settings.sub_title.as_ref()),
        date: settings.date.map(|date| date.value),
        tags: tags.collect(),
        description: fragment(settings.description.as_ref()),
        dates: site.dates_in(&content.language),
        language: content.language,
        theme: look.theme,
        light: look.light,
        public: is_public(folder),
        password: protection.password.clone(),
        protect: protection.protect,
        cover,
        body: content.body,
    }
}

/// Returns the cover of each gallery: its own, or else, for an index, that of the first gallery inside. Galleries
/// come after the one around them, so in reverse order the covers of all galleries inside are known.
fn covers(folders: &Folders<'_>, contents: &[GalleryContent]) -> Vec<Option<Cover>> {
    let mut covers: Vec<Option<Cover>> = contents.iter().map(|content| content.cover.clone()).collect();
    let password = |id: usize| &folders.list[id].protection.password;
    for (id, content) in contents.iter().enumerate().rev() {
        if let (None, Body::Index(children)) = (&covers[id], &content.body) {
            // A cover that another password protects must not be visible without that password.
            let is_open = |child: &&GalleryId| {
                let child = password(child.index());
                child.is_none() || child == password(id)
            };
            covers[id] = children.iter().filter(is_open).find_map(|child| covers[child.index()].clone());
        }
    }
    covers
}

impl Resolver<'_> {
    fn content(&mut self, folders: &Folders<'_>, folder: &Folder, site: &SiteSettings<'_>) -> GalleryContent {
        let settings = &folder.settings;
        let language = accepted(settings.lang.as_ref().map(language::language), self.report);
        let language = language.unwrap_or_else(|| site.language.clone());
        self.language.clone_from(&language);
        let cover = settings.cover.as_ref().and_then(|cover| self.media(&folder.path, cover, None));
        let body = self.body(folders, folder);
        let cover = cover.or_else(|| self.instead_of_lost(folder, &body));
        GalleryContent { language, cover, body }
    }

    fn body(&mut self, folders: &Folders<'_>, folder: &Folder) -> Body {
        if !folder.children.is_empty() {
            return Body::Index(folders.index_of(folder));
        }
        let given = folder.settings.sections.iter().flat_map(|sections| &sections.value);
        let sections = given.filter_map(|section| self.section(&folder.path, section)).collect();
        match folder.settings.static_page {
            Some(flag) if flag.value => Body::Static(sections),
            _ => Body::Story(sections),
        }
    }

    /// Reports a public gallery without a cover: it has no photo, or its photos must not become covers by themselves.
    /// An index inherits a cover, and problems with that cover are reported where it is set. Covers are chosen only
    /// if there are no errors in settings.
    fn require_cover(&mut self, folder: &Folder, body: &Body, settings_ok: bool) {
        let childless = !folder.children.iter().any(is_public);
        if !settings_ok || !is_public(folder) || !childless || folder.settings.cover.is_some() {
            return;
        }
        let settings = folder.path.child(SETTINGS).to_string();
        let error = Diagnostic::new(Code::GalleryNoCover, "this gallery has no `cover`").in_file(settings);
        let help = match self.possible_cover(folder, body) {
            Some(path) => format!("add `cover: {}`", path.relative_to(&folder.path)),
            None => "add `cover: ` and the name of a photo".to_owned(),
        };
        self.report.push(error.help(help + ", or `public: false` to leave the gallery out of the index"));
    }

    /// Returns a substitute for a cover that is a video, if videos are skipped, or a photo that is left out: the first
    /// photo on the page, if there is one.
    fn instead_of_lost(&self, folder: &Folder, body: &Body) -> Option<Cover> {
        let is_lost = match folder.settings.cover.as_ref()?.kind {
            MediaKind::Video => self.videos.are_skipped(),
            MediaKind::Image => self.leaves_out,
        };
        if !is_lost {
            return None;
        }
        body.sections().iter().find_map(Section::first_photo).cloned().map(Cover::Photo)
    }

    /// Returns the first photo on the page, or else the first one in the folder.
    fn possible_cover(&self, folder: &Folder, body: &Body) -> Option<&SitePath> {
        let shown = body.sections().iter().find_map(Section::first_photo);
        shown.map(|picture| &self.files.photos.list[picture.photo.index()].path).or_else(|| {
            self.references.within(&folder.path).find(|path| is_picture(path.name()) && is_content(path.name()))
        })
    }
}
