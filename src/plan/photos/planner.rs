//! Plans the renditions of a site's photos. A rendition that several pages need is made once.

use std::collections::{BTreeMap, BTreeSet};

use super::recipes::{PictureRecipes, recipes, requested, survey};
use super::rendition::{PlannedPicture, Rendition};
use crate::plan::copies::Naming;
use crate::plan::ids::RenditionId;
use crate::plan::keys::RenditionKeys;
use crate::plan::names::SourceName;
use crate::plan::output_path::OutputPath;
use crate::plan::requests::PhotoRequest;
use crate::plan::uses;
use crate::site::{Photo, PhotoId, PictureOptions, Site};
use pixels::{Recipe, Size};

/// Everything planned for photos.
#[derive(Default)]
pub(in crate::plan) struct PlannedPhotos {
    /// Renditions of one photo are adjacent; photos are in the site's order.
    pub(in crate::plan) renditions: Vec<Rendition>,
    pub(in crate::plan) pictures: BTreeMap<(PhotoId, PictureOptions), PlannedPicture>,
    pub(in crate::plan) surveys: Vec<RenditionId>,
}

/// Plans the files that pages show and templates request.
pub(in crate::plan) fn plan(site: &Site, requests: &BTreeSet<PhotoRequest>, keys: &mut RenditionKeys) -> PlannedPhotos {
    let mut planned = PlannedPhotos::default();
    let mut uses = uses::photos(site).into_iter().peekable();
    let mut requests = requests.iter().peekable();
    keys.begin();
    for (index, photo) in site.photos.iter().enumerate() {
        let id = PhotoId::at(index);
        let (list, keys, name) = (&mut planned.renditions, &mut *keys, SourceName::of(&photo.path));
        let mut renditions = PhotoRenditions { list, by_recipe: BTreeMap::new(), id, photo, name, keys };
        planned.surveys.push(renditions.add(survey(&photo.header, &site.images), photo.header.display()));
        while let Some(((_, options), widest)) = uses.next_if(|((photo, _), _)| *photo == id) {
            let picture = renditions.picture(recipes(&photo.header, &options, &site.images, widest));
            planned.pictures.insert((id, options), picture);
        }
        while let Some(request) = requests.next_if(|request| request.photo == id) {
            let (recipe, size) = requested(site, request);
            renditions.add(recipe, size);
        }
        if let Ok(at) = site.linked.binary_search_by_key(&id, |linked| linked.photo) {
            renditions.add_at_own_path(Recipe::Keep { metadata: site.linked[at].metadata });
        }
    }
    planned
}

/// Collects the renditions of one photo; duplicates are made once.
struct PhotoRenditions<'a> {
    list: &'a mut Vec<Rendition>,
    by_recipe: BTreeMap<Recipe, RenditionId>,
    id: PhotoId,
    photo: &'a Photo,
    name: SourceName,
    keys: &'a mut RenditionKeys,
}

impl PhotoRenditions<'_> {
    fn picture(&mut self, recipes: PictureRecipes) -> PlannedPicture {
        let PictureRecipes { size, sets, full } = recipes;
        let sets: Vec<_> = sets.into_iter().map(|set| set.map(|(recipe, size)| self.add(recipe, size))).collect();
        let full = full.map(|(recipe, size)| self.add(recipe, size));
        let largest = sets.last().and_then(|set| set.candidates.last().copied());
        PlannedPicture { size, sets, full: full.filter(|full| largest != Some(*full)) }
    }

    fn add(&mut self, recipe: Recipe, size: Size) -> RenditionId {
        if let Some(rendition) = self.by_recipe.get(&recipe) {
            return *rendition;
        }
        let key = self.keys.key(self.photo.digest, &recipe);
        let path = self.name.of_recipe(key, &recipe, size, self.photo.header.format);
        let id = RenditionId::at(self.list.len());
        self.by_recipe.insert(recipe.clone(), id);
        self.list.push(Rendition { photo: self.id, recipe, key, size, path, naming: Naming::Content });
        id
    }

    /// Adds a rendition that the author's markup links to by the photo's own name.
    fn add_at_own_path(&mut self, recipe: Recipe) {
        let key = self.keys.key(self.photo.digest, &recipe);
        let path = Some(OutputPath::from_path(self.photo.path.clone()));
        let size = self.photo.header.display();
        self.list.push(Rendition { photo: self.id, recipe, key, size, path, naming: Naming::Author });
    }
}
