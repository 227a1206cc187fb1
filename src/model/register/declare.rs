//! How a register is declared: its stages, the words it offers, its fields. What a list, a form, a file, a search and a comparison
//! need to know of a kind follows from these three declarations.

/// Declares the stages that the cards of a register go through: word, open or closed, what is asked on entering, what may follow.
macro_rules! stages {
    (@asks) => { None };
    (@asks $asks:literal) => { Some($asks) };
    ($(#[$doc:meta])* $name:ident {
        $($(#[$what:meta])* $stage:ident $word:literal $phase:ident $(asks $asks:literal)? [$($next:ident),*];)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$what])* #[serde(rename = $word)] $stage),* }

        impl $name {
            const ALL: &'static [Self] = &[$(Self::$stage),*];
            /// What is known of each, in the order of their names above.
            pub const TABLE: &'static [$crate::model::register::Stage] = &[$($crate::model::register::Stage {
                word: $word,
                phase: $crate::model::register::Phase::$phase,
                asks: stages!(@asks $($asks)?),
                next: &[$(Self::$next as usize),*],
            }),*];
        }

        impl Default for $name {
            /// Where a card begins.
            fn default() -> Self {
                Self::ALL[0]
            }
        }
    };
}

/// Declares words that a field offers.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $choice:ident $key:literal $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$what])* #[serde(rename = $key)] $choice),* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$choice),*];

            /// The word on the screen.
            #[must_use]
            pub fn label(self) -> &'static str {
                $crate::model::tongue::word(match self { $(Self::$choice => $label),* })
            }
        }

        impl $crate::model::register::Value for $name {
            const INPUT: $crate::model::register::Input = $crate::model::register::Input::Choice(
                &[$($crate::model::register::Choice { key: $key, label: $label }),*],
            );
            const NEEDED: bool = true;

            fn to_text(&self) -> String {
                match self { $(Self::$choice => $key.to_owned()),* }
            }

            fn from_text(text: &str) -> Result<Self, String> {
                match text.trim() {
                    $($key => Ok(Self::$choice),)*
                    _ => Err(format!("one of {}", [$($key),*].join(", "))),
                }
            }
        }
    };
}

/// Declares the fields that only the cards of one register have. The hint is what a form says beside the field; what a number counts
/// stands behind it.
macro_rules! fields {
    (@counts) => { None };
    (@counts $counts:ident) => { Some($crate::model::register::Counts::$counts) };
    ($(#[$doc:meta])* $name:ident, $stage:ty {
        $($(#[$meta:meta])* $field:ident: $type:ty = $label:literal, $hint:literal $(in $counts:ident)?;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Where it stands.
            #[serde(default)]
            pub stage: $stage,
            $(
                #[doc = concat!($label, ": ", $hint, ".")]
                $(#[$meta])*
                pub $field: $type,
            )*
        }

        impl $crate::model::register::Payload for $name {
            const FIELDS: &'static [$crate::model::register::Field] = &[$($crate::model::register::Field {
                id: stringify!($field),
                label: $label,
                hint: $hint,
                input: <$type as $crate::model::register::Value>::INPUT,
                needed: <$type as $crate::model::register::Value>::NEEDED,
                counts: fields!(@counts $($counts)?),
            }),*];

            fn texts(&self) -> Vec<String> {
                vec![$($crate::model::register::Value::to_text(&self.$field)),*]
            }

            fn read(text: &dyn Fn(&str) -> String) -> Result<Self, $crate::model::register::Wrong> {
                let wrong = |field, why| $crate::model::register::Wrong { field, why };
                Ok(Self {
                    stage: <$stage>::default(),
                    $($field: $crate::model::register::Value::from_text(&text(stringify!($field)))
                        .map_err(|why| wrong(stringify!($field), why))?,)*
                })
            }

            fn write<S: serde::Serializer>(&self, to: S, nth: u32, word: &'static str) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStructVariant;
                use $crate::model::register::Value;
                let said = 1 $(+ usize::from(!Value::is_blank(&self.$field)))*;
                let mut to = to.serialize_struct_variant("What", nth, word, said)?;
                to.serialize_field("stage", &self.stage)?;
                $(if !Value::is_blank(&self.$field) {
                    to.serialize_field(stringify!($field), &self.$field)?;
                })*
                to.end()
            }

            fn stage(&self) -> usize {
                self.stage as usize
            }

            fn move_to(&mut self, stage: usize) {
                if let Some(stage) = <$stage>::ALL.get(stage) {
                    self.stage = *stage;
                }
            }
        }
    };
}

pub(super) use {choices, fields, stages};
