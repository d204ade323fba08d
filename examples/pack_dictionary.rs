//! Packs `MeCab`'s compiled Korean dictionary into the files that Backstory embeds.
//!
//! It reads the folder of compiled files in the wheel `python-mecab-ko-dic` and writes `system.dic`, `features.txt` and `user.toml`.
//! Words, word costs and connection costs stay as they are, so the best path through a sentence stays the same.
//! Left out are readings, the parts of compounds, and the classes of words other than nouns.
//! It downloads and compresses nothing; `data/dict/ko/rebuild.sh` does, and `data/dict/ko/README.md` describes the files.
//!
//! ```text
//! cargo run --release --example pack_dictionary -- mecab_ko_dic/dictionary data/dict/ko
//! ```

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

use vibrato::SystemDictionaryBuilder;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Characters that news pages use as spaces and `MeCab`'s table does not: no-break, typographic, zero-width and full-width.
const MORE_SPACES: &str = "\
0x00A0..0x00A0 SPACE
0x2000..0x200B SPACE
0x202F..0x202F SPACE
0x3000..0x3000 SPACE
0xFEFF..0xFEFF SPACE
";

/// The kinds of names in `user.toml`, with the class that `MeCab`'s `left-id.def` and `right-id.def` give them.
const NAME_KINDS: [(&str, &str); 3] = [("name", "*"), ("person", "인명"), ("place", "지명")];

/// The explanation at the top of `user.toml`.
const USER_TOML_HEADER: &str = "\
# How to give vibrato names at run time, next to the system dictionary.
# Written by examples/pack_dictionary.rs together with system.dic.lz4; the ids fit no other dictionary.
#
# A line of the user lexicon is: surface,left_id,right_id,cost,feature
#   right_id  right_id_consonant for a name that ends in a syllable with a final consonant (한국은행), right_id_vowel for one without (엔비디아).
#             It decides which particles may follow (은 or 는, 이 or 가).
#             Write both lines for a name that ends in anything but a Hangul syllable (H20, SK).
#   cost      max(cost_base + cost_per_char * characters, cost_min): long names must beat their parts, short ones must not beat common words.
# A surface may hold spaces (젠슨 황) and matches only text with the same spaces.

cost_base = 5000
cost_per_char = -1500
cost_min = -8000
";

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [mecab, out] = args.as_slice() else {
        return Err("usage: pack_dictionary MECAB_FOLDER OUT_FOLDER".into());
    };
    let (mecab, out) = (Path::new(mecab), Path::new(out));

    let mut words = read_words(&mecab.join("sys.dic"))?;
    let mut unknown = read_words(&mecab.join("unk.dic"))?;
    let matrix = Matrix::read(&mecab.join("matrix.bin"))?;
    let n_words = words.len();

    let usual = usual_features(&words, matrix.n_left);
    let (matrix, usual, ids) = matrix.merge_equal_ids(&usual);
    for word in words.iter_mut().chain(&mut unknown) {
        word.left_id = ids.left[usize::from(word.left_id)];
        word.right_id = ids.right[usize::from(word.right_id)];
    }
    words.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    words.dedup_by(|next, kept| next.never_beats(kept));
    for word in &mut words {
        if word.feature == usual[usize::from(word.left_id)] {
            word.feature.clear();
        }
    }

    let dictionary = SystemDictionaryBuilder::from_readers(
        to_csv(&words)?.as_bytes(),
        matrix.to_def()?.as_bytes(),
        read_characters(&mecab.join("char.bin"))?.as_bytes(),
        to_csv(&unknown)?.as_bytes(),
    )?;
    dictionary.write(io::BufWriter::new(fs::File::create(
        out.join("system.dic"),
    )?))?;
    fs::write(out.join("features.txt"), usual.join("\n") + "\n")?;
    fs::write(out.join("user.toml"), user_toml(mecab, &ids)?)?;

    writeln!(
        io::stdout(),
        "{} of {n_words} words, {} x {} connection costs",
        words.len(),
        matrix.n_right,
        matrix.n_left,
    )?;
    Ok(())
}

/// One way to read a word: a line of a `MeCab` lexicon.
#[derive(Debug)]
struct Word {
    surface: String,
    /// How it connects to the word on its left.
    left_id: u16,
    /// How it connects to the word on its right.
    right_id: u16,
    cost: i16,
    /// The shortened feature, see [`shorten`].
    feature: String,
}

impl Word {
    /// Puts the cheapest of several readings that connect alike first.
    fn sort_key(&self) -> (&str, u16, u16, i16, &str) {
        (
            &self.surface,
            self.left_id,
            self.right_id,
            self.cost,
            &self.feature,
        )
    }

