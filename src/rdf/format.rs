//! RDF as bytes: the formats, writing in sorted order, reading with places in the messages.
//!
//! N-Quads are sorted line by line, other formats by graph and subject, so the same quads give the same bytes.

use super::Vocab;
use crate::model::ArticleId;
use crate::{Error, Result};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode, Quad, QuadRef};

/// A way to write RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// N-Quads: one statement a line, with its graph.
    NQuads,
    /// `TriG`: Turtle with graphs.
    TriG,
    /// Turtle; graphs are lost.
    Turtle,
    /// N-Triples; graphs are lost.
    NTriples,
    /// JSON-LD, expanded.
    JsonLd,
    /// RDF/XML; graphs are lost.
    RdfXml,
}

impl Format {
    /// Every format, in the order of the help text.
    pub const ALL: &[Self] = &[
        Self::NQuads,
        Self::TriG,
        Self::Turtle,
        Self::NTriples,
        Self::JsonLd,
        Self::RdfXml,
    ];

    /// Returns the word of `--format`, which is also the file extension.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NQuads => "nq",
            Self::TriG => "trig",
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::JsonLd => "jsonld",
            Self::RdfXml => "rdfxml",
        }
    }

    /// Returns the format of that word or file extension.
    ///
    /// ```
    /// use backstory::rdf::Format;
    /// assert_eq!(Format::from_word("ttl"), Some(Format::Turtle));
    /// assert_eq!(Format::from_word("docx"), None);
    /// ```
    pub fn from_word(word: &str) -> Option<Self> {
        let long = match word {
            "nquads" => Self::NQuads,
            "turtle" => Self::Turtle,
            "ntriples" => Self::NTriples,
            "json-ld" => Self::JsonLd,
            "rdf" | "owl" | "xml" => Self::RdfXml,
            _ => return Self::ALL.iter().copied().find(|it| it.as_str() == word),
        };
        Some(long)
    }

    /// Returns the media type, as in HTTP.
    pub fn media_type(self) -> &'static str {
        self.engine().media_type()
    }

    /// Tells whether it says which graph a statement is in.
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG | Self::JsonLd)
    }

    fn engine(self) -> RdfFormat {
        match self {
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::JsonLd => RdfFormat::JsonLd {
                profile: JsonLdProfileSet::empty(),
            },
            Self::RdfXml => RdfFormat::RdfXml,
        }
    }
}

/// Returns the IRI `text`.
///
/// # Errors
/// Fails if it is none.
pub fn iri(text: &str) -> Result<NamedNode> {
    NamedNode::new(text).map_err(|it| {
        Error::usage(format!(
            "`{text}` is no IRI: {it}; write it whole, as https://example.org/background"
        ))
        .because(it)
    })
}

/// Returns those of `quads` that are in the graph `name`, an article's id or an IRI.
///
/// # Errors
/// Fails if there are none.
pub fn of_graph(quads: Vec<Quad>, name: &str, vocab: &Vocab) -> Result<Vec<Quad>> {
    let own = vocab.graph(&ArticleId::new(name));
    let is_it = |it: &GraphName| match it {
        GraphName::NamedNode(it) => *it == own || it.as_str() == name,
        _ => false,
    };
    let mut quads = quads;
    quads.retain(|it| is_it(&it.graph_name));
    if quads.is_empty() {
        return Err(Error::not_found(format!("there is no graph `{name}`"))
            .hint("`backstory find --type article WORDS` prints the ids, `backstory sparql @articles` the graphs"));
    }
    Ok(quads)
}

/// Returns `quads` written in `format`, sorted, each once.
///
/// # Errors
/// Fails where the format cannot hold a term.
pub fn serialize(quads: &[Quad], format: Format, vocab: &Vocab) -> Result<Vec<u8>> {
    if matches!(format, Format::NQuads | Format::NTriples) {
        return Ok(lines(quads, format));
    }
    let mut sorted: Vec<QuadRef<'_>> = quads.iter().map(Quad::as_ref).collect();
    if !format.has_graphs() {
        for quad in &mut sorted {
            quad.graph_name = oxigraph::model::GraphNameRef::DefaultGraph;
        }
    }
    sorted.sort_by_cached_key(|it| {
        let graph = it.graph_name.to_string();
        (
            graph,
            it.subject.to_string(),
            it.predicate.to_string(),
            it.object.to_string(),
        )
    });
    sorted.dedup();
    let refused = |error: std::io::Error| {
        Error::store(format!("cannot be written as {}: {error}", format.as_str())).because(error)
    };
    let mut serializer = RdfSerializer::from_format(format.engine());
    for (prefix, iri) in vocab.prefixes() {
        serializer = serializer
            .with_prefix(prefix, iri)
            .map_err(|error| Error::store("a prefix is no IRI").because(error))?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for quad in sorted {
        writer.serialize_quad(quad).map_err(refused)?;
    }
    writer.finish().map_err(refused)
}

fn lines(quads: &[Quad], format: Format) -> Vec<u8> {
    let with_graph = format == Format::NQuads;
    let line = |quad: &Quad| match &quad.graph_name {
        graph @ (GraphName::NamedNode(_) | GraphName::BlankNode(_)) if with_graph => {
            format!(
                "{} {} {} {graph} .\n",
                quad.subject, quad.predicate, quad.object
            )
        }
        _ => format!("{} {} {} .\n", quad.subject, quad.predicate, quad.object),
    };
    let mut lines: Vec<String> = quads.iter().map(line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.concat().into_bytes()
}

/// Returns the quads that `bytes` hold in `format`.
///
/// # Errors
/// Fails where they break the format, with line and column.
pub fn parse(bytes: &[u8], format: Format) -> Result<Vec<Quad>> {
    let parser = RdfParser::from_format(format.engine());
    let quads = parser
        .for_slice(bytes)
        .collect::<std::result::Result<Vec<_>, _>>();
    quads.map_err(|error| {
        let location = error.location().map(|it| it.start);
        let place = location.map_or(String::new(), |it| {
            format!("{}:{}: ", it.line + 1, it.column + 1)
        });
        Error::input(format!("{place}no valid {}: {error}", format.as_str())).because(error)
    })
}
