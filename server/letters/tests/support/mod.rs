//! Reads a finished PDF back: just enough of the format for the files this crate writes (no object streams, text shown
//! with two-byte codes), so that the tests need no program outside Cargo.

use std::collections::HashMap;
use std::io::Read as _;

/// The file with each byte as one character, so that offsets in both agree.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let start = text.find(from)? + from.len();
    let end = text[start..].find(to)? + start;
    Some(&text[start..end])
}

/// A PDF file, its objects by number.
pub(crate) struct Pdf {
    /// The whole file.
    pub(crate) raw: String,
    objects: HashMap<u32, String>,
}

impl Pdf {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let raw = latin(bytes);
        let mut objects = HashMap::new();
        for (place, _) in raw.match_indices(" 0 obj\n") {
            let digits = raw[..place].rfind(|letter: char| !letter.is_ascii_digit()).map_or(0, |index| index + 1);
            let end = raw[place..].find("endobj").expect("every object ends") + place;
            if let Ok(number) = raw[digits..place].parse() {
                objects.insert(number, raw[place + " 0 obj\n".len()..end].to_owned());
            }
        }
        Self { raw, objects }
    }

    pub(crate) fn pages(&self) -> usize {
        self.objects.values().filter(|object| object.starts_with("<</Type/Page/")).count()
    }

    /// The file without what its streams hold: the part that can make a reader do something.
    pub(crate) fn skeleton(&self) -> String {
        let mut objects: Vec<(&u32, &String)> = self.objects.iter().collect();
        objects.sort();
        objects.into_iter().map(|(_, object)| object.split("stream\n").next().unwrap_or_default()).collect()
    }

    fn object(&self, reference: &str) -> &str {
        let number = reference.split_whitespace().next().expect("a reference has a number");
        &self.objects[&number.parse().expect("a reference is a number")]
    }

    /// The structure that is read out: each element with what it holds, `L(LI(Lbl LBody) …)`, and the numbers of the marked
    /// lines in the order in which it reads them.
    pub(crate) fn structure(&self) -> (String, Vec<u32>) {
        let root = self.objects.values().find(|object| object.starts_with("<</Type/StructTreeRoot")).expect("a structure");
        let mut marks = Vec::new();
        let outline = self.kids(root, &mut marks);
        (outline, marks)
    }

    fn kids(&self, object: &str, marks: &mut Vec<u32>) -> String {
        let kids: Vec<&str> = between(object, "/K[", "]").expect("something is held").split_whitespace().collect();
        let mut held = Vec::new();
        if kids.get(2) != Some(&"R") {
            marks.extend(kids.iter().map(|mark| mark.parse::<u32>().expect("a mark is a number")));
            return String::new();
        }
        for kid in kids.chunks(3) {
            let element = self.object(kid[0]);
            let name = between(element, "/S/", "/").expect("an element has a kind");
            let inner = self.kids(element, marks);
            held.push(if inner.is_empty() { name.to_owned() } else { format!("{name}({inner})") });
        }
        held.join(" ")
    }

    /// The characters of a stream, inflated.
    fn stream(&self, reference: &str) -> String {
        let object = self.object(reference);
        let start = object.find("stream\n").expect("a stream") + "stream\n".len();
        let packed: Vec<u8> = object[start..].chars().map(|letter| u8::try_from(letter).expect("one byte each")).collect();
        let mut bytes = Vec::new();
        flate2::read::ZlibDecoder::new(packed.as_slice()).read_to_end(&mut bytes).expect("a deflated stream");
        latin(&bytes)
    }

    /// The text of the only page, one line for each marked line, read through the fonts' own tables.
    pub(crate) fn text(&self) -> String {
        let page = self.objects.values().find(|object| object.starts_with("<</Type/Page/")).expect("a page");
        let resources = self.object(between(page, "/Resources ", "R").expect("resources"));
        let fonts: HashMap<&str, HashMap<u16, String>> = between(resources, "/Font<<", ">>")
            .expect("fonts")
            .split_inclusive(" 0 R")
            .map(|entry| {
                let (name, reference) = entry[1..].split_once(' ').expect("a name and a reference");
                let map = between(self.object(reference), "/ToUnicode ", "R").expect("a table of characters");
                (name, characters(&self.stream(map)))
            })
            .collect();
        read(&self.stream(between(page, "/Contents ", "R").expect("contents")), &fonts)
    }
}

/// The pairs of a `ToUnicode` table.
fn characters(table: &str) -> HashMap<u16, String> {
    let pairs = table.lines().filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"));
    pairs
        .filter(|(code, _)| *code != "0000")
        .map(|(code, text)| {
            let units: Vec<u16> =
                text.as_bytes().chunks(4).map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap()).collect();
            (u16::from_str_radix(code, 16).unwrap(), String::from_utf16(&units).unwrap())
        })
        .collect()
}

/// Follows the operators that choose a font, show text and end a line.
fn read(content: &str, fonts: &HashMap<&str, HashMap<u16, String>>) -> String {
    let mut text = String::new();
    let mut font = None;
    let mut letters = content.char_indices();
    while let Some((place, letter)) = letters.next() {
        let rest = &content[place..];
        if let Some(replaced) = rest.strip_prefix("/ActualText(") {
            // What a reader is told to say instead: the glyphs are what is tested here.
            letters.nth(rest.len() - replaced.len() - 2);
            literal(&mut letters);
            continue;
        }
        if rest.starts_with("/f") {
            font = fonts.get(rest[1..].split(' ').next().unwrap());
        } else if rest.starts_with("EMC") && !text.ends_with('\n') {
            text.push('\n');
        } else if letter == '(' {
            let bytes = literal(&mut letters);
            for pair in bytes.chunks(2) {
                text.push_str(&font.expect("a font is chosen")[&u16::from_be_bytes([pair[0], pair[1]])]);
            }
        }
    }
    text
}

/// The bytes of a string, its opening bracket being behind.
fn literal(letters: &mut std::str::CharIndices) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut depth = 1;
    while let Some((_, letter)) = letters.next() {
        let byte = match letter {
            '\\' => match letters.next().expect("an escape is followed").1 {
                'n' => b'\n',
                'r' => b'\r',
                't' => b'\t',
                'b' => 8,
                'f' => 12,
                digit @ '0'..='7' => {
                    let octal: String = [digit, letters.next().unwrap().1, letters.next().unwrap().1].iter().collect();
                    u8::from_str_radix(&octal, 8).unwrap()
                }
                other => u8::try_from(other).unwrap(),
            },
            other => {
                depth += i32::from(other == '(') - i32::from(other == ')');
                if depth == 0 {
                    break;
                }
                u8::try_from(other).unwrap()
            }
        };
        bytes.push(byte);
    }
    bytes
}
