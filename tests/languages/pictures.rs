//! A few places in German, as they look: what no rule can say of a language is looked at.

use truenorth::model::tongue::{Language, within};

use crate::harness::Driven;

/// Holds a place in German against its picture, at two sizes in one file.
fn picture(name: &str, keys: &str) {
    let pictures = within(Language::German, || {
        let mut t = Driven::new();
        if !keys.is_empty() {
            t.keys(keys);
        }
        let at = |(w, h)| format!("{w}x{h}\n{}\n", t.again().at(w, h).screen());
        [(80, 24), (100, 30)].map(at).concat()
    });
    let settings = (true, false, "../snapshots");
    insta::with_settings!(
        { omit_expression => settings.0, prepend_module_to_snapshot => settings.1, snapshot_path => settings.2 },
        { insta::assert_snapshot!(name, pictures); }
    );
}

macro_rules! pictures {
    ($($test:ident, $name:literal: $keys:literal;)*) => {$(
        #[test]
        fn $test() {
            picture($name, $keys);
        }
    )*};
}

pictures! {
    home, "german-home": "";
    a_step_of_the_review, "german-scorecard": "r Y Tab Tab";
    alignment, "german-alignment": "9";
    history, "german-history": "8";
    the_form_of_a_decision, "german-decision": "r Y d";
    registers, "german-registers": "0";
}
