//! Which imports a source makes, resolved, against the rooms and the libraries.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Rooms in the order of the flow; a room may use those named beside it and the common words.
const ROOMS: [(&str, &[&str]); 11] = [
    ("template", &[]),
    ("ingest", &["template"]),
    ("validate", &["template", "ingest"]),
    ("archive", &["template", "ingest", "validate"]),
    ("aggregate", &["template", "validate"]),
    ("compose", &["template", "validate", "aggregate"]),
    ("render", &["compose"]),
    ("publish", &[]),
    (
        "pipeline",
        &["template", "ingest", "validate", "archive", "aggregate", "compose", "render", "publish"],
    ),
    ("measure", &[]),
    ("cli", &["pipeline", "measure", "template", "validate", "aggregate", "archive", "compose"]),
];

/// Words that every room may use; `files` (the disk) belongs to the edges only.
const WORDS: [&str; 5] = ["crew", "period", "place", "quantity", "text"];
const EDGES: [&str; 3] = ["publish", "pipeline", "cli"];

/// The rooms in which a library may be named.
const LIBRARIES: [(&str, &[&str]); 35] = [
    ("toml", &["template"]),
    ("cel", &["template"]),
    ("aho_corasick", &["text"]),
    ("foldhash", &["text"]),
    ("calamine", &["ingest"]),
    ("cfb", &["ingest"]),
    ("zip", &["ingest", "render/xlsx/patch"]),
    ("quick_xml", &["ingest", "render/xlsx/patch"]),
    ("encoding_rs", &["ingest"]),
    ("simdutf8", &["ingest"]),
    ("strsim", &["validate"]),
    ("parquet", &["archive"]),
    ("arrow_array", &["archive"]),
    ("arrow_schema", &["archive"]),
    ("bytes", &["archive"]),
    ("postcard", &["archive"]),
    ("polars", &["aggregate"]),
    ("minijinja", &["compose"]),
    ("pulldown_cmark", &["compose"]),
    ("printpdf", &["render/pdf"]),
    ("lopdf", &["render/pdf"]),
    ("rustybuzz", &["render/pdf"]),
    ("subsetter", &["render/pdf"]),
    ("rust_xlsxwriter", &["render/xlsx"]),
    ("hayro_syntax", &["measure"]),
    ("flate2", &["ingest", "measure"]),
    ("tempfile", &["publish"]),
    ("rayon", &["pipeline"]),
    ("process_control", &["pipeline/worker"]),
    ("rlimit", &["cli"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("indicatif", &["cli"]),
    ("terminal_size", &["cli"]),
    ("unicode_width", &["cli"]),
];

/// Returns what a source breaks, one line a violation.
pub(super) fn violations_of(module: &str, source: &str) -> Vec<String> {
    let tokens: TokenStream = source.parse().unwrap();
    let path: Vec<String> =
        module.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let mut walk = Walk { room: path.clone(), foreign: BTreeMap::new(), violations: Vec::new() };
    walk.module(tokens, &path);
    walk.violations.into_iter().map(|violation| format!("{module}: {violation}")).collect()
}

struct Walk {
    /// Module of the file, which decides its room.
    room: Vec<String>,
    /// Names imported from another room.
    foreign: BTreeMap<String, String>,
    violations: Vec<String>,
}

impl Walk {
    fn module(&mut self, tokens: TokenStream, module: &[String]) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            if is_test_module(&trees, at) {
                at += 5;
                continue;
            }
            match (&trees[at], trees.get(at + 1), trees.get(at + 2)) {
                (
                    TokenTree::Ident(word),
                    Some(TokenTree::Ident(name)),
                    Some(TokenTree::Group(body)),
                ) if word == "mod" && body.delimiter() == Delimiter::Brace => {
                    let inner = [module, &[name.to_string()]].concat();
                    self.module(body.stream(), &inner);
                    at += 3;
                }
                (TokenTree::Ident(word), _, _) if word == "use" => {
                    let end = statement_end(&trees, at);
                    let export = export_of(&trees, at);
                    self.use_tree(&trees[at + 1..end], &[], module, export);
                    at = end;
                }
                (TokenTree::Ident(word), _, _)
                    if word == "type" && export_of(&trees, at) == Export::Public =>
                {
                    self.alias(&trees[at + 1..statement_end(&trees, at)]);
                    at += 1;
                }
                (TokenTree::Ident(_), _, _) => at = self.expression_path(&trees, at, module),
                (TokenTree::Group(group), _, _) => {
                    self.module(group.stream(), module);
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// Checks a use tree; `prefix` is the path in front of it.
    fn use_tree(
        &mut self,
        trees: &[TokenTree],
        prefix: &[String],
        module: &[String],
        export: Export,
    ) {
        let mut path = prefix.to_vec();
        let mut alias = None;
        let mut at = 0;
        while at < trees.len() {
            match &trees[at] {
                TokenTree::Ident(word) if word == "as" => {
                    alias = trees.get(at + 1).map(ToString::to_string);
                    at += 1;
                }
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(mark) if mark.as_char() == '*' => path.push("*".to_owned()),
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    for part in inner.split(|tree| tree.to_string() == ",") {
                        if !part.is_empty() {
                            self.use_tree(part, &path, module, export);
                        }
                    }
                    return;
                }
                _ => {}
            }
            at += 1;
        }
        self.imported(&path, alias, module, export);
    }

    fn imported(
        &mut self,
        path: &[String],
        alias: Option<String>,
        module: &[String],
        export: Export,
    ) {
        let resolved = resolve(path, module);
        let last = path.iter().rev().find(|part| *part != "self").cloned();
        let name = alias.or(last).unwrap_or_default();
        let shown = path.join("::");
        match resolved {
            Resolved::Root => self.violations.push(format!("{shown} imports the crate itself")),
            Resolved::Inside(target) => {
                let own = self.room.first();
                if target.first() != own && !WORDS.contains(&target[0].as_str()) {
                    self.foreign.insert(name, shown.clone());
                    if export == Export::Public && own.is_some() {
                        self.violations.push(format!("{shown} is re-exported"));
                    }
                }
                self.check_room(&target, &shown);
            }
            Resolved::Outside(first) => {
                if export == Export::Public && self.foreign.contains_key(&first) {
                    self.violations.push(format!("{shown} is re-exported"));
                }
                self.check_library(&first, path.get(1).map(String::as_str), &shown);
            }
        }
    }

    /// Checks `type Name = Other…`: what is aliased stands behind the sign.
    fn alias(&mut self, trees: &[TokenTree]) {
        let sign = trees.iter().position(|tree| tree.to_string() == "=");
        let aliased = sign.and_then(|sign| trees.get(sign + 1)).map(ToString::to_string);
        if let Some(aliased) = aliased.filter(|aliased| self.foreign.contains_key(aliased)) {
            self.violations.push(format!("a public alias of {aliased}"));
        }
    }

    /// Checks a path that is used in place and returns where it ends.
    fn expression_path(&mut self, trees: &[TokenTree], start: usize, module: &[String]) -> usize {
        let mut path = vec![trees[start].to_string()];
        let mut at = start + 1;
        while is_colons(trees, at) {
            match trees.get(at + 2) {
                Some(TokenTree::Ident(word)) => path.push(word.to_string()),
                _ => break,
            }
            at += 3;
        }
        let shown = path.join("::");
        if path[0] == "crate" && path.len() == 1 {
            return at;
        }
        let is_extern = start > 0 && trees[start - 1].to_string() == "crate" && path.len() == 1;
        if path.len() > 1 || is_extern {
            match resolve(&path, module) {
                Resolved::Root => {}
                Resolved::Inside(target) => self.check_room(&target, &shown),
                Resolved::Outside(first) => {
                    self.check_library(&first, path.get(1).map(String::as_str), &shown);
                }
            }
        }
        at
    }

    fn check_room(&mut self, target: &[String], shown: &str) {
        let Some(own) = self.room.first() else { return };
        let other = target[0].as_str();
        let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| room == own) else {
            let is_word = WORDS.contains(&other) || other == own;
            if !is_word {
                self.violations.push(format!("{shown}: a common word uses a room"));
            }
            return;
        };
        let fine = other == own
            || WORDS.contains(&other)
            || allowed.contains(&other)
            || (other == "files" && EDGES.contains(&own.as_str()));
        if !fine {
            self.violations.push(format!("{shown}: `{own}` may not use `{other}`"));
        }
    }

    fn check_library(&mut self, library: &str, second: Option<&str>, shown: &str) {
        let module = self.room.join("/");
        let in_room = |room: &&str| module == **room || module.starts_with(&format!("{room}/"));
        if let Some((_, homes)) = LIBRARIES.iter().find(|(name, _)| *name == library)
            && !homes.iter().any(in_room)
        {
            self.violations.push(format!("{shown}: `{library}` is at home in {homes:?}"));
        }
        let on_disk = library == "std" && matches!(second, Some("fs" | "env" | "net" | "process"));
        if on_disk && !["files", "publish", "cli", "pipeline/worker", ""].iter().any(in_room) {
            self.violations.push(format!("{shown}: disk and environment stay at the edges"));
        }
    }
}

/// Whether others see an import.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Export {
    Public,
    Private,
}

enum Resolved {
    Root,
    Inside(Vec<String>),
    Outside(String),
}

/// Returns what a path means in a module: the crate itself, something in it, another crate or a
/// local name.
fn resolve(path: &[String], module: &[String]) -> Resolved {
    let mut base = match path[0].as_str() {
        "crate" | "da06" => Vec::new(),
        "self" => module.to_vec(),
        "super" => module[..module.len().saturating_sub(1)].to_vec(),
        other => return Resolved::Outside(other.to_owned()),
    };
    for part in &path[1..] {
        match part.as_str() {
            "super" => drop(base.pop()),
            "self" => {}
            other => base.push(other.to_owned()),
        }
    }
    if base.is_empty() { Resolved::Root } else { Resolved::Inside(base) }
}

fn is_colons(trees: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| trees.get(at).is_some_and(|tree| tree.to_string() == ":");
    colon(at) && colon(at + 1)
}

fn statement_end(trees: &[TokenTree], start: usize) -> usize {
    let end = trees[start..].iter().position(|tree| tree.to_string() == ";");
    end.map_or(trees.len(), |end| start + end)
}

/// Returns whether `pub` or `pub(…)` stands before an item.
fn export_of(trees: &[TokenTree], at: usize) -> Export {
    let before = |back: usize| at.checked_sub(back).map(|at| trees[at].to_string());
    let public = before(1).as_deref() == Some("pub")
        || (before(1).is_some_and(|text| text.starts_with('('))
            && before(2).as_deref() == Some("pub"));
    if public { Export::Public } else { Export::Private }
}

/// Returns whether `#[cfg(test)] mod name { … }` starts here.
fn is_test_module(trees: &[TokenTree], at: usize) -> bool {
    let text = |offset: usize| trees.get(at + offset).map(ToString::to_string);
    text(0).as_deref() == Some("#")
        && text(1).is_some_and(|attribute| attribute.replace(' ', "") == "[cfg(test)]")
        && text(2).as_deref() == Some("mod")
}