    /// Tells whether `cheaper`, which sorts before this word, wins wherever this word could appear.
    fn never_beats(&self, cheaper: &Self) -> bool {
        self.surface == cheaper.surface
            && self.left_id == cheaper.left_id
            && self.right_id == cheaper.right_id
    }

    fn is_analysed(&self) -> bool {
        self.feature.contains('/')
    }
}

/// Reads the words of a compiled `MeCab` lexicon: a header, a double array (Darts), tokens and feature strings.
fn read_words(path: &Path) -> Result<Vec<Word>> {
    let bytes = fs::read(path)?;
    if u32_at(&bytes, 0)? ^ 0xef71_8f77 != u32::try_from(bytes.len())? {
        return Err(format!("{}: not a compiled MeCab dictionary", path.display()).into());
    }
    let n_array_bytes = usize::try_from(u32_at(&bytes, 24)?)?;
    let n_token_bytes = usize::try_from(u32_at(&bytes, 28)?)?;
    let (_header, body) = bytes.split_at(72);
    let (array, body) = body.split_at(n_array_bytes);
    let (tokens, features) = body.split_at(n_token_bytes);

    let mut words = Vec::new();
    for (surface, value) in double_array_keys(array)? {
        let surface = String::from_utf8(surface)?;
        let (first, n_tokens) = (usize::try_from(value >> 8)?, usize::try_from(value & 0xff)?);
        for token in tokens.chunks_exact(16).skip(first).take(n_tokens) {
            let feature = &features[usize::try_from(u32_at(token, 8)?)?..];
            let end = feature
                .iter()
                .position(|&byte| byte == 0)
                .ok_or("feature without an end")?;
            words.push(Word {
                surface: surface.clone(),
                left_id: u16_at(token, 0)?,
                right_id: u16_at(token, 2)?,
                cost: u16_at(token, 6)?.cast_signed(),
                feature: shorten(std::str::from_utf8(&feature[..end])?)?,
            });
        }
    }
    Ok(words)
}

/// Lists the keys of a Darts double array with their values.
///
/// A unit is `(base, check)`; the child of a node with base `b` for byte `c` is unit `b + c + 1`, its own value is unit `b`.
fn double_array_keys(array: &[u8]) -> Result<Vec<(Vec<u8>, u32)>> {
    let units: Vec<(i32, i32)> = array
        .chunks_exact(8)
        .map(|unit| {
            Ok((
                u32_at(unit, 0)?.cast_signed(),
                u32_at(unit, 4)?.cast_signed(),
            ))
        })
        .collect::<Result<_>>()?;
    let unit_of = |parent: i32, position: i32| {
        let &(base, check) = units.get(usize::try_from(position).ok()?)?;
        (check == parent).then_some(base)
    };

    let mut keys = Vec::new();
    let mut open = vec![(units.first().map_or(0, |&(base, _)| base), Vec::new())];
    while let Some((base, prefix)) = open.pop() {
        if let Some(value) = unit_of(base, base).filter(|&value| value < 0) {
            keys.push((prefix.clone(), (-value - 1).cast_unsigned()));
        }
        for byte in 0..=u8::MAX {
            if let Some(child) =
                unit_of(base, base + i32::from(byte) + 1).filter(|&child| 0 < child)
            {
                open.push((child, [prefix.as_slice(), &[byte]].concat()));
            }
        }
    }
    Ok(keys)
}

/// Shortens a `MeCab` feature to what Backstory reads.
///
/// A word that hides several morphemes, or another stem, keeps its analysis (`하/XSV+았/EP`); all others keep their tag,
/// and nouns their class (`NNP:인명`).
fn shorten(feature: &str) -> Result<String> {
    let columns: Vec<&str> = feature.split(',').collect();
    let &[tag, class, _, _, kind, _, _, analysis] = columns.as_slice() else {
        return Err(format!("expected 8 columns: {feature}").into());
    };
    if kind == "Inflect" || tag.contains('+') {
        let morphemes = analysis
            .split('+')
            .filter_map(|it| shorten_morpheme(it).transpose());
        return Ok(morphemes.collect::<Result<Vec<_>>>()?.join("+"));
    }
    let is_classed_noun = matches!(tag, "NNG" | "NNP") && class != "*";
    Ok(if is_classed_noun {
        format!("{tag}:{class}")
    } else {
        tag.to_owned()
    })
}

