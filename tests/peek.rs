use crate::harness::*;
#[test]
fn peek() {
    let mut t = Driven::new();
    println!("{}\n======", t.screen());
    t.keys("r");
    for step in 0..8 {
        println!("{}\n======", t.screen());
        for (n, r) in t.app().rows().iter().enumerate() { println!("{n} {:?}", r); }
        if step == 4 { t.keys("Enter"); println!("{}\n======", t.screen()); for (n, r) in t.app().rows().iter().enumerate() { println!("{n} {:?}", r); } }
        t.keys("Tab");
    }
    let mut t = Driven::new().at(100, 30);
    for p in 3..9 { t.keys(&p.to_string()); println!("{}\n======", t.screen()); }
    t.look(|l| l.present = true);
}
