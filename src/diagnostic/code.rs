//! The identity of each kind of diagnostic.
//!
//! In: nothing. Out: [`Code`], one variant per kind, with its name and its usual severity. `catalogue` explains each code. Must not know
//! where a diagnostic is created or printed.

use std::fmt;

use super::Severity;

macro_rules! codes {
    ($($severity:ident $code:ident $name:literal)*) => {
        /// The kind of a diagnostic. Its name, such as `settings/unknown-key`, never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $code,)*
        }

        impl Code {
            /// All codes, sorted by name.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The name, `namespace/kind`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }

            /// Usual severity of diagnostics with this code; the policy of a run can change it.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$code => Severity::$severity,)*
                }
            }
        }
    };
}

codes! {
    Error   CacheForeign "cache/foreign"
    Error   CacheInOutput "cache/in-output"
    Warning CacheInSite "cache/in-site"
    Error   CimaiseBug "cimaise/bug"
    Warning CompatRecitale "compat/recitale"
    Warning ContainerNotMounted "container/not-mounted"
    Warning ContainerUnreachable "container/unreachable"
    Error   DeployDestination "deploy/destination"
    Warning DeployHomeFolder "deploy/home-folder"
    Warning DeployIgnoredOption "deploy/ignored-option"
    Error   DeployInvalidOption "deploy/invalid-option"
    Error   DeployInvalidTarget "deploy/invalid-target"
    Error   DeployNotConfigured "deploy/not-configured"
    Error   DeployUnreadableList "deploy/unreadable-list"
    Error   FileChanged "file/changed"
    Error   FileEmpty "file/empty"
    Error   FileInvalidPath "file/invalid-path"
    Warning FileLeftover "file/leftover"
    Error   FileMissing "file/missing"
    Warning FileName "file/name"
    Error   FileNotFetched "file/not-fetched"
    Error   FileReservedName "file/reserved-name"
    Warning FileShadowed "file/shadowed"
    Error   FileUnreadable "file/unreadable"
    Warning FileUnusable "file/unusable"
    Warning GalleryCase "gallery/case"
    Error   GalleryNoCover "gallery/no-cover"
    Warning GalleryNoSections "gallery/no-sections"
    Error   GalleryNotFound "gallery/not-found"
    Error   GalleryNotMounted "gallery/not-mounted"
    Warning GalleryNotReached "gallery/not-reached"
    Warning GalleryRemoved "gallery/removed"
    Error   GallerySections "gallery/sections"
    Warning IncludeMissing "include/missing"
    Error   IncludeSettings "include/settings"
    Error   IncludeSite "include/site"
    Warning LicenceRemoved "licence/removed"
    Warning LicenceUnnamed "licence/unnamed"
    Error   LicenceUrl "licence/url"
    Error   MachineFailed "machine/failed"
    Error   MachineMemory "machine/memory"
    Warning MachineNoBrowser "machine/no-browser"
    Error   MachineNoPermission "machine/no-permission"
    Error   MachineNoSpace "machine/no-space"
    Warning MenuUnknownPage "menu/unknown-page"
    Error   OutputForeign "output/foreign"
    Error   OutputInTheWay "output/in-the-way"
    Error   OutputInvalid "output/invalid"
    Error   OutputMissing "output/missing"
    Warning PasswordEmpty "password/empty"
    Warning PasswordInherited "password/inherited"
    Warning PasswordMissing "password/missing"
    Warning PasswordOff "password/off"
    Warning PasswordShort "password/short"
    Error   PasswordUnknownKey "password/unknown-key"
    Warning PhotoColorProfile "photo/color-profile"
    Warning PhotoDamaged "photo/damaged"
    Warning PhotoLeftOut "photo/left-out"
    Error   PhotoNoPreview "photo/no-preview"
    Error   PhotoNotAPicture "photo/not-a-picture"
    Warning PhotoSmallPreview "photo/small-preview"
    Error   PhotoTooLarge "photo/too-large"
    Warning PhotoUnreadableMetadata "photo/unreadable-metadata"
    Error   PhotoUnsupported "photo/unsupported"
    Warning PhotoWrongExtension "photo/wrong-extension"
    Warning PrivacyLocation "privacy/location"
    Warning PrivacyMetadata "privacy/metadata"
    Warning PrivacyNotPublished "privacy/not-published"
    Warning PrivacyOpenCopy "privacy/open-copy"
    Warning SettingsDateOrder "settings/date-order"
    Error   SettingsEmptyFile "settings/empty-file"
    Warning SettingsEmptyValue "settings/empty-value"
    Warning SettingsIgnoredValue "settings/ignored-value"
    Error   SettingsInvalidValue "settings/invalid-value"
    Warning SettingsMarkup "settings/markup"
    Warning SettingsMisplacedKey "settings/misplaced-key"
    Error   SettingsMissingKey "settings/missing-key"
    Warning SettingsNoEffect "settings/no-effect"
    Error   SettingsNotEditable "settings/not-editable"
    Warning SettingsNotListed "settings/not-listed"
    Warning SettingsUnknownCode "settings/unknown-code"
    Warning SettingsUnknownKey "settings/unknown-key"
    Error   SettingsUnknownSection "settings/unknown-section"
    Error   SettingsUnknownTheme "settings/unknown-theme"
    Warning SettingsUnsupportedTheme "settings/unsupported-theme"
    Error   SiteEmptyFolder "site/empty-folder"
    Error   SiteExists "site/exists"
    Error   SiteNoGallery "site/no-gallery"
    Error   SiteNoSettings "site/no-settings"
    Warning SiteNoUrl "site/no-url"
    Error   SiteTooLarge "site/too-large"
    Error   SoundNotASound "sound/not-a-sound"
    Error   SoundNotConverted "sound/not-converted"
    Error   TemplateEncoding "template/encoding"
    Error   TemplateError "template/error"
    Error   TemplateMissing "template/missing"
    Warning TemplateNotATemplate "template/not-a-template"
    Error   TemplateSyntax "template/syntax"
    Error   TemplateTooMuch "template/too-much"
    Error   TemplateUndefined "template/undefined"
    Warning TemplateUnused "template/unused"
    Error   VerifyDamaged "verify/damaged"
    Error   VerifyOriginal "verify/original"
    Warning VideoHighRange "video/high-range"
    Error   VideoNoEncoder "video/no-encoder"
    Error   VideoNoFfmpeg "video/no-ffmpeg"
    Error   VideoNoStill "video/no-still"
    Error   VideoNotAVideo "video/not-a-video"
    Error   VideoNotAllowed "video/not-allowed"
    Error   VideoNotConverted "video/not-converted"
    Warning VideoNotMoving "video/not-moving"
    Warning VideoSkipped "video/skipped"
    Warning YamlComment "yaml/comment"
    Error   YamlDuplicateKey "yaml/duplicate-key"
    Error   YamlEncoding "yaml/encoding"
    Error   YamlIndentation "yaml/indentation"
    Error   YamlSyntax "yaml/syntax"
    Error   YamlTooLarge "yaml/too-large"
}

impl Code {
    /// The code of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
