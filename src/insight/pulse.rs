//! The pulse: how far people agree with a few statements, counted so that nobody's answer can be told.

use crate::model::alignment::PulseWeek;
use crate::model::checkin::CheckIn;
use crate::model::workspace::Statement;

/// From so many answers on the counts are shown: fewer would tell who said what.
pub const ANONYMOUS: u32 = 4;

/// The answers of some check-ins by statement, in the workspace's order; statements that nobody answered are left out.
/// Of two answers of one member to one statement the later counts.
#[must_use]
pub fn counted(statements: &[Statement], check_ins: &[&CheckIn]) -> Vec<PulseWeek> {
    statements
        .iter()
        .filter_map(|statement| {
            let mut counts = [0_u32; 5];
            for check_in in check_ins {
                let mine = check_in.pulse.iter().rfind(|p| p.statement == statement.id);
                if let Some(count) = mine.and_then(|p| counts.get_mut(usize::from(p.agrees.get()) - 1)) {
                    *count += 1;
                }
            }
            let answers = counts.iter().sum();
            (answers > 0).then(|| PulseWeek {
                statement: statement.id.clone(),
                text: statement.text.clone(),
                answers,
                counts: (answers >= ANONYMOUS).then_some(counts),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::checkin::Pulse;
    use crate::model::scale::Agrees;
    use crate::model::workspace::three_statements;

    fn says(member: &str, answers: &[(&str, u8)]) -> CheckIn {
        let pulse = |(on, n): &(&str, u8)| Pulse { statement: id(on), agrees: Agrees::new(*n).unwrap() };
        CheckIn { pulse: answers.iter().map(pulse).collect(), ..CheckIn::new(id(member), week(NOW)) }
    }

    #[test]
    fn three_answers_are_only_counted_and_four_are_shown_by_how_far_they_agree() {
        let all = [
            says("maya", &[("serves", 5), ("values", 3)]),
            says("tom", &[("serves", 4)]),
            says("ann", &[("serves", 1), ("serves", 4)]),
            says("leo", &[("values", 2)]),
        ];
        let all: Vec<&CheckIn> = all.iter().collect();
        let seen = counted(&three_statements(), &all);
        assert_eq!(seen.len(), 2, "nobody answered the third");
        assert_eq!((seen[0].answers, seen[0].counts), (3, None));
        let ruth = says("ruth", &[("serves", 5)]);
        let more: Vec<&CheckIn> = all.into_iter().chain([&ruth]).collect();
        let seen = counted(&three_statements(), &more);
        assert_eq!(seen[0].counts, Some([0, 0, 0, 2, 2]), "of two answers of one person the later counts");
        assert_eq!(seen[0].mean(), Some(number(4.5)));
    }
}
