//! DOT for Graphviz: time from left to right, one rank a month, arrows with the words of their relation.
//!
//! Solid is stated, dashed concluded, dotted only suggested; red is a reversal; both also say so in words.

use super::dates::month_words;
use super::graph::{Edge, Graph, Node, Tone};
use super::{Exporter, View, clean, unsupported};
use crate::answer::Basis;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

/// Cells of a label's line.
const WRAP: usize = 28;

/// The format `dot`.
pub struct Dot;

impl Exporter for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn extension(&self) -> &'static str {
        "dot"
    }

    fn about(&self) -> &'static str {
        "a graph for Graphviz, ranks by date"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["answer", "timeline", "show"]
    }

    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        let graph = Graph::of(view).ok_or_else(|| unsupported(self, view))?;
        out.write_all(dot(view, &graph).as_bytes())
    }
}

fn dot(view: &View, graph: &Graph) -> String {
    let mut text = format!(
        "digraph backstory {{\n  label={}; labelloc=t; fontsize=16;\n  rankdir=LR; newrank=true; nodesep=0.25; ranksep=0.6; splines=true; fontname=\"Noto Sans CJK KR\";\n  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Noto Sans CJK KR\", fontsize=11, margin=\"0.12,0.07\"];\n  edge [fontname=\"Noto Sans CJK KR\", fontsize=10, arrowsize=0.7];\n",
        quoted(&graph.title)
    );
    ranks(&mut text, view, graph);
    for (idx, node) in graph.nodes.iter().enumerate() {
        let lane = graph.lanes.get(node.lane).map_or("", String::as_str);
        let shade = if node.asked {
            ", fillcolor=\"#e3ecfb\", penwidth=2"
        } else {
            ""
        };
        let label = label(node, lane);
        let tooltip = quoted(&format!("{} {}", node.id, node.label));
        // Writing into a text cannot fail.
        let _ = writeln!(text, "  n{idx} [label={label}, tooltip={tooltip}{shade}];");
    }
    for edge in &graph.edges {
        let _ = writeln!(text, "  {}", arrow(edge));
    }
    text.push_str("}\n");
    text
}

/// Writes the months as a row of plain words, each on the rank of its events.
fn ranks(text: &mut String, view: &View, graph: &Graph) {
    let mut months: BTreeMap<(i32, u32), Vec<usize>> = BTreeMap::new();
    for (idx, node) in graph.nodes.iter().enumerate() {
        if let Some(month) = node.month {
            months.entry(month).or_default().push(idx);
        }
    }
    let mut before: Option<(String, Vec<usize>)> = None;
    for ((year, month), nodes) in months {
        let name = format!("m{year}_{month:02}");
        let words = quoted(&month_words(view.words, year, month));
        let _ = writeln!(
            text,
            "  {name} [label={words}, shape=plaintext, fontcolor=\"#57606a\"];"
        );
        if let Some((before, events)) = &before {
            let _ = writeln!(text, "  {before} -> {name} [style=invis, weight=4];");
            // No event stands under the name of a later month.
            for idx in events {
                let _ = writeln!(text, "  n{idx} -> {name} [style=invis, weight=0];");
            }
        }
        // Events of one month that are related stand side by side, so only its first ones share the month's rank.
        let inside = |edge: &&Edge| nodes.contains(&edge.from);
        let mut later = graph.edges.iter().filter(inside).map(|it| it.to);
        let later: Vec<usize> = later.by_ref().filter(|it| nodes.contains(it)).collect();
        let firsts = nodes.iter().filter(|it| !later.contains(it));
        let firsts: Vec<String> = firsts.map(|it| format!(" n{it};")).collect();
        let firsts = firsts.concat();
        let _ = writeln!(text, "  {{ rank=same; {name};{firsts} }}");
        for idx in &later {
            let _ = writeln!(text, "  {name} -> n{idx} [style=invis];");
        }
        before = Some((name, nodes));
    }
}

fn label(node: &Node, lane: &str) -> String {
    let mut lines = vec![node.date.clone()];
    lines.extend(clean::wrap(&node.label, WRAP));
    lines.push(clean::clip(lane, WRAP, "…"));
    let lines: Vec<String> = lines.iter().map(|it| escape(it)).collect();
    format!("\"{}\"", lines.join("\\n"))
}

fn arrow(edge: &Edge) -> String {
    let colour = match edge.tone {
        Tone::Causal => "#0b57b0",
        Tone::Reversal => "#b3261e",
        Tone::Other => "#57606a",
    };
    let style = match edge.basis {
        Basis::Stated => "solid",
        Basis::Derived => "dashed",
        Basis::Hedged => "dotted",
    };
    let width = if edge.tone == Tone::Reversal { 2 } else { 1 };
    let word = quoted(&edge.word);
    let (from, to) = (edge.from, edge.to);
    format!(
        "n{from} -> n{to} [label={word}, style={style}, penwidth={width}, color=\"{colour}\", fontcolor=\"{colour}\"];"
    )
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Escapes what DOT reads inside quotes: the quote, and the backslash of `\N` and `\n`; and `&`, which Graphviz reads as an HTML entity.
fn escape(text: &str) -> String {
    let line = clean::one_line(text);
    line.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('&', "&amp;")
}