/// Turns `ᆫ다/EC/*` into `ㄴ다/EC`: no class, and the letters a keyboard types; a morpheme without a form is left out.
fn shorten_morpheme(morpheme: &str) -> Result<Option<String>> {
    let &[form, tag, _class] = morpheme.split('/').collect::<Vec<_>>().as_slice() else {
        return Err(format!("expected form/tag/class: {morpheme}").into());
    };
    let form: String = form.chars().map(to_keyboard_letter).collect();
    Ok((!form.is_empty()).then(|| format!("{form}/{tag}")))
}

/// Replaces a conjoining consonant, initial (from U+1100) or final (from U+11A8), by the letter of the same look (U+3131 to U+314E).
fn to_keyboard_letter(letter: char) -> char {
    const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
    let mut pairs = ('\u{1100}'..)
        .zip(INITIALS.chars())
        .chain(('\u{11A8}'..).zip(FINALS.chars()));
    pairs
        .find(|&(conjoining, _)| conjoining == letter)
        .map_or(letter, |(_, keyboard)| keyboard)
}

/// Returns the commonest feature of the words of each left id, or nothing if all of them are analysed.
///
/// Most left ids stand for one tag, so these few strings serve 93 of 100 words.
fn usual_features(words: &[Word], n_left: usize) -> Vec<String> {
    let mut counts: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); n_left];
    for word in words.iter().filter(|it| !it.is_analysed()) {
        *counts[usize::from(word.left_id)]
            .entry(&word.feature)
            .or_default() += 1;
    }
    let commonest = counts
        .iter()
        .map(|it| it.iter().max_by_key(|&(_, count)| count));
    commonest
        .map(|it| it.map_or(String::new(), |(&feature, _)| feature.to_owned()))
        .collect()
}

/// Connection costs, a row for each left id.
struct Matrix {
    n_right: usize,
    n_left: usize,
    costs: Vec<i16>,
}

/// The new number of every left and right id.
struct Renumbering {
    left: Vec<u16>,
    right: Vec<u16>,
}

impl Matrix {
    fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path)?;
        let (n_right, n_left) = (
            usize::from(u16_at(&bytes, 0)?),
            usize::from(u16_at(&bytes, 2)?),
        );
        let costs: Vec<i16> = bytes[4..]
            .chunks_exact(2)
            .map(|it| i16::from_le_bytes([it[0], it[1]]))
            .collect();
        if costs.len() != n_right * n_left {
            return Err(format!("{}: expected {n_right} x {n_left} costs", path.display()).into());
        }
        Ok(Self {
            n_right,
            n_left,
            costs,
        })
    }

    /// Gives ids that differ neither in costs nor in usual feature one number; a third of the matrix remains.
    ///
    /// Id 0 stands for the ends of a sentence and stays 0.
    fn merge_equal_ids(&self, usual: &[String]) -> (Self, Vec<String>, Renumbering) {
        let rows = self.costs.chunks_exact(self.n_right).zip(usual).collect();
        let (left, rows) = number_distinct(rows);
        let columns = (0..self.n_right).map(|right_id| {
            rows.iter()
                .map(|(row, _)| row[right_id])
                .collect::<Vec<_>>()
        });
        let (right, columns) = number_distinct(columns.collect());

        let costs = (0..rows.len())
            .flat_map(|left_id| columns.iter().map(move |column| column[left_id]))
            .collect();
        let merged = Self {
            n_right: columns.len(),
            n_left: rows.len(),
            costs,
        };
        let usual = rows
            .into_iter()
            .map(|(_, feature)| feature.clone())
            .collect();
        (merged, usual, Renumbering { left, right })
    }

    /// Writes the text form that vibrato reads: right id of the left word, left id of the right word, cost.
    fn to_def(&self) -> Result<String> {
        let mut text = format!("{} {}\n", self.n_right, self.n_left);
        for (left_id, row) in self.costs.chunks_exact(self.n_right).enumerate() {
            for (right_id, cost) in row.iter().enumerate() {
                writeln!(text, "{right_id} {left_id} {cost}")?;
            }
        }
        Ok(text)
    }
}

/// Numbers items in the order of their first appearance; returns the number of each and the distinct ones.
fn number_distinct<T: Clone + Eq + std::hash::Hash>(items: Vec<T>) -> (Vec<u16>, Vec<T>) {
    let mut number_of: HashMap<T, u16> = HashMap::new();
    let mut distinct = Vec::new();
    let mut number = |item: T| {
        *number_of.entry(item).or_insert_with_key(|item| {
            distinct.push(item.clone());
            u16::try_from(distinct.len() - 1).expect("ids are 16 bits wide, and no new ones appear")
        })
    };
    (items.into_iter().map(&mut number).collect(), distinct)
}

