//! The page read back: balanced, without anything that runs or is fetched, and with what a screen reader needs.

use std::collections::{HashMap, HashSet};

/// An element as the page has it.
struct Tag {
    name: String,
    attributes: HashMap<String, String>,
    /// The names of those it stands in, the outermost first.
    above: Vec<String>,
    /// The text and elements inside, as written.
    inside: (usize, usize),
}

const VOID: [&str; 3] = ["meta", "br", "hr"];

/// Every element of a page. Fails where one is not closed, or closed that was not opened.
#[track_caller]
fn tags(page: &str) -> Vec<Tag> {
    let (mut found, mut open): (Vec<Tag>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut at = page.find("<html").expect("a page");
    while let Some(start) = page[at..].find('<').map(|n| at + n) {
        let end = start + page[start..].find('>').expect("a tag that ends") + 1;
        let inner = &page[start + 1..end - 1];
        if let Some(name) = inner.strip_prefix('/') {
            let last = open.pop().unwrap_or_else(|| panic!("</{name}> closes nothing"));
            assert_eq!(found[last].name, name, "closed in the wrong order");
            found[last].inside.1 = start;
        } else {
            let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
            let above = open.iter().map(|i| found[*i].name.clone()).collect();
            found.push(Tag { name: name.to_owned(), attributes: attributes(rest), above, inside: (end, end) });
            if !VOID.contains(&name) {
                open.push(found.len() - 1);
            }
        }
        // What is inside a style is no HTML.
        at = if inner == "style" { end + page[end..].find("</style>").unwrap() } else { end };
    }
    assert!(open.is_empty(), "not closed: {:?}", open.iter().map(|i| &found[*i].name).collect::<Vec<_>>());
    found
}

#[track_caller]
fn attributes(mut text: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    while !text.is_empty() {
        let (name, rest) = text.split_once("=\"").unwrap_or_else(|| panic!("no attribute: {text}"));
        assert!(
            name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'B' | b'A' | b'R' | b'1' | b'2')),
            "{name}"
        );
        let (value, rest) = rest.split_once('"').expect("a value that ends");
        assert!(found.insert(name.trim().to_owned(), value.to_owned()).is_none(), "{name} twice");
        text = rest.trim_start();
    }
    found
}

/// Holds a page against all that it promises.
#[track_caller]
pub(super) fn holds(page: &str) {
    let tags = tags(page);
    harmless(page, &tags);
    accessible(page, &tags);
}

#[track_caller]
fn harmless(page: &str, tags: &[Tag]) {
    let policy = "default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;";
    assert!(tags.iter().any(|t| t.attributes.get("content").is_some_and(|c| c == policy)), "a policy");
    for tag in tags {
        let runs = ["script", "iframe", "object", "embed", "img", "link", "form", "base", "use", "foreignObject"];
        assert!(!runs.contains(&tag.name.as_str()), "<{}>", tag.name);
        for (name, value) in &tag.attributes {
            assert!(
                !name.starts_with("on") && !["src", "style", "srcdoc", "action"].contains(&name.as_str()),
                "{name}"
            );
            if name == "href" {
                let may = ["#", "https://", "http://", "mailto:"];
                assert!(may.iter().any(|start| value.starts_with(start)), "{value}");
            }
        }
    }
    assert_eq!(page.matches("<style").count(), 1);
    let style = &page[page.find("<style>").unwrap()..page.find("</style>").unwrap()];
    assert!(!style.contains("url(") && !style.contains("@import"), "nothing is fetched");
}

#[track_caller]
fn accessible(page: &str, tags: &[Tag]) {
    let of = |name: &'static str| tags.iter().filter(move |t| t.name == name);
    assert_eq!(of("html").next().and_then(|t| t.attributes.get("lang")).map(String::as_str), Some("en"));
    assert_eq!((of("main").count(), of("h1").count(), of("title").filter(|t| t.above.len() == 2).count()), (1, 1, 1));
    let ids: Vec<&String> = tags.iter().filter_map(|t| t.attributes.get("id")).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "an id twice");
    for tag in tags {
        let named = tag.attributes.get("aria-labelledby").into_iter().flat_map(|v| v.split(' '));
        let inner = tag.attributes.get("href").and_then(|h| h.strip_prefix('#')).into_iter();
        for id in named.chain(inner) {
            assert!(ids.iter().any(|known| *known == id), "nothing has the id {id}");
        }
    }
    for svg in of("svg") {
        let inside = &page[svg.inside.0..svg.inside.1];
        assert_eq!(svg.attributes.get("role").map(String::as_str), Some("img"));
        assert!(inside.starts_with("<title") && !inside.contains("<title></title>"), "a drawing without a name");
    }
    for th in of("th") {
        assert!(matches!(th.attributes.get("scope").map(String::as_str), Some("col" | "row")), "a header of nothing");
    }
    for table in of("table") {
        assert!(page[table.inside.0..table.inside.1].starts_with("<caption"), "a table without a name");
    }
    let level = |t: &Tag| t.name.strip_prefix('h').and_then(|n| n.parse::<u32>().ok());
    let levels: Vec<u32> = tags.iter().filter_map(level).collect();
    assert_eq!(levels.first(), Some(&1), "{levels:?}");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "a level is left out: {levels:?}");
}

/// The colours of a palette in the style, by name.
fn palette(style: &str) -> HashMap<&str, [f64; 3]> {
    let mut found = HashMap::new();
    for part in style.split([';', '{', '\n']) {
        let Some((name, hex)) = part.trim().strip_prefix("--").and_then(|p| p.split_once(":#")) else { continue };
        let hex = hex.trim_end_matches('}');
        let byte = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        found.insert(name, [byte(0), byte(2), byte(4)]);
    }
    found
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2).
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    let light = |c: [f64; 3]| 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_can_be_read_on_its_ground_in_light_in_dark_and_on_paper() {
    for style in [include_str!("../../src/report/html/style.css"), include_str!("../../src/report/html/poster.css")] {
        let roots: Vec<&str> = style.split(":root{").skip(1).take(3).map(|r| &r[..r.find('}').unwrap()]).collect();
        assert_eq!(roots.len(), 3, "light, dark, paper");
        for root in roots {
            let colours = palette(root);
            let grounds = ["paper", "card"].into_iter().filter_map(|g| colours.get(g));
            for ground in grounds {
                for ink in ["ink", "soft", "accent", "good", "warn", "bad"] {
                    let found = contrast(colours[ink], *ground);
                    assert!(found >= 4.5, "{ink}: {found:.2}");
                }
            }
            for status in ["good", "warn", "bad", "none"] {
                let found = contrast(colours[status], colours[format!("{status}-bg").as_str()]);
                assert!(found >= 4.5, "{status} on its ground: {found:.2}");
            }
        }
    }
}

#[test]
fn the_pages_of_the_bakery_hold_all_this() {
    let outline = super::outline(&super::weeks().0);
    let page = truenorth::report::html(&outline);
    holds(&page);
    holds(&truenorth::report::poster(&outline));
    // A chart for every KPI that has been read, and its numbers for those who do not see it.
    let read = outline.scorecard.iter().filter(|k| k.value.is_some()).count();
    assert!(read > 15 && page.matches("class=\"chart\"").count() >= read);
    assert!(page.matches("<summary").count() >= read);
}

#[test]
fn what_would_break_the_page_is_found() {
    for broken in ["<html><p></html></p>", "<html><p>", "<html><p onclick=\"x\"></p></html>"] {
        assert!(std::panic::catch_unwind(|| harmless(broken, &tags(broken))).is_err(), "{broken}");
    }
}
