//! How the code says a text.

/// Says a text in the language that is spoken.
///
/// `say!("Goals")` is a `&'static str`. `say!("{n} of {total} goals", n, total = all.len())` is a `String`: each placeholder is named,
/// and each name is given, by itself where a variable is called so. A first text with a bar after it tells two equal English words
/// apart, as in `say!("to do" | "open")`.
macro_rules! say {
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
    ($text:literal) => { $crate::model::tongue::word($text) };
    ($context:literal | $text:literal) => { $crate::model::tongue::word_in(concat!($context, "|", $text), $text) };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match ($(&say!(@value $name $(= $value)?),)+) {
            ($($name,)+) => match $crate::model::tongue::template($text) {
                None => ::std::format!($text, $($name = $name),+),
                Some(template) => $crate::model::tongue::fill(
                    template,
                    &[$((::std::stringify!($name), &$name as &dyn ::std::fmt::Display)),+],
                ),
            },
        }
    };
}

/// Marks a text of a table as one that is said later, by [`word`](crate::model::tongue::word).
macro_rules! term {
    ($text:literal) => {
        $text
    };
}
