//! article-lsp: shows where the OCR or PDF extraction of a Chinese newspaper page broke it, and repairs it.
//!
//! # The map
//! One pure core, two shells. Imports point up this list only (`tests/layers.rs` holds that):
//!
//! | layer | what it is for |
//! |---|---|
//! | [`text`] | the text as it is: lines, spans of bytes, positions (the only place that knows UTF-16) |
//! | [`lang`] | the two languages of the interface |
//! | [`zh`] | classes of Chinese characters and punctuation, width folding, traditional characters read as simplified ones |
//! | [`memo`] | what is kept from one analysis to the next |
//! | [`shape`] | what a line looks like by itself |
//! | [`markdown`] | what is Markdown in a Markdown file |
//! | [`block`] | lines become blocks |
//! | [`seam`] | where a sentence stops without ending, and where it goes on |
//! | [`fingerprint`] | what comes twice |
//! | [`article`] | blocks get kinds, headings groups, articles parts: the [`article::Page`] |
//! | [`org`] | organisations: mentions become entities |
//! | [`diagnostic`] | what a rule finds |
//! | [`config`] | what a configuration may say |
//! | [`suppression`] | comments in a page that allow what a rule reports |
//! | [`rules`] | one file a rule |
//! | [`outline`] | the headings of a page as a tree |
//! | [`navigation`] | from a name to where it is defined, referred to, completed |
//! | [`hover`] | what is said of a name |
//! | [`actions`] | what can be done about a finding |
//! | [`annotation`] | notes between the lines: where a sentence goes on, that a paragraph comes again |
//! | [`folding`] | what can be folded |
//! | [`selection`] | what a selection grows to |
//! | [`mod@format`] | white space as it should be |
//! | [`workspace`] | files and their settings |
//! | [`server`] | the language server |
//! | [`cli`] | the command line |

#![forbid(unsafe_code)]

pub mod text;

pub mod lang;

pub mod zh;

pub mod memo;

pub mod shape;

pub mod markdown;

pub mod block;

pub mod seam;

pub mod fingerprint;

pub mod article;

pub mod org;

pub mod diagnostic;

pub mod config;

pub mod suppression;

pub mod rules;

pub mod outline;

pub mod navigation;

pub mod hover;

pub mod actions;

pub mod annotation;

pub mod folding;

pub mod selection;

pub mod format;

pub mod workspace;

pub mod server;

pub mod cli;
