//! The walk through all galleries.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::cache::Ledger;
use crate::dates::DateLocale;
use crate::diagnostic::{Diagnostic, Failure, Report, Severity, Stop};
use crate::machine::Machine;
use crate::machine::threads;
use crate::site::attachments::{self, Attached};
use crate::site::facts::Facts;
use crate::site::files::{Files, Probing};
use crate::site::look::{self, Look};
use crate::site::media::Resolver;
use crate::site::menu::Targets;
use crate::site::model::LIGHT;
use crate::site::names::{self, Names, relative};
use crate::site::toolbox::{self, Toolbox};
use crate::site::used::{Used, is_picture, is_shown};
use crate::site::videos::VideoResolver;
use crate::site::{
    AttachmentId, Body, Cover, Fragment, Gallery, GalleryId, LinkedPicture, Media, MenuItem, Named, PhotoId, Picture,
    Section, SectionKind, Sharing, Site, Sound, Theme, Written,
};
use crate::site::{defaults, files, licence, linked, metadata, order, protection};
use crate::source::{self, Folder, MediaKind, Protect, RootSettings, SitePath, Source, Spanned, is_content};
use pixels::Metadata;

/// What becomes of videos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VideoPolicy {
    /// They are shown, for which ffmpeg is needed.
    #[default]
    Shown,
    /// They are left out, with a warning.
    Skipped,
    /// It is only known which there are, for those who want to look into their files.
    Listed,
}

