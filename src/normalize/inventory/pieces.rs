//! The inventory in pieces, so that no more than one of them is held.

use super::Inventory;

/// Gives the inventory piece by piece.
pub(super) struct Pieces<'g> {
    /// What all pieces have alike.
    outline: Inventory,
    piece: Inventory,
    /// How many members the lists of the piece have.
    members: usize,
    /// How many they may have, unless one element has more.
    most: usize,
    has_given: bool,
    give: &'g mut dyn FnMut(Inventory),
}

impl<'g> Pieces<'g> {
    pub(super) fn new(outline: Inventory, most: usize, give: &'g mut dyn FnMut(Inventory)) -> Self {
        Self {
            piece: outline.clone(),
            outline,
            members: 0,
            most,
            has_given: false,
            give,
        }
    }

    /// Puts an element with so many members into a list.
    pub(super) fn add(&mut self, members: usize, put: impl FnOnce(&mut Inventory)) {
        if self.members > 0 && self.members.saturating_add(members) > self.most {
            self.give();
        }
        put(&mut self.piece);
        self.members += members;
    }

    fn give(&mut self) {
        let piece = std::mem::replace(&mut self.piece, self.outline.clone());
        (self.give)(piece);
        self.members = 0;
        self.has_given = true;
    }

    /// Gives the last piece, and an empty one where nothing was put into any.
    pub(super) fn finish(mut self) {
        if self.members > 0 || !self.has_given {
            self.give();
        }
    }
}
