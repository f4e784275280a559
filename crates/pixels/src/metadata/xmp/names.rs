//! Names of XMP properties: namespace and local name.

/// A property's name.
pub(crate) type Name = (&'static str, &'static str);

pub(crate) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";
pub(crate) const DC: &str = "http://purl.org/dc/elements/1.1/";
pub(crate) const XMP: &str = "http://ns.adobe.com/xap/1.0/";
pub(crate) const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
pub(crate) const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
pub(crate) const TIFF: &str = "http://ns.adobe.com/tiff/1.0/";
pub(crate) const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
pub(crate) const EXIF_EX: &str = "http://cipa.jp/exif/1.0/";
pub(crate) const AUX: &str = "http://ns.adobe.com/exif/1.0/aux/";
pub(crate) const IPTC: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
pub(crate) const IPTC_EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
pub(crate) const CC: &str = "http://creativecommons.org/ns#";
pub(crate) const PLUS: &str = "http://ns.useplus.org/ldf/xmp/1.0/";
pub(crate) const REGIONS: &str = "http://www.metadataworkinggroup.com/schemas/regions/";
pub(crate) const MICROSOFT_REGION: &str = "http://ns.microsoft.com/photo/1.2/t/Region#";

pub(crate) const COPYRIGHT: Name = (DC, "rights");
pub(crate) const CREATOR: Name = (DC, "creator");
pub(crate) const CREDIT: Name = (PHOTOSHOP, "Credit");
pub(crate) const SOURCE: Name = (PHOTOSHOP, "Source");
pub(crate) const MARKED: Name = (RIGHTS, "Marked");
pub(crate) const USAGE_TERMS: Name = (RIGHTS, "UsageTerms");
pub(crate) const WEB_STATEMENT: Name = (RIGHTS, "WebStatement");
pub(crate) const LICENCE: Name = (CC, "license");
pub(crate) const ATTRIBUTION_NAME: Name = (CC, "attributionName");
pub(crate) const ATTRIBUTION_URL: Name = (CC, "attributionURL");
pub(crate) const LICENSOR: Name = (PLUS, "Licensor");
pub(crate) const LICENSOR_URL: Name = (PLUS, "LicensorURL");

pub(crate) const TITLE: Name = (DC, "title");
pub(crate) const DESCRIPTION: Name = (DC, "description");
pub(crate) const SUBJECT: Name = (DC, "subject");
pub(crate) const RATING: Name = (XMP, "Rating");
pub(crate) const ORIENTATION: Name = (TIFF, "Orientation");
pub(crate) const USER_COMMENT: Name = (EXIF, "UserComment");
pub(crate) const HEADLINE: Name = (PHOTOSHOP, "Headline");
pub(crate) const ALT_TEXT: Name = (IPTC, "AltTextAccessibility");
pub(crate) const LONG_ALT_TEXT: Name = (IPTC, "ExtDescrAccessibility");

/// Capture times, in order of preference.
pub(crate) const TIMES: [Name; 3] = [(EXIF, "DateTimeOriginal"), (PHOTOSHOP, "DateCreated"), (XMP, "CreateDate")];
