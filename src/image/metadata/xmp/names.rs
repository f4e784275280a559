//! Names of XMP's properties: namespace and local name.

/// A property's name.
pub(in crate::image) type Name = (&'static str, &'static str);

pub(in crate::image) const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
pub(in crate::image) const XML: &str = "http://www.w3.org/XML/1998/namespace";
pub(in crate::image) const DC: &str = "http://purl.org/dc/elements/1.1/";
pub(in crate::image) const XMP: &str = "http://ns.adobe.com/xap/1.0/";
pub(in crate::image) const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
pub(in crate::image) const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
pub(in crate::image) const TIFF: &str = "http://ns.adobe.com/tiff/1.0/";
pub(in crate::image) const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
pub(in crate::image) const EXIF_EX: &str = "http://cipa.jp/exif/1.0/";
pub(in crate::image) const AUX: &str = "http://ns.adobe.com/exif/1.0/aux/";
pub(in crate::image) const IPTC: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
pub(in crate::image) const IPTC_EXT: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
pub(in crate::image) const CC: &str = "http://creativecommons.org/ns#";
pub(in crate::image) const PLUS: &str = "http://ns.useplus.org/ldf/xmp/1.0/";
pub(in crate::image) const REGIONS: &str = "http://www.metadataworkinggroup.com/schemas/regions/";
pub(in crate::image) const MICROSOFT_REGION: &str = "http://ns.microsoft.com/photo/1.2/t/Region#";

pub(in crate::image) const COPYRIGHT: Name = (DC, "rights");
pub(in crate::image) const CREATOR: Name = (DC, "creator");
pub(in crate::image) const CREDIT: Name = (PHOTOSHOP, "Credit");
pub(in crate::image) const SOURCE: Name = (PHOTOSHOP, "Source");
pub(in crate::image) const MARKED: Name = (RIGHTS, "Marked");
pub(in crate::image) const USAGE_TERMS: Name = (RIGHTS, "UsageTerms");
pub(in crate::image) const WEB_STATEMENT: Name = (RIGHTS, "WebStatement");
pub(in crate::image) const LICENCE: Name = (CC, "license");
pub(in crate::image) const ATTRIBUTION_NAME: Name = (CC, "attributionName");
pub(in crate::image) const ATTRIBUTION_URL: Name = (CC, "attributionURL");
pub(in crate::image) const LICENSOR: Name = (PLUS, "Licensor");
pub(in crate::image) const LICENSOR_URL: Name = (PLUS, "LicensorURL");

pub(in crate::image) const TITLE: Name = (DC, "title");
pub(in crate::image) const DESCRIPTION: Name = (DC, "description");
pub(in crate::image) const SUBJECT: Name = (DC, "subject");
pub(in crate::image) const HEADLINE: Name = (PHOTOSHOP, "Headline");
pub(in crate::image) const ALT_TEXT: Name = (IPTC, "AltTextAccessibility");
pub(in crate::image) const LONG_ALT_TEXT: Name = (IPTC, "ExtDescrAccessibility");

/// Capture times, the most telling first.
pub(in crate::image) const TIMES: [Name; 3] =
    [(EXIF, "DateTimeOriginal"), (PHOTOSHOP, "DateCreated"), (XMP, "CreateDate")];
