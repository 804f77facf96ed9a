//! Both workspaces load, and what they say arrives.

use super::{fixtures::*, *};

#[test]
fn the_district_loads_whole() {
    let templates = district();
    let count =
        |group: &str| templates.roster.units.iter().filter(|unit| unit.group == group).count();
    assert_eq!([count("xa"), count("phong"), count("trung_tam")], [21, 31, 1]);
    assert_eq!(templates.indicators.list.len(), 77);
    assert_eq!(templates.targets.list.len(), 21);
    assert_eq!(templates.forms.list.len(), 3);
    assert_eq!(templates.annexes.len(), 5);
    assert_eq!(templates.rules.list.len(), 42);
}
