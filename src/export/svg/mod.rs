//! SVG drawn by ourselves: time downwards with its months, a step to the right for each actor, arrows with the words of their relation.
//!
//! Solid is stated, dashed concluded, dotted only suggested; red is a reversal; a full dot is a date known to the day. Words say the same.

mod layout;

use super::dates::month_words;
use super::graph::{Edge, Graph, Node, Tone};
use super::{Exporter, View, clean, unsupported};
use crate::answer::Basis;
use layout::{
    BOX, Course, LABEL, LINE, Layout, MARGIN, PAD, Row, SMALL, TITLE, layout, text_width,
};
use std::fmt::Write as _;
use std::io;

/// The format `svg`.
pub struct Svg;

impl Exporter for Svg {
    fn name(&self) -> &'static str {
        "svg"
    }

    fn extension(&self) -> &'static str {
        "svg"
    }

    fn about(&self) -> &'static str {
        "a picture: time downwards, a lane for each actor, arrows with words"
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["answer", "timeline", "show"]
    }

    fn write(&self, view: &View, out: &mut dyn io::Write) -> io::Result<()> {
        let graph = Graph::of(view).ok_or_else(|| unsupported(self, view))?;
        let layout = layout(&graph);
        let picture = Picture {
            view,
            graph: &graph,
            layout: &layout,
        };
        out.write_all(picture.draw().as_bytes())
    }
}

const INK: &str = "#1f2328";
const GREY: &str = "#57606a";
const FAINT: &str = "#d8dee4";
const LANES: [&str; 6] = [
    "#0b57b0", "#7a4b00", "#116329", "#8250df", "#a40e5d", "#57606a",
];

struct Picture<'a, 'v> {
    view: &'v View<'a>,
    graph: &'v Graph,
    layout: &'v Layout,
}

/// Writes one element; writing into a text cannot fail.
macro_rules! put {
    ($out:expr, $($arg:tt)*) => {{ let _ = writeln!($out, $($arg)*); }};
}

