//! The rules once more, in sixty lines: numbers only, nothing of the code under test.

use super::Gift;

/// 0 Administrateur Entreprise, 1 Administrateur, 2 Utilisateur, 3 Cabinet, 4 Collaborateur; days count from the first.
struct Row { who: usize, role: usize, bits: u64, from: i64, to: i64, state: u8, firm: Option<usize> }

const ALL: u64 = (1 << 60) - 1;

pub(super) struct Model { pub(super) today: i64, rows: Vec<Row> }

fn bits(what: &Gift, role: usize) -> u64 {
    let college = u64::from(what.colleges);
    let function = |place: usize| match what.modes >> (2 * place) & 3 { 2 => college, 3 => college | college << 3, _ => 0 };
    if role < 2 { ALL } else { (0..10).map(|place| function(place) << (6 * place)).sum() }
}

impl Model {
    pub(super) fn new() -> Self {
        let first = |who, role| Row { who, role, bits: ALL, from: 0, to: i64::MAX, state: 1, firm: None };
        Self { today: 0, rows: vec![first(0, 0), first(1, 3)] }
    }
    fn on(&self, row: &Row) -> bool {
        row.state == 1 && row.from <= self.today && self.today <= row.to && row.firm.is_none_or(|firm| self.on(&self.rows[firm]))
    }
    pub(super) fn holds(&self, who: usize) -> u64 {
        let mine = self.rows.iter().filter(|row| row.who == who && self.on(row));
        mine.fold(0, |all, row| all | row.bits & row.firm.map_or(ALL, |firm| self.rows[firm].bits))
    }
    fn live(&self, who: usize, role: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
        (0..self.rows.len()).filter(move |i| self.rows[*i].who == who && role(self.rows[*i].role) && self.on(&self.rows[*i]))
    }
    fn last_day(&self, what: &Gift) -> i64 { what.lasts.map_or(i64::MAX, |days| self.today + what.starts + days) }
    pub(super) fn give(&mut self, by: usize, to: usize, what: &Gift) -> bool {
        let (role, from, last, bits) = (what.role, self.today + what.starts, self.last_day(what), bits(what, what.role));
        let fits = |i: &usize| bits != 0 && bits & !self.rows[*i].bits == 0 && self.rows[*i].from <= from && last <= self.rows[*i].to;
        let source = self.live(by, |own| if role == 4 { own == 3 } else { own < 2 && role != 0 }).find(fits);
        let Some(own) = source.filter(|_| from >= self.today && last >= from) else { return false };
        self.rows.push(Row { who: to, role, bits, from, to: last, state: 0, firm: (role == 4).then_some(own) });
        true
    }
    /// 1 as the firm it hangs on, 2 as an administrator.
    fn reach(&self, by: usize, line: usize) -> u8 {
        let row = &self.rows[line];
        let is_done = row.state > 1 || row.to < self.today || row.firm.is_some_and(|firm| self.rows[firm].state > 1 || self.rows[firm].to < self.today);
        if row.who == by || is_done { return 0; }
        if self.live(by, |own| own == 3).any(|i| row.firm == Some(i)) { 1 } else if self.live(by, |own| own < 2).next().is_some() { 2 } else { 0 }
    }
    fn is_last(&self, line: usize) -> bool {
        let keeps = |i: usize| self.rows[i].role == 0 && self.on(&self.rows[i]);
        keeps(line) && (0..self.rows.len()).filter(|i| *i != line && keeps(*i)).all(|i| self.rows[i].to != i64::MAX && self.rows[line].to == i64::MAX)
    }
    pub(super) fn end(&mut self, by: usize, line: usize, delete: bool) -> bool {
        let done = self.reach(by, line) > 0 && delete == (self.rows[line].role == 3) && !self.is_last(line);
        done && { self.rows[line].state = 2; true }
    }
    pub(super) fn modify(&mut self, by: usize, line: usize, what: &Gift) -> bool {
        let (reach, row, last, bits) = (self.reach(by, line), &self.rows[line], self.last_day(what), bits(what, what.role));
        let kind = match row.role { 0 => what.role == 0, 1 | 2 => reach == 2 && (1..3).contains(&what.role), 4 => reach == 1 && what.role == 4, _ => false };
        let fits = |i: usize| bits != 0 && bits & !self.rows[i].bits == 0 && (last <= self.rows[i].to || last == row.to);
        let from = self.live(by, |own| if row.role == 4 { own == 3 } else { own < 2 }).any(|i| fits(i) && (row.role != 4 || row.firm == Some(i)));
        let done = reach > 0 && kind && from && last >= row.from.max(self.today) && (last >= row.to || !self.is_last(line));
        if done { (self.rows[line].role, self.rows[line].bits, self.rows[line].to) = (what.role, bits, last); }
        done
    }
    pub(super) fn accept(&mut self, line: usize) -> bool {
        self.rows[line].state == 0 && { self.rows[line].state = 1; true }
    }
}