/// Makes the site out of what its author wrote. The ledger is asked for what is known of each file, and learns what was
/// read.
///
/// Photos, videos and sounds that cannot be read are errors in the report, but no reason to stop: they are left out, so
/// that the photos beside them can be rendered and kept before the line stops.
///
/// # Errors
/// [`Stop::Site`] if something is wrong with the settings, found in this stage or in an earlier one; [`Stop::Machine`] if the machine
/// has nothing left to run ffprobe with.
pub fn resolve(
    source: &Source,
    videos: VideoPolicy,
    machine: &Machine<'_>,
    ledger: &mut Ledger<Facts>,
    report: &mut Report,
) -> Result<Site, Stop> {
    let mut folders = Vec::new();
    flatten(&source.galleries, None, &mut folders);
    folders.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let names = Names::of(source);
    let links: Vec<_> = folders.iter().map(|(folder, _)| linked::files(folder, &names)).collect();
    for path in links.iter().flatten().collect::<BTreeSet<_>>() {
        names::named_litter(path).into_iter().for_each(|warning| report.push(warning.in_file(path.as_str())));
    }
    // What a picture tells is taken out of it before it is published; other files go as they are.
    let (pictures, linked) = links.iter().flatten().partition(|path| is_shown(path.name()));
    let pages = folders.iter().map(|(folder, _)| &folder.path).collect();
    let looks = look::looks(&folders, &source.settings);
    let copies: Vec<_> = looks.iter().filter(|(_, look)| look.light).map(|(path, _)| path.child(LIGHT)).collect();
    let taken: BTreeSet<&SitePath> = folders.iter().map(|(folder, _)| &folder.path).chain(&copies).collect();
    let attached = attachments::gather(source, &names, &linked, &taken, report);
    let used =
        Used::by(folders.iter().map(|(folder, _)| *folder), &source.settings.data, &pictures, &names, &source.files);
    // Reading takes time, and mistakes in the settings want to be known at once. Names are looked up all the same, so
    // that one run tells all that is wrong with the settings.
    let sound = report.count(Severity::Error) == 0;
    let root = &source.settings;
    let mut toolbox = Toolbox::new(&source.root);
    let files = match sound {
        true => files::read(&used, &attached, &probing(videos, &used, root, &mut toolbox)?, machine, ledger)?,
        false => Files::default(),
    };

    let language = accepted(root.lang.as_ref().map(defaults::language), report);
    let language = language.unwrap_or_else(|| defaults::LANGUAGE.to_owned());
    let dates = root.settings.date_locale.as_ref().map(defaults::date_locale);
    let dates = dates.and_then(|given| given.map_err(|problem| report.push(problem)).ok());
    let url = accepted(root.url.as_ref().map(defaults::url), report);
    // A gallery whose settings are wrong is missing here: it must not be said that there is no such page.
    metadata::warn(&root.settings, report);
    licence::note(source, report);
    let sharing = Sharing::new(root, url.is_some(), report);
    let menu = if sound { menu(root, &pages, &attached, report) } else { Vec::new() };

    let images = defaults::images(&root.settings.images);
    let mut walk = Walk {
        ids: (0..).map(GalleryId).zip(&folders).map(|(id, (folder, _))| (&folder.path, id)).collect(),
        root,
        language: &language,
        dates: dates.as_ref(),
        looks,
        whole: sound,
        resolver: {
            let videos = VideoResolver::new(&mut toolbox, videos, files.sounds.list.len());
            Resolver::new(&names, &used, &files, &root.settings, &images, videos, report)
        },
    };
    let mut galleries: Vec<Gallery> = folders.iter().map(|(folder, parent)| walk.gallery(folder, *parent)).collect();
    let front = walk.index(&source.galleries, reverse(root));
    let conversion = walk.resolver.site_conversion().map(Arc::new);
    let conversions = walk.resolver.finish();
    toolbox.finish()?;
    let protect = root.protect.map(|protect| protect.value).unwrap_or_default();
    let around =
        protection::Protection { password: root.password.as_ref().map(|password| password.value.clone()), protect };
    protection::inherit(&mut galleries, &folders, &around, report);
    inherit_covers(&mut galleries);
    let password = around.password;
    let named = Named::new(&used, &files);
    let written = Written::new(source, folders.iter().map(|(folder, _)| *folder), named);
    // Settings that are wrong end the line here; photos that are damaged do not: the others can still be rendered.
    let settings = report.checked(());
    files.problems.into_iter().for_each(|problem| report.push(problem));
    settings?;

    let closed = linked::closed(&links, &galleries);
    let kept = attachments::gather(
        source,
        &names,
        &linked.difference(&closed).copied().collect(),
        &taken,
        &mut Report::default(),
    );
    let lost = closed.iter().filter(|path| !kept.contains_key(**path));
    lost.for_each(|path| report.push(linked::is_closed(path)));
    let mut attachments = files.attachments;
    attachments.retain(|attachment| kept.contains_key(&attachment.to));
    let metadata =
        defaults::picture_options(&root.settings.gm, site_metadata(root), &source::PictureOptions::default()).metadata;
    let places = pictures.difference(&closed).filter_map(|path| files.photos.place(used.photo(path)?));
    let linked = places.map(|place| LinkedPicture { photo: PhotoId(place), metadata }).collect();
    let [custom_style, custom_script] = attachments::CUSTOM.map(|(_, place)| {
        let at = attachments.iter().position(|attachment| attachment.to.as_str() == place)?;
        u32::try_from(at).ok().map(AttachmentId)
    });
    Ok(Site {
        title: Fragment::new(root.title.value.clone()),
        sub_title: fragment(root.sub_title.as_ref()),
        url,
        sharing,
        dates: defaults::dates(dates.as_ref(), &language),
        language,
        theme: Theme::named(root.settings.theme.as_ref()).unwrap_or_default(),
        menu,
        licence: licence::licence(root.licence.as_ref()),
        show_date: root.show_date.is_none_or(|show| show.value),
        password,
        protect,
        images,
        front,
        galleries,
        photos: files.photos.list,
        videos: files.videos.list,
        written,
        conversion,
        sounds: files
            .sounds
            .list
            .into_iter()
            .zip(conversions)
            .map(|(file, conversion)| {
                let files::SoundFile { path, absolute, digest, len, kind: _, tells_place } = file;
                Sound { path, absolute, digest, len, conversion, tells_place }
            })
            .collect(),
        linked,
        attachments,
        custom_style,
        custom_script,
    })
}