impl Picture<'_, '_> {
    fn draw(&self) -> String {
        let (width, height) = (self.layout.width, self.layout.height);
        let mut out = String::new();
        put!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{}\" role=\"img\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"'Noto Sans CJK KR','Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif\">",
            escape(self.view.lang().as_str())
        );
        put!(out, "<title>{}</title>", escape(&self.graph.title));
        put!(
            out,
            "<rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>"
        );
        self.header(&mut out);
        self.months(&mut out);
        for (node, row) in self.graph.nodes.iter().zip(&self.layout.rows) {
            self.leader(&mut out, node, row);
        }
        for course in &self.layout.courses {
            vertical(&mut out, &self.graph.edges[course.edge], course);
        }
        for course in &self.layout.courses {
            horizontals(&mut out, &self.graph.edges[course.edge], course);
        }
        for (node, row) in self.graph.nodes.iter().zip(&self.layout.rows) {
            event(&mut out, node, row, self.lane(node));
        }
        for course in &self.layout.courses {
            head(&mut out, &self.graph.edges[course.edge], course);
        }
        out.push_str("</svg>\n");
        out
    }

    fn lane(&self, node: &Node) -> &str {
        self.graph.lanes.get(node.lane).map_or("", String::as_str)
    }

    /// Draws the title, the legend, and the lanes with their names.
    fn header(&self, out: &mut String) {
        let mut y = MARGIN;
        for line in &self.layout.title {
            y += 24.0;
            text(
                out,
                (MARGIN, y - 6.0),
                (TITLE, INK, "font-weight=\"bold\""),
                line,
            );
        }
        self.legend(out, y + 22.0);
        let (top, bottom) = (self.layout.top, self.layout.height - MARGIN);
        for (idx, (x, name)) in self.layout.lanes.iter().zip(&self.graph.lanes).enumerate() {
            let colour = LANES[idx % LANES.len()];
            put!(
                out,
                "<line x1=\"{x:.1}\" y1=\"{:.1}\" x2=\"{x:.1}\" y2=\"{bottom:.1}\" stroke=\"{FAINT}\"/>",
                top - 4.0
            );
            let name = escape(&clean::clip(name, 22, "…"));
            let at = format!("{:.1},{:.1}", x + 2.0, top - 8.0);
            put!(
                out,
                "<text transform=\"translate({at}) rotate(-32)\" font-size=\"{SMALL}\" fill=\"{colour}\">{name}</text>"
            );
        }
    }

    /// Draws what the lines mean, one below the other.
    fn legend(&self, out: &mut String, top: f64) {
        let words = self.view.words;
        let edges = &self.graph.edges;
        let mut kinds: Vec<(Tone, Basis, &str)> = Vec::new();
        for (basis, key) in [
            (Basis::Stated, "explicit"),
            (Basis::Derived, "derived"),
            (Basis::Hedged, "hedged"),
        ] {
            if edges.iter().any(|it| it.basis == basis) {
                kinds.push((Tone::Causal, basis, words.get("strength", key)));
            }
        }
        let reversals = edges.iter().filter(|it| it.tone == Tone::Reversal);
        if let Some(basis) = reversals.map(|it| it.basis).min() {
            kinds.push((Tone::Reversal, basis, words.get("relation", "reverses")));
        }
        let mut y = top;
        for (tone, basis, word) in kinds {
            let (x, end) = (MARGIN, MARGIN + 36.0);
            let look = look(tone, basis);
            put!(
                out,
                "<line x1=\"{x:.1}\" y1=\"{y:.1}\" x2=\"{end:.1}\" y2=\"{y:.1}\" {look}/>"
            );
            text(out, (end + 8.0, y + 4.0), (SMALL, GREY, ""), word);
            y += 20.0;
        }
    }

    fn months(&self, out: &mut String) {
        let (axis, width) = (self.layout.axis, self.layout.width - MARGIN);
        let (top, bottom) = (self.layout.top, self.layout.height - MARGIN);
        put!(
            out,
            "<line x1=\"{axis:.1}\" y1=\"{top:.1}\" x2=\"{axis:.1}\" y2=\"{bottom:.1}\" stroke=\"#8c959f\" stroke-width=\"2\"/>"
        );
        for it in &self.layout.months {
            let line = it.y + 3.0;
            put!(
                out,
                "<line x1=\"{MARGIN:.1}\" y1=\"{line:.1}\" x2=\"{width:.1}\" y2=\"{line:.1}\" stroke=\"{FAINT}\"/>"
            );
            let words = it.at.map_or_else(
                || self.view.words.get("say", "undated-rows").to_owned(),
                |(year, month)| month_words(self.view.words, year, month),
            );
            text(
                out,
                (MARGIN, it.y - 2.0),
                (13.0, INK, "font-weight=\"bold\""),
                &words,
            );
            if 0 < it.gap {
                let gap = self.view.words.count("months", it.gap, &[]);
                let x = MARGIN + text_width(&words, 13.0) + 10.0;
                text(out, (x, it.y - 2.0), (11.0, GREY, ""), &format!("⋮ {gap}"));
            }
        }
    }

    /// Draws the date, its dot on the axis, and the faint line that leads to the box.
    fn leader(&self, out: &mut String, node: &Node, row: &Row) {
        let (axis, y) = (self.layout.axis, row.y + PAD);
        put!(
            out,
            "<line x1=\"{axis:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"{FAINT}\" stroke-dasharray=\"1 4\"/>",
            row.x
        );
        let fill = if node.is_day { GREY } else { "#ffffff" };
        put!(
            out,
            "<circle cx=\"{axis:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{fill}\" stroke=\"{GREY}\" stroke-width=\"2\"/>"
        );
        for (idx, line) in (0_u32..).zip(&row.date) {
            let at = (axis - 14.0, y + 4.0 + f64::from(idx) * 15.0);
            text(out, at, (SMALL, GREY, "text-anchor=\"end\""), line);
        }
    }
}

