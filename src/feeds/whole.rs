//! Whether an XML text is whole: each element ends, and in its turn. A reader that waits for an end would wait forever.

/// Whether every element of a text is closed by its own name.
pub(super) fn is_whole(mut text: &[u8]) -> bool {
    let mut open: Vec<&[u8]> = Vec::new();
    while let Some(at) = text.iter().position(|b| *b == b'<') {
        text = &text[at..];
        let aside: [(&[u8], &[u8]); 3] = [(b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")];
        let length = match aside.iter().find(|(begin, _)| text.starts_with(begin)) {
            Some((begin, end)) => find(&text[begin.len()..], end).map(|at| begin.len() + at + end.len()),
            None => tag(text),
        };
        let Some(length) = length else { return false };
        let (this, rest) = text.split_at(length);
        text = rest;
        if let Some(name) = this.strip_prefix(b"</") {
            if open.pop() != Some(name_of(name)) {
                return false;
            }
        } else if !this.starts_with(b"<!") && !this.starts_with(b"<?") && !this.ends_with(b"/>") {
            open.push(name_of(&this[1..]));
        }
    }
    open.is_empty()
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|w| w == what)
}

/// The length of a tag: up to the `>` that is in no attribute.
fn tag(text: &[u8]) -> Option<usize> {
    let mut quote = None;
    let end = text.iter().position(|b| match (quote, *b) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(*b);
            false
        }
        (Some(begun), b) => {
            if begun == b {
                quote = None;
            }
            false
        }
        (None, _) => false,
    })?;
    Some(end + 1)
}

fn name_of(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || [b'>', b'/'].contains(b)).unwrap_or(tag.len());
    &tag[..end]
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn a_table_that_is_cut_off_or_never_ends_is_not_whole() {
        let good = "<?xml version=\"1.0\"?>\n<a:doc x='>'><!-- </b> --><b:t n=\"1>2\"><c/><d><![CDATA[<e>]]></d ></b:t></a:doc>\n";
        assert!(is_whole(good.as_bytes()) && is_whole(b""));
        for cut in 23..good.len() - 1 {
            assert!(!is_whole(&good.as_bytes()[..cut]), "{}", &good[..cut]);
        }
        for bad in ["</b:t>", "</d >", "<b:t n=\"1>2\">"] {
            assert!(!is_whole(good.replacen(bad, "", 1).as_bytes()), "without {bad}");
            assert!(
                !is_whole(good.replacen(bad, &bad.replace(['t', 'd'], "x"), 1).as_bytes()),
                "{bad} by another name"
            );
        }
    }
}