/// Writes `MeCab`'s character table as the text that vibrato reads, with [`MORE_SPACES`].
fn read_characters(path: &Path) -> Result<String> {
    let bytes = fs::read(path)?;
    let n_categories = usize::try_from(u32_at(&bytes, 0)?)?;
    let (names, table) = bytes[4..].split_at(32 * n_categories);
    let names = names
        .chunks_exact(32)
        .map(|name| Ok(std::str::from_utf8(name)?.trim_end_matches('\0')))
        .collect::<Result<Vec<_>>>()?;
    let infos = table
        .chunks_exact(4)
        .map(|it| u32_at(it, 0))
        .collect::<Result<Vec<_>>>()?;

    // A character: 18 bits of categories, 8 bits of its first category, 4 bits length, 1 bit group, 1 bit invoke.
    let first_category = |info: u32| usize::try_from(info >> 18 & 0xff);
    let mut text = String::new();
    for (category, name) in names.iter().enumerate() {
        if let Some(info) = infos
            .iter()
            .find(|&&info| first_category(info) == Ok(category))
        {
            writeln!(
                text,
                "{name} {} {} {}",
                info >> 31,
                info >> 30 & 1,
                info >> 26 & 0xf
            )?;
        }
    }
    let mut start = 0;
    for run in infos.chunk_by(|a, b| a == b) {
        let first = first_category(run[0])?;
        let others = (0..names.len()).filter(|&it| it != first && run[0] >> it & 1 == 1);
        let categories: Vec<&str> = std::iter::once(first)
            .chain(others)
            .map(|it| names[it])
            .collect();
        if categories != ["DEFAULT"] {
            writeln!(
                text,
                "0x{start:04X}..0x{:04X} {}",
                start + run.len() - 1,
                categories.join(" ")
            )?;
        }
        start += run.len();
    }
    Ok(text + MORE_SPACES)
}

/// Writes words as the lines that vibrato reads.
fn to_csv(words: &[Word]) -> Result<String> {
    let mut text = String::new();
    for Word {
        surface,
        left_id,
        right_id,
        cost,
        feature,
    } in words
    {
        let surface = surface.replace('"', "\"\"");
        writeln!(text, "\"{surface}\",{left_id},{right_id},{cost},{feature}")?;
    }
    Ok(text)
}

/// Writes the connection ids for words that are added at run time.
fn user_toml(mecab: &Path, ids: &Renumbering) -> Result<String> {
    let (left_ids, right_ids) = (
        read_ids(&mecab.join("left-id.def"))?,
        read_ids(&mecab.join("right-id.def"))?,
    );
    let left = |class: &str| {
        left_ids
            .get(&format!("NNP,{class},*"))
            .map(|&id| ids.left[id])
    };
    let right = |class: &str, final_consonant| {
        right_ids
            .get(&format!("NNP,{class},{final_consonant}"))
            .map(|&id| ids.right[id])
    };

    let mut text = USER_TOML_HEADER.to_owned();
    for (kind, class) in NAME_KINDS {
        let (Some(left), Some(closed), Some(open)) =
            (left(class), right(class, "T"), right(class, "F"))
        else {
            return Err(format!("no connection ids for NNP,{class}").into());
        };
        let feature = if class == "*" {
            "NNP".to_owned()
        } else {
            format!("NNP:{class}")
        };
        write!(
            text,
            "\n[{kind}]\nfeature = \"{feature}\"\nleft_id = {left}\nright_id_consonant = {closed}\nright_id_vowel = {open}\n"
        )?;
    }
    Ok(text)
}

/// Reads `left-id.def` or `right-id.def`: lines of an id and a feature, of which the first three columns are the key.
fn read_ids(path: &Path) -> Result<HashMap<String, usize>> {
    let mut ids = HashMap::new();
    for line in fs::read_to_string(path)?.lines() {
        let (id, feature) = line
            .split_once(' ')
            .ok_or_else(|| format!("{}: no feature: {line}", path.display()))?;
        let key: Vec<&str> = feature.split(',').take(3).collect();
        ids.entry(key.join(",")).or_insert(id.parse()?);
    }
    Ok(ids)
}

fn u16_at(bytes: &[u8], offset: usize) -> Result<u16> {
    let bytes = bytes.get(offset..offset + 2).ok_or("file ends early")?;
    Ok(u16::from_le_bytes(bytes.try_into()?))
}

fn u32_at(bytes: &[u8], offset: usize) -> Result<u32> {
    let bytes = bytes.get(offset..offset + 4).ok_or("file ends early")?;
    Ok(u32::from_le_bytes(bytes.try_into()?))
}