/// How videos are looked into, if there are any.
fn probing(
    videos: VideoPolicy,
    used: &Used<'_>,
    root: &RootSettings,
    toolbox: &mut Toolbox,
) -> Result<Probing, Failure> {
    Ok(match videos {
        VideoPolicy::Skipped => Probing::Skipped,
        VideoPolicy::Listed => Probing::Unknown,
        VideoPolicy::Shown if used.videos().is_empty() => Probing::Skipped,
        VideoPolicy::Shown => match toolbox.program(&root.settings.ffmpeg) {
            Ok(program) => Probing::With {
                program: crate::ffmpeg::probe_beside(&program.binary),
                timeout: super::conversion::timeout(&root.settings.ffmpeg),
            },
            Err(why) => {
                // Where no thread can be made, no program can be run either, and the program is not to blame.
                threads::are_granted(1).map_err(Failure::on("run", Path::new("ffmpeg")))?;
                toolbox.finish()?;
                toolbox::missing("video", &why, "ffmpeg").map_or(Probing::Unknown, Probing::Impossible)
            }
        },
    })
}

/// Every gallery with the one it is in.
fn flatten<'a>(folders: &'a [Folder], parent: Option<&'a SitePath>, all: &mut Vec<(&'a Folder, Option<&'a SitePath>)>) {
    for folder in folders {
        all.push((folder, parent));
        flatten(&folder.children, Some(&folder.path), all);
    }
}

fn accepted(given: Option<Result<String, Diagnostic>>, report: &mut Report) -> Option<String> {
    given?.map_err(|problem| report.push(problem)).ok()
}

fn fragment(text: Option<&Spanned<String>>) -> Fragment {
    text.map_or_else(Fragment::default, |text| Fragment::new(text.value.clone()))
}

fn reverse(root: &RootSettings) -> bool {
    root.settings.reverse.is_some_and(|reverse| reverse.value)
}

fn site_metadata(root: &RootSettings) -> Option<Metadata> {
    root.settings.images.metadata.map(|metadata| metadata.value)
}

fn is_public(folder: &Folder) -> bool {
    folder.settings.public.is_none_or(|public| public.value)
}

fn menu(
    root: &RootSettings,
    pages: &BTreeSet<&SitePath>,
    attached: &Attached<'_>,
    report: &mut Report,
) -> Vec<MenuItem> {
    let targets = Targets::new(pages, attached.keys().collect());
    let entries = root.menu.iter().map(|entry| {
        let (item, warning) = targets.item(entry);
        warning.into_iter().for_each(|warning| report.push(warning));
        item
    });
    entries.collect()
}

struct Walk<'a> {
    ids: BTreeMap<&'a SitePath, GalleryId>,
    root: &'a RootSettings,
    language: &'a str,
    dates: Option<&'a DateLocale>,
    looks: BTreeMap<&'a SitePath, Look>,
    /// Whether no gallery is missing because of its settings.
    whole: bool,
    resolver: Resolver<'a>,
}

