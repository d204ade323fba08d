//! What a query found, and its forms: a table for people, the W3C forms for programs, RDF for what was constructed.

use crate::rdf::{self, Format, Vocab};
use crate::{Error, Result};
use oxigraph::model::{GraphName, Quad, Term, Triple};
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use unicode_width::UnicodeWidthStr;

/// The rows of a SELECT.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The variables, in the order of the query.
    pub variables: Vec<Variable>,
    /// One value for each variable, `None` where unbound.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq)]
pub enum QueryOutput {
    /// Of a SELECT.
    Rows(Rows),
    /// Of an ASK.
    Boolean(bool),
    /// Of a CONSTRUCT or DESCRIBE.
    Graph(Vec<Triple>),
}

/// A form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultFormat {
    /// Columns for people, IRIs shortened.
    Table,
    /// SPARQL 1.1 Query Results JSON.
    Json,
    /// SPARQL Query Results XML.
    Xml,
    /// SPARQL 1.1 Query Results CSV.
    Csv,
    /// SPARQL 1.1 Query Results TSV.
    Tsv,
    /// RDF, for a CONSTRUCT.
    Rdf(Format),
}

impl ResultFormat {
    /// Returns the form of that word of `--format`.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "table" | "text" => Some(Self::Table),
            "json" => Some(Self::Json),
            "xml" => Some(Self::Xml),
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            other => Format::from_word(other).map(Self::Rdf),
        }
    }

    fn w3c(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Table | Self::Rdf(_) => None,
        }
    }
}

impl QueryOutput {
    /// Returns how many rows or triples were found; an ASK has one row if the answer is yes.
    pub fn rows(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.rows.len(),
            Self::Boolean(answer) => usize::from(*answer),
            Self::Graph(triples) => triples.len(),
        }
    }

    /// Returns it in `format`.
    ///
    /// A table of constructed triples is Turtle, and JSON of them is JSON-LD.
    ///
    /// # Errors
    /// Fails if rows are wanted as RDF, or triples as CSV.
    pub fn render(&self, format: ResultFormat, vocab: &Vocab) -> Result<String> {
        let bytes = match self {
            Self::Graph(triples) => triples_in(triples, format, vocab)?,
            Self::Rows(rows) => match format.w3c() {
                Some(w3c) => rows.serialize(w3c)?,
                None if format == ResultFormat::Table => rows.table(vocab).into_bytes(),
                None => return Err(no_rdf("SELECT gives rows")),
            },
            Self::Boolean(answer) => match format.w3c() {
                Some(w3c) => QueryResultsSerializer::from_format(w3c)
                    .serialize_boolean_to_writer(Vec::new(), *answer)
                    .map_err(unwritten)?,
                None if format == ResultFormat::Table => format!("{answer}\n").into_bytes(),
                None => return Err(no_rdf("ASK gives true or false")),
            },
        };
        String::from_utf8(bytes)
            .map_err(|error| Error::store("the result is no UTF-8").because(error))
    }
}

fn no_rdf(what: &str) -> Error {
    Error::usage(format!("{what}, which cannot be written as RDF"))
        .hint("use --format table, json, xml, csv or tsv, or a CONSTRUCT query")
}

fn unwritten(error: std::io::Error) -> Error {
    Error::store(format!("the result cannot be written: {error}")).because(error)
}

fn triples_in(triples: &[Triple], format: ResultFormat, vocab: &Vocab) -> Result<Vec<u8>> {
    let format = match format {
        ResultFormat::Table => Format::Turtle,
        ResultFormat::Json => Format::JsonLd,
        ResultFormat::Xml => Format::RdfXml,
        ResultFormat::Rdf(format) => format,
        ResultFormat::Csv | ResultFormat::Tsv => {
            return Err(Error::usage(
                "CONSTRUCT gives triples, which cannot be written as CSV or TSV",
            )
            .hint("use --format ttl, nt, jsonld or rdfxml, or a SELECT query"));
        }
    };
    let in_default = |it: &Triple| it.clone().in_graph(GraphName::DefaultGraph);
    let quads: Vec<Quad> = triples.iter().map(in_default).collect();
    rdf::serialize(&quads, format, vocab)
}

impl Rows {
    fn serialize(&self, format: QueryResultsFormat) -> Result<Vec<u8>> {
        let serializer = QueryResultsSerializer::from_format(format);
        let mut writer = serializer
            .serialize_solutions_to_writer(Vec::new(), self.variables.clone())
            .map_err(unwritten)?;
        for row in &self.rows {
            let bound = self.variables.iter().zip(row);
            let bound =
                bound.filter_map(|(name, value)| Some((name.as_ref(), value.as_ref()?.as_ref())));
            writer.serialize(bound).map_err(unwritten)?;
        }
        writer.finish().map_err(unwritten)
    }

    /// Returns columns separated by two spaces; the last one has no padding.
    fn table(&self, vocab: &Vocab) -> String {
        let head = self.variables.iter().map(|it| it.as_str().to_owned());
        let head: Vec<String> = head.collect();
        let prefixes = vocab.prefixes();
        let cell = |it: &Option<Term>| it.as_ref().map_or(String::new(), |it| show(it, &prefixes));
        let rows = self.rows.iter().map(|row| row.iter().map(cell).collect());
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        let width = |column: usize| rows.iter().map(|it| it[column].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.variables.len()).map(width).collect();
        let mut out = String::new();
        for row in rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width - cell.width() + 2));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Returns a term on one line: the words of a literal, an IRI with its prefix.
fn show(term: &Term, prefixes: &[(&str, String)]) -> String {
    match term {
        Term::Literal(it) => it.value().replace(['\n', '\r', '\t'], " "),
        Term::NamedNode(it) => {
            let iri = it.as_str();
            let of = prefixes
                .iter()
                .filter(|(_, ns)| iri.starts_with(ns.as_str()));
            let longest = of.max_by_key(|(_, ns)| ns.len());
            longest.map_or_else(
                || it.to_string(),
                |(prefix, ns)| format!("{prefix}:{}", &iri[ns.len()..]),
            )
        }
        Term::BlankNode(it) => it.to_string(),
    }
}