fn event(out: &mut String, node: &Node, row: &Row, lane: &str) {
    let (x, y, height) = (row.x, row.y, row.height);
    let (fill, stroke, width) = if node.asked {
        ("#e3ecfb", "#0b57b0", 2)
    } else {
        ("#ffffff", "#8c959f", 1)
    };
    put!(
        out,
        "<g><title>{} · {}</title>",
        escape(&node.id),
        escape(&node.date)
    );
    put!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{BOX:.1}\" height=\"{height:.1}\" rx=\"6\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>"
    );
    let colour = LANES[node.lane % LANES.len()];
    put!(
        out,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"4\" height=\"{:.1}\" fill=\"{colour}\"/>",
        x + 4.0,
        y + 6.0,
        height - 12.0
    );
    let mut line_y = y + 22.0;
    for line in &row.label {
        text(out, (x + PAD + 4.0, line_y), (LABEL, INK, ""), line);
        line_y += LINE;
    }
    let lane = clean::clip(lane, 50, "…");
    text(out, (x + PAD + 4.0, line_y), (SMALL, GREY, ""), &lane);
    put!(out, "</g>");
}

/// Draws the part of an arrow that runs along its track.
fn vertical(out: &mut String, edge: &Edge, it: &Course) {
    let (x, from, to) = (it.track, it.from.1, it.to.1);
    let turn = if from < to { 6.0 } else { -6.0 };
    put!(
        out,
        "<path d=\"M{:.1},{from:.1} Q{x:.1},{from:.1} {x:.1},{:.1} V{:.1} Q{x:.1},{to:.1} {:.1},{to:.1}\" {}/>",
        x + 6.0,
        from + turn,
        to - turn,
        x + 6.0,
        look(edge.tone, edge.basis)
    );
}

/// Draws the parts that run in the rows; a white edge makes them bridges over the tracks they cross.
fn horizontals(out: &mut String, edge: &Edge, it: &Course) {
    let start = it.track + 6.0;
    for (x, y) in [it.from, it.to] {
        let d = format!("M{start:.1},{y:.1} H{x:.1}");
        put!(
            out,
            "<path d=\"{d}\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"5\"/>"
        );
        put!(out, "<path d=\"{d}\" {}/>", look(edge.tone, edge.basis));
    }
}

/// Draws the head of an arrow and its word.
fn head(out: &mut String, edge: &Edge, it: &Course) {
    let (x, y) = it.to;
    let colour = colour(edge.tone);
    put!(
        out,
        "<path d=\"M{:.1},{y:.1} l-9,-4.5 v9 z\" fill=\"{colour}\"/>",
        x - 0.5
    );
    let at = (x - 13.0, y - 3.5);
    text(out, at, (SMALL, colour, "text-anchor=\"end\""), &edge.word);
}

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Causal => "#0b57b0",
        Tone::Reversal => "#b3261e",
        Tone::Other => GREY,
    }
}

fn look(tone: Tone, basis: Basis) -> String {
    let width = if tone == Tone::Reversal { 2.0 } else { 1.5 };
    let dashes = match basis {
        Basis::Stated => "",
        Basis::Derived => " stroke-dasharray=\"8 4\"",
        Basis::Hedged => " stroke-dasharray=\"2 4\"",
    };
    let colour = colour(tone);
    format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dashes}")
}

/// Draws `words` with their baseline at `at`; `style` is size, colour and further attributes.
fn text(out: &mut String, at: (f64, f64), style: (f64, &str, &str), words: &str) {
    let (size, colour, more) = style;
    let space = if more.is_empty() { "" } else { " " };
    put!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size}\" fill=\"{colour}\"{space}{more}>{}</text>",
        at.0,
        at.1,
        escape(words)
    );
}

fn escape(text: &str) -> String {
    clean::one_line(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
