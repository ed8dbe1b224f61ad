//! Chance from the operating system.

use services::ports::Dice;

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemDice;

impl Dice for SystemDice {
    #[expect(clippy::disallowed_methods, reason = "this is the Dice port")]
    fn fill(&self, bytes: &mut [u8]) {
        // A secret made without randomness would be worse than no answer.
        assert!(getrandom::fill(bytes).is_ok(), "the operating system gives no random bytes");
    }
}
