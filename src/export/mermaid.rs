//! Mermaid flowcharts, as READMEs and wikis draw them.

use super::graph::{Edge, Graph, Tone};
use super::{Exporter, View, clean, unsupported};
use crate::answer::Basis;
use std::fmt::Write as _;
use std::io;

/// The format `mermaid`.
pub struct Mermaid;

impl Exporter for Mermaid {
    fn name(&self) -> &'static str {
        "mermaid"
    }

    fn extension(&self) -> &'static str {
        "mmd"
    }

    fn about(&self) -> &'static str {
        "a Mermaid flowchart for READMEs and wikis"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["answer", "timeline", "show"]
    }

    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        let graph = Graph::of(view).ok_or_else(|| unsupported(self, view))?;
        out.write_all(flowchart(&graph).as_bytes())
    }
}

fn flowchart(graph: &Graph) -> String {
    let mut text = String::from("flowchart TD\n");
    for (idx, node) in graph.nodes.iter().enumerate() {
        let (date, label) = (escape(&node.date), escape(&node.label));
        // Writing into a text cannot fail.
        let _ = writeln!(text, "  n{idx}[\"{date}<br/>{label}\"]");
    }
    for edge in &graph.edges {
        let _ = writeln!(text, "  {}", arrow(edge));
    }
    for (idx, node) in graph.nodes.iter().enumerate() {
        if node.asked {
            let _ = writeln!(text, "  style n{idx} stroke-width:3px");
        }
    }
    for (idx, edge) in graph.edges.iter().enumerate() {
        if edge.tone == Tone::Reversal {
            let _ = writeln!(text, "  linkStyle {idx} stroke:#b3261e,stroke-width:2px");
        }
    }
    text
}

fn arrow(edge: &Edge) -> String {
    let line = match edge.basis {
        Basis::Stated => "-->",
        Basis::Derived | Basis::Hedged => "-.->",
    };
    let word = escape(&edge.word);
    format!("n{} {line}|\"{word}\"| n{}", edge.from, edge.to)
}

/// Writes everything that Mermaid, its Markdown or HTML could read as markup as a numbered character.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for it in clean::one_line(text).chars() {
        let safe = !it.is_ascii_punctuation() || matches!(it, ',' | '.' | '-' | '$' | '%' | '?');
        if safe {
            escaped.push(it);
        } else {
            let _ = write!(escaped, "#{};", u32::from(it));
        }
    }
    escaped
}
