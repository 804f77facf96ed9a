//! The invented figures of a commune: all relations of the rules hold, stocks grow, flows swing.

use crate::{
    profile::{Profile, Values, permille},
    villages,
};

/// How many months after December 2023 the assigned targets are measured.
const MONTH_OF_TARGETS: i64 = 3;

/// Returns every figure of a commune in a month; month 0 is December 2023.
pub(crate) fn values(profile: &Profile, month: i64) -> Values {
    let mut values = Values::new();
    propagation(profile, month, &mut values);
    accounts(profile, month, &mut values);
    services(profile, month, &mut values);
    officials(profile, month, (18, 24), &mut values);
    utilities(profile, month, (3, 40), &mut values);
    values
}

fn propagation(profile: &Profile, month: i64, values: &mut Values) {
    let flow = |code, usual| profile.flow(code, month, usual);
    let meetings = flow("A02", (3, 6));
    let broadcasts = flow("A04", (24, 56));
    let posts = [flow("A07", (3, 8)), flow("A08", (6, 18)), flow("A09", (8, 26))];
    set(values, "A01", flow("A01", (2, 4)));
    set(values, "A02", meetings);
    set(values, "A03", meetings * flow("A03", (35, 70)));
    set(values, "A04", broadcasts);
    set(values, "A05", broadcasts * profile.steady("A05", 8, 15));
    if profile.steady("A06?", 0, 2) > 0 {
        set(values, "A06", flow("A06", (2, 6)));
    }
    set(values, "A07", posts[0]);
    set(values, "A08", posts[1]);
    set(values, "A09", posts[2]);
    set(values, "A10", posts.iter().sum::<i64>() * flow("A10", (60, 140)));
    set(values, "A11", flow("A11", (35, 90)) * 10);
    set(values, "A12", flow("A12", (3, 9)));
    set(values, "A13", flow("A13", (0, 4)));
    set(values, "A14", flow("A14", (160, 420)));
    set(values, "A15", flow("A15", (220, 640)));
    let count = villages::count(profile);
    set(values, "A16", count);
    set(values, "A17", count);
    set(values, "A18", count * profile.steady("A18", 3, 5) + profile.steady("A18+", 0, 2));
}

fn accounts(profile: &Profile, month: i64, values: &mut Values) {
    let people = profile.people - profile.gained("B01", MONTH_OF_TARGETS, (3, 9))
        + profile.gained("B01", month, (3, 9));
    let adults = permille(people, profile.steady("B02", 770, 790));
    let first_adults = permille(profile.people, profile.steady("B02", 770, 790));
    let cards = permille(first_adults, profile.steady("B03", 958, 978));
    let received_1 = permille(first_adults, profile.steady("B04", 62, 84));
    let received_2 = permille(first_adults, profile.steady("B05", 806, 828));
    let issued_1 = permille(received_1, profile.steady("B06", 930, 965));
    let issued_2 = permille(received_2, profile.steady("B07", 955, 975));
    set(values, "B01", people);
    set(values, "B02", adults);
    set(values, "B03", cards + profile.gained("B03", month, (4, 10)));
    set(values, "B04", received_1 + profile.gained("B04", month, (2, 4)));
    let gained_2 = profile.gained("B05", month, (14, 26));
    set(values, "B05", received_2 + gained_2);
    set(values, "B06", issued_1 + profile.gained("B06", month, (1, 2)));
    set(values, "B07", issued_2 + gained_2);
    activations(profile, month, issued_1 + issued_2, values);
}

fn activations(profile: &Profile, month: i64, issued_before: i64, values: &mut Values) {
    let wanted = permille(profile.target, profile.steady("B08", 905, 1022));
    let gained = |month| {
        let lost: i64 = (1..=month).map(|month| lost(profile, month)).sum();
        profile.gained("B10", month, (38, 92)) - lost
    };
    let now = wanted.min(permille(issued_before, 925)) - gained(MONTH_OF_TARGETS);
    let activated = now + gained(month);
    let of_level_1 = permille(value(values, "B06"), profile.steady("B09", 420, 560));
    let of_level_2 = activated - of_level_1;
    set(values, "B08", activated);
    set(values, "B09", of_level_2);
    set(values, "B10", profile.flow("B10", month, (38, 92)));
    let shares = [(560, 640), (240, 300), (180, 230), (260, 340), (140, 190)];
    for (code, (low, high)) in ["B12", "B13", "B14", "B15", "B16"].into_iter().zip(shares) {
        let share = profile.steady(code, low, high) + 3 * month;
        set(values, code, permille(of_level_2, share));
    }
    let not_activated = value(values, "B02") - activated;
    set(values, "B17", permille(not_activated, profile.steady("B17", 890, 970)));
}

/// Returns how many accounts a month loses: deaths, moves, locked accounts.
fn lost(profile: &Profile, month: i64) -> i64 {
    profile.dice(&["lost", &month.to_string()]).between(0, 5)
}

fn services(profile: &Profile, month: i64, values: &mut Values) {
    let received = profile.flow("C01", month, (90, 240));
    let online = profile.steady("C02", 560, 780);
    set(values, "C01", received);
    set(values, "C02", permille(received, online));
    set(values, "C03", profile.flow("C03", month, (5, 12)));
    set(values, "C04", profile.flow("C04", month, (2, 5)));
    set(values, "C05", profile.flow("C05", month, (8, 36)));
    set(values, "C06", profile.flow("C06", month, (0, 3)));
}

/// Sets the figures on the unit's own officials (group D).
pub(crate) fn officials(profile: &Profile, month: i64, size: (i64, i64), values: &mut Values) {
    let all = profile.steady("D01", size.0, size.1);
    let without = permille(all, profile.steady("D02", 0, 60));
    let with_level_2 = (all - without + profile.steady("D02+", 0, 1) * month / 2).min(all);
    set(values, "D01", all);
    set(values, "D02", with_level_2);
    set(values, "D03", with_level_2 - permille(with_level_2, profile.steady("D03", 0, 45)));
    set(values, "D04", permille(all, profile.flow("D04", month, (700, 980)).min(1000)).max(1));
}

/// Sets the ticks and the people guided for each utility (group E).
pub(crate) fn utilities(profile: &Profile, month: i64, usual: (i64, i64), values: &mut Values) {
    let counts_people = profile.steady("EN?", 0, 9) < 6;
    for number in 1..=16 {
        let code = format!("E{number:02}");
        let told = profile.dice(&["tick", &code]).chance(if number <= 9 { 92 } else { 76 });
        set(values, &code, i64::from(told));
        if told && counts_people {
            let guided = format!("{code}N");
            set(values, &guided, profile.flow(&guided, month, usual));
        }
    }
}

/// Sets a value.
pub(crate) fn set(values: &mut Values, code: &str, value: i64) {
    values.insert(code.to_owned(), value);
}

/// Returns a value that was set before.
pub(crate) fn value(values: &Values, code: &str) -> i64 {
    values.get(code).copied().unwrap_or(0)
}
