//! Owns the rules that a guide can break, by the names under which problems are reported. The tests
//! demand a broken guide for each.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// Which rule is broken. Written in problems as its text: `broken-anchor`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As it is written in problems.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

codes! {
    // Files.
    /// A file or folder cannot be read.
    Unreadable = "unreadable";
    /// A file that every guide needs is not there.
    MissingFile = "missing-file";
    /// Nothing reads a file of that name.
    UnknownFile = "unknown-file";
    /// A file is larger than a guide's files may be.
    FileTooLarge = "file-too-large";
    /// There are more files, folders or bytes than a guide may have.
    TooManyFiles = "too-many-files";
    /// A symbolic link leads out of the folder.
    SymlinkOutside = "symlink-outside";
    /// A symbolic link leads back to a folder that holds it.
    SymlinkLoop = "symlink-loop";
    /// A text is not UTF-8.
    InvalidUtf8 = "invalid-utf8";
    /// A text holds a character that nobody sees.
    HiddenCharacter = "hidden-character";
    /// A picture is not what its name says, or could run as a program.
    BadImage = "bad-image";

    // TOML.
    /// A text is not TOML.
    TomlSyntax = "toml-syntax";
    /// A key that does not belong there.
    UnknownKey = "unknown-key";
    /// A key that must be there is not.
    MissingField = "missing-field";
    /// A value of another kind than is wanted.
    WrongType = "wrong-type";
    /// A character that pictures of the guide cannot show. A warning.
    MissingGlyph = "missing-glyph";
    /// A text without any letters.
    EmptyText = "empty-text";
    /// A word that is not one of the few allowed.
    UnknownWord = "unknown-word";
    /// Two keys of which only one can hold.
    ConflictingFields = "conflicting-fields";
    /// A number beyond what can be meant.
    NumberOutOfRange = "number-out-of-range";
    /// An amount or rate below zero.
    NegativeAmount = "negative-amount";
    /// A text that is no date.
    BadDate = "bad-date";
    /// A date after that of the edition.
    FutureDate = "future-date";
    /// The day until which figures or rules hold has passed. A warning.
    Expired = "expired";
    /// A name that is not written as names are.
    BadId = "bad-id";
    /// A name that is taken already.
    DuplicateId = "duplicate-id";

    // References between data files.
    /// No source of that name.
    UnknownSource = "unknown-source";
    /// No currency of that code.
    UnknownCurrency = "unknown-currency";
    /// No level of that name.
    UnknownLevel = "unknown-level";
    /// No country of that code.
    UnknownCountry = "unknown-country";
    /// No statistics table of that name.
    UnknownStatistic = "unknown-statistic";
    /// No row of that name.
    UnknownRow = "unknown-row";
    /// No column of that name.
    UnknownColumn = "unknown-column";
    /// No certification of that name.
    UnknownCertification = "unknown-certification";
    /// No resource of that name.
    UnknownResource = "unknown-resource";
    /// No phase of that name in the roadmap.
    UnknownPhase = "unknown-phase";
    /// No route of that name through the roadmap.
    UnknownRoute = "unknown-route";
    /// No step of that name in the roadmap.
    UnknownStep = "unknown-step";
    /// No layer of skills of that name.
    UnknownLayer = "unknown-layer";
    /// No picture of that name.
    UnknownPicture = "unknown-picture";
    /// No certification is of that group.
    UnknownGroup = "unknown-group";
    /// No page of that name.
    UnknownSection = "unknown-section";
    /// No figure of that name.
    UnknownFigure = "unknown-figure";

    // Figures.
    /// A range or percentiles that fall.
    LowAboveHigh = "low-above-high";
    /// A higher level that pays less.
    LevelsNotRising = "levels-not-rising";
    /// A figure that looks like a wrong digit.
    ImplausibleFigure = "implausible-figure";
    /// A rate that looks like a wrong digit.
    ImplausibleRate = "implausible-rate";
    /// Years of experience that are none.
    BadYears = "bad-years";
    /// An entry without figures, or with figures of two kinds.
    Figures = "figures";
    /// The base of the exchange rates is not 1.
    BaseRate = "base-rate";
    /// The units of a currency do not rise.
    UnitOrder = "unit-order";
    /// Two currencies with one symbol.
    DuplicateSymbol = "duplicate-symbol";
    /// The bands of a tax do not rise.
    TaxBands = "tax-bands";
    /// An example of take-home pay does not come out.
    TakeHomeExample = "take-home-example";
    /// A tax rule that no example reaches.
    UncheckedRule = "unchecked-rule";

    // Pages.
    /// A page without front matter.
    FrontMatter = "front-matter";
    /// A page without text.
    EmptyPage = "empty-page";
    /// A page to which no contents list leads.
    UnlinkedPage = "unlinked-page";
    /// Braces of a directive that do not match.
    UnclosedDirective = "unclosed-directive";
    /// No directive of that name.
    UnknownDirective = "unknown-directive";
    /// A directive with arguments that it does not take.
    DirectiveArguments = "directive-arguments";
    /// A directive where it cannot stand.
    MisplacedDirective = "misplaced-directive";
    /// A cell of a table that is empty.
    MissingFigure = "missing-figure";
    /// A second level-one heading.
    SecondTitle = "second-title";
    /// A level of headings is left out.
    HeadingSkip = "heading-skip";
    /// A heading to which nobody can link.
    HeadingWithoutId = "heading-without-id";
    /// A heading without words.
    EmptyHeading = "empty-heading";
    /// What is meant for a heading and is none.
    HeadingSyntax = "heading-syntax";
    /// A heading inside a quotation, a list or a note.
    MisplacedHeading = "misplaced-heading";
    /// HTML in Markdown.
    RawHtml = "raw-html";
    /// Signs of Markdown that would be shown as they are.
    StrayMarkup = "stray-markup";
    /// What is meant for a table and is none.
    TableShape = "table-shape";
    /// A callout of no known kind.
    UnknownCallout = "unknown-callout";
    /// Quotations and lists within one another, beyond reading.
    NestedTooDeep = "nested-too-deep";
    /// A footnote that nothing refers to.
    UnusedFootnote = "unused-footnote";
    /// A footnote that is not there.
    UndefinedFootnote = "undefined-footnote";

    // Links.
    /// What is meant for a link and is none.
    LinkSyntax = "link-syntax";
    /// A link that leads nowhere.
    BrokenLink = "broken-link";
    /// A link to a heading that is not there.
    BrokenAnchor = "broken-anchor";
    /// A link to the comparison that asks for what is not there.
    BadQuery = "bad-query";
    /// An address that must not be followed.
    LinkScheme = "link-scheme";
    /// A link without words.
    EmptyLink = "empty-link";
    /// A link by reference whose definition is missing.
    UndefinedReference = "undefined-reference";
    /// A picture that is not there.
    MissingAsset = "missing-asset";
    /// A picture without alternative text.
    MissingAlt = "missing-alt";
    /// An old address that hides a page.
    AliasShadowsPage = "alias-shadows-page";
    /// What is no path of this site.
    BadPath = "bad-path";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