impl Walk<'_> {
    fn gallery(&mut self, folder: &Folder, parent: Option<&SitePath>) -> Gallery {
        let settings = &folder.settings;
        let language = accepted(settings.lang.as_ref().map(defaults::language), self.resolver.report);
        let language = language.unwrap_or_else(|| self.language.to_owned());
        self.resolver.language.clone_from(&language);
        let cover = settings.cover.as_ref().and_then(|cover| self.resolver.cover(&folder.path, cover));
        let body = self.body(folder);
        let cover = cover.or_else(|| self.instead_of_a_video(folder, &body));
        // An index without one takes a child's; what is wrong with the children is reported there.
        // Where galleries are missing, only one with sections is known to have none inside.
        let childless = if self.whole {
            !folder.children.iter().any(is_public)
        } else {
            folder.children.is_empty() && settings.sections.is_some()
        };
        let needs_cover = is_public(folder) && childless;
        if needs_cover && settings.cover.is_none() {
            self.report_missing_cover(folder, &body);
        }
        let tags = settings.tags.iter().map(|tag| tag.value.trim().to_owned()).filter(|tag| !tag.is_empty());
        let look = self.looks.get(&folder.path).copied().unwrap_or_default();
        Gallery {
            path: folder.path.clone(),
            parent: parent.map(|parent| self.ids[parent]),
            title: Fragment::new(settings.title.value.clone()),
            sub_title: fragment(settings.sub_title.as_ref()),
            date: settings.date.map(|date| date.value),
            tags: tags.collect(),
            description: fragment(settings.description.as_ref()),
            dates: defaults::dates(self.dates, &language),
            language,
            theme: look.theme,
            light: look.light,
            public: is_public(folder),
            // Settled when all galleries are known.
            password: None,
            protect: Protect::default(),
            cover,
            body,
        }
    }

    fn body(&mut self, folder: &Folder) -> Body {
        let settings = &folder.settings;
        if !folder.children.is_empty() {
            let reverse = settings.reverse.map_or(reverse(self.root), |reverse| reverse.value);
            return Body::Index(self.index(&folder.children, reverse));
        }
        let given = settings.sections.iter().flat_map(|sections| &sections.value);
        let sections = given.filter_map(|section| self.resolver.section(&folder.path, section)).collect();
        match settings.static_page {
            Some(flag) if flag.value => Body::Static(sections),
            _ => Body::Story(sections),
        }
    }

    /// The public ones of these galleries, in the order in which they are shown.
    fn index(&self, folders: &[Folder], reverse: bool) -> Vec<GalleryId> {
        let mut shown: Vec<&Folder> = folders.iter().filter(|folder| is_public(folder)).collect();
        order::sort(&mut shown, reverse, |folder| (folder.settings.date.map(|date| date.value), &folder.path));
        shown.into_iter().map(|folder| self.ids[&folder.path]).collect()
    }

    fn report_missing_cover(&mut self, folder: &Folder, body: &Body) {
        let error = Diagnostic::error("this gallery has no `cover`").at(folder.settings.title.span);
        let help = match self.possible_cover(folder, body) {
            Some(path) => format!("add `cover: {}`", relative(&folder.path, path)),
            None => "name a photo with `cover`".to_owned(),
        };
        self.resolver.report.push(error.help(help + ", or `public: false` to keep it out of the index"));
    }

    /// Where videos are left out and the cover is one: the first photo that the gallery shows, if it shows any.
    fn instead_of_a_video(&self, folder: &Folder, body: &Body) -> Option<Cover> {
        let (Body::Story(sections) | Body::Static(sections)) = body else { return None };
        let is_video = folder.settings.cover.as_ref().is_some_and(|cover| cover.kind == MediaKind::Video);
        let skipped = is_video && self.resolver.videos.are_skipped();
        skipped.then(|| sections.iter().find_map(first_photo).cloned().map(Cover::Photo)).flatten()
    }

    /// The first photo that the gallery shows, or else the first in its folder.
    fn possible_cover(&self, folder: &Folder, body: &Body) -> Option<&SitePath> {
        let shown = match body {
            Body::Story(sections) | Body::Static(sections) => sections.iter().find_map(first_photo),
            Body::Index(_) => None,
        };
        let resolver = &self.resolver;
        shown.map(|picture| &resolver.files.photos.list[picture.photo.index()].path).or_else(|| {
            resolver.names.within(&folder.path).find(|path| is_picture(path.name()) && is_content(path.name()))
        })
    }
}

fn first_photo(section: &Section) -> Option<&Picture> {
    fn of(media: &Media) -> Option<&Picture> {
        match media {
            Media::Photo(picture) => Some(picture),
            Media::Video(_) => None,
        }
    }
    match &section.kind {
        SectionKind::FullPicture { media, .. } | SectionKind::BorderedPicture { media } => of(media),
        SectionKind::PicturesGroup { rows } => rows.iter().flatten().find_map(of),
        SectionKind::Paragraph { image: Some(aside), .. } => of(&aside.media),
        SectionKind::Panorama { picture } => Some(picture),
        _ => None,
    }
}

/// An index without a cover shows that of its first gallery. Galleries stand after those they are in, so from behind
/// every one finds the covers of its children settled.
fn inherit_covers(galleries: &mut [Gallery]) {
    for id in (0..galleries.len()).rev() {
        if let (None, Body::Index(children)) = (&galleries[id].cover, &galleries[id].body) {
            let open_to = |child: &&GalleryId| {
                let password = &galleries[child.index()].password;
                password.is_none() || *password == galleries[id].password
            };
            // What a child keeps behind another password is not shown in front of it.
            let cover = children.iter().filter(open_to).find_map(|child| galleries[child.index()].cover.clone());
            galleries[id].cover = cover;
        }
    }
}
